using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GptChat.Input;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <content>What an item of a bulk call becomes.</content>
public sealed partial class InvokeGptChatCommand
{
    /// <summary>How many items are in the parameter; a list that may have no end is not counted.</summary>
    private int? CountGiven() => InputObject?.BaseObject switch
    {
        null => 0,
        IDictionary or string => 1,
        ICollection items => items.Count,
        IEnumerable => null,
        _ => 1,
    };

    private List<GptMessage> Messages(object[] items)
    {
        var builder = NewInput();
        foreach (object? piece in _promptScript is null ? items : RunPrompt(items)) AddPiece(builder, piece);
        if (builder.Conversation is not null) throw ItemProblem("An item is a conversation, and -Each asks about things", "Continue conversations one by one: ForEach-Object { $_ | Invoke-GptChat 'prompt' }.", items);
        if (!builder.HasContent)
        {
            throw _promptScript is null
                ? ItemProblem("An item is empty", "Leave it out of the input; TargetObject is the item. Nothing was sent for it.", items)
                : ItemProblem("The script of -Prompt returned nothing for an item", "Let it return text or messages for every item, or leave the item out of the input; TargetObject is the item. Nothing was sent for it.", items);
        }

        IReadOnlyList<GptMessage> messages = builder.Build(_prompt, isOneOfMany: true);
        return System is null ? messages.ToList() : messages.Prepend(GptMessage.FromText(Roles.System, System)).ToList();
    }

    /// <summary>What the script makes of an item, which it gets as $_. What it throws is its own and passes, as in ForEach-Object.</summary>
    private object?[] RunPrompt(object[] items)
    {
        object item = BatchSize == 1 ? items[0] : items;
        var variables = new List<PSVariable> { new("_", item), new("PSItem", item) };
        return _promptScript!.InvokeWithContext(null, variables, Array.Empty<object>()).ToArray<object?>();
    }
}
