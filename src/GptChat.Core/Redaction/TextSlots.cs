using System.Collections.Generic;
using System.Linq;
using GptChat.Wire;

namespace GptChat.Redaction;

/// <summary>The texts of a message that go out, each under the name of its member; and the message with other texts in their place.</summary>
internal static class TextSlots
{
    /// <summary>The texts, in order.</summary>
    public static List<(string Member, string Text)> Of(GptMessage message)
    {
        var texts = new List<(string Member, string Text)>();
        if (message.Body is { IsParts: true } parts)
        {
            for (int i = 0; i < parts.Parts.Count; i++)
            {
                if (parts.Parts[i].Text is { } text) texts.Add(("content[" + i + "].text", text));
            }
        }
        else if (message.Body?.Text is { } content)
        {
            texts.Add(("content", content));
        }

        if (message.Refusal is { } refusal) texts.Add(("refusal", refusal));
        if (message.Name is { } name) texts.Add(("name", name));
        for (int i = 0; i < message.ToolCalls.Count; i++) texts.Add(("tool_calls[" + i + "].arguments", message.ToolCalls[i].Arguments));
        if (message.FunctionCall?.Arguments is { } arguments) texts.Add(("function_call.arguments", arguments));
        return texts;
    }

    /// <summary>How many of the texts, from the first on, are parts of one content: a secret may stand in two of them.</summary>
    public static int ContentParts(GptMessage message) => message.Body is { IsParts: true } parts ? parts.Parts.Count(part => part.Text is not null) : 0;

    /// <summary>The message with other texts, in the order of <see cref="Of"/>.</summary>
    public static GptMessage With(GptMessage message, IReadOnlyList<string> texts)
    {
        int next = 0;
        MessageContent? body = message.Body;
        if (body is { IsParts: true }) body = new MessageContent(body.Parts.Select(part => part.Text is null ? part : part.WithText(texts[next++])).ToArray());
        else if (body?.Text is not null) body = new MessageContent(texts[next++]);
        return new GptMessage
        {
            Role = message.Role,
            Body = body,
            Refusal = message.Refusal is null ? null : texts[next++],
            Name = message.Name is null ? null : texts[next++],
            ToolCallId = message.ToolCallId,
            Calls = message.Calls?.ConvertAll(call => new GptToolCall(call.Id, call.Type, call.Name, texts[next++], call.Extra)),
            FunctionCall = message.FunctionCall is not { Arguments: not null } function ? message.FunctionCall : new GptFunctionCall { Name = function.Name, Arguments = texts[next++], Extra = function.Extra },
            Audio = message.Audio,
            Notes = message.Notes,
            ReasoningContent = message.ReasoningContent,
            ReasoningText = message.ReasoningText,
            Extra = message.Extra,
        };
    }
}
