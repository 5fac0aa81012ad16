using System;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Makes a named conversation.</para>
/// <para type="description">Invoke-GptChat -Conversation NAME goes on with it, whatever other calls are made in between.</para>
/// </summary>
[Cmdlet(VerbsCommon.New, "GptConversation")]
[OutputType(typeof(GptConversation))]
public sealed class NewGptConversationCommand : GptCmdlet
{
    /// <summary>Its name.</summary>
    [Parameter(Position = 0)]
    [AllowNull]
    [AllowEmptyString]
    public string? Name { get; set; }

    /// <summary>Instructions that stand at its head.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? System { get; set; }

    /// <summary>The model that its turns use unless a call names another.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "A conversation needs a name") { Hint = "New-GptConversation -Name NAME." };
        }

        GptMessage[] messages = System is null ? Array.Empty<GptMessage>() : new[] { GptMessage.FromText(Roles.System, System) };
        var conversation = new GptConversation(Name, Model, messages);
        if (!Session.TryAdd(conversation))
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "There is a conversation named '" + Name + "' already")
            {
                Hint = "Go on with it (Invoke-GptChat -Conversation " + Name + "), or choose another name.",
                Target = Name,
            };
        }

        Session.RememberModel(Model);
        WriteObject(conversation);
    }
}
