using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using GptChat.Content;
using GptChat.Wire;

namespace GptChat.Conversations;

/// <summary>What was said, as Markdown that people read: a heading for each message, calls of tools as code, images by their names.</summary>
internal static class Transcript
{
    private static readonly Dictionary<string, string> Speakers = new(StringComparer.Ordinal)
    {
        [Roles.System] = "System",
        [Roles.Developer] = "Developer",
        [Roles.User] = "User",
        [Roles.Assistant] = "Assistant",
        [Roles.Tool] = "Tool",
        [Roles.Function] = "Function",
    };

    /// <summary>All messages as one text.</summary>
    public static string Of(IEnumerable<GptMessage> messages) => string.Join("\n", messages.Select(Of));

    /// <summary>One message, with the line end that closes it.</summary>
    public static string Of(GptMessage message)
    {
        var text = new StringBuilder("## ").Append(Speakers.TryGetValue(message.Role, out string? speaker) ? speaker : message.Role);
        if (message.Name is { } name) text.Append(" (").Append(OneLine(name)).Append(')');
        if (message.ToolCallId is { } answered) text.Append(" (").Append(OneLine(answered)).Append(')');
        text.Append('\n');
        if (message.Role is Roles.Tool or Roles.Function) Add(PromptBlock.Fenced(message.Content ?? string.Empty, string.Empty));
        else foreach (GptContentPart part in message.Parts) Add(part.Text ?? "*" + part + "*");
        if (message.Refusal is { } refusal) Add("*Declined:* " + refusal);
        if (message.Audio?.Transcript is { } spoken) Add("*Spoken:* " + spoken);
        foreach (GptToolCall call in message.ToolCalls) Add("Calls `" + OneLine(call.Name) + "` (" + OneLine(call.Id) + "):\n\n" + PromptBlock.Fenced(call.Arguments, call.Type == ToolCallConverter.Custom ? string.Empty : "json"));
        if (message.FunctionCall is { } function) Add("Calls `" + OneLine(function.Name ?? string.Empty) + "`:\n\n" + PromptBlock.Fenced(function.Arguments ?? string.Empty, "json"));
        foreach (GptAnnotation note in message.Annotations) if (note.UrlCitation is { } source) Add("- [" + OneLine(source.Title ?? source.Url ?? string.Empty) + "](" + source.Url + ")");
        return text.ToString();

        void Add(string block)
        {
            if (block.Trim().Length > 0) text.Append('\n').Append(block.TrimEnd('\n')).Append('\n');
        }
    }

    private static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ');
}
