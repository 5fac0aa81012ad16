using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using GptChat.Wire;

namespace GptChat.Tokens;

/// <summary>
/// Counts the tokens of a request's prompt, as the provider will report them where that can be known: texts of messages, and what
/// stands around them. Tools, formats and images are estimates, since providers do not say how they turn them into tokens.
/// </summary>
/// <param name="model">The model that is asked; null where it is not known.</param>
/// <param name="imageTokens">The most tokens that an image takes on it; null where not known.</param>
/// <param name="stop">Fires when the user stops.</param>
internal sealed class RequestTokens(string? model, long? imageTokens, CancellationToken stop)
{
    // An image in eight tiles on the models of 2024, which most others are below.
    private const long UsualImageTokens = 1445;

    // What a definition of a tool has around its JSON.
    private const int ToolOverhead = 12;

    // Messages do not change, so a conversation is counted once, not with every turn.
    private static readonly ConditionalWeakTable<GptMessage, Known> Texts = new();

    private readonly MessageOverhead _overhead = MessageOverhead.Of(model);

    /// <summary>Whether something was counted whose tokens cannot even be estimated: sound, documents.</summary>
    public bool HasUncountable { get; private set; }

    /// <summary>What a request has beside the text of its only message, which is the user's.</summary>
    public int Marks => _overhead.Request + _overhead.Message;

    /// <summary>The whole prompt of a request.</summary>
    /// <param name="messages">Its messages.</param>
    /// <param name="parameters">Its other members; null where there are none.</param>
    public TokenCount Count(IReadOnlyList<GptMessage> messages, ChatParameters? parameters)
    {
        var sum = new TokenCount(_overhead.Request, _overhead.IsExact && TokenIds.IsKnown(model));
        foreach (GptMessage message in messages) sum += Message(message);
        return parameters is null ? sum : sum + Definitions(parameters);
    }

    private TokenCount Message(GptMessage message)
    {
        stop.ThrowIfCancellationRequested();
        int marks = _overhead.Message + (message.Role == Roles.Assistant ? _overhead.Assistant : 0);
        TokenCount sum = new TokenCount(marks, IsExact: true) + Text(message);
        if (message.Audio is not null) HasUncountable = true;
        foreach (GptContentPart part in message.Parts)
        {
            if (part.Text is not null) continue;
            sum += Media(part);
        }

        return sum;
    }

    private TokenCount Media(GptContentPart part)
    {
        if (part.Type is PartTypes.Audio or PartTypes.File) HasUncountable = true;
        if (part.Type == PartTypes.Image) return new TokenCount(imageTokens ?? UsualImageTokens, IsExact: false);

        // A refusal is text; what a later protocol brings is not known.
        if (part.Type != "refusal") return new TokenCount(0, IsExact: false);
        return Estimate(part.ExtensionData.TryGetValue("refusal", out object? text) ? text as string : null, 0);
    }

    /// <summary>The texts of a message: one is exact; how several are put together, or what stands around a name, is not known.</summary>
    private TokenCount Text(GptMessage message)
    {
        if (Texts.TryGetValue(message, out Known? known)) return known.Count;
        int texts = 0;
        TokenCount sum = new(0, IsExact: true);
        foreach (GptContentPart part in message.Parts)
        {
            if (part.Text is null) continue;
            texts++;
            sum += TextTokens.Count(part.Text, stop);
        }

        if (texts > 1) sum += new TokenCount(0, IsExact: false);
        if (message.Name is { } name) sum += Estimate(name, 1);
        if (message.Refusal is { } refusal) sum += Estimate(refusal, 0);
        if (message.ToolCallId is not null || message.Audio is not null) sum += new TokenCount(0, IsExact: false);
        foreach (GptToolCall call in message.ToolCalls) sum += Estimate(call.Name, ToolOverhead) + Estimate(call.Arguments, 0);
        if (message.FunctionCall is { } function) sum += Estimate(function.Name, ToolOverhead) + Estimate(function.Arguments, 0);
        Texts.GetValue(message, _ => new Known(sum));
        return sum;
    }

    /// <summary>Tools and formats reach the model as text of another form; their JSON is a little longer than that.</summary>
    private TokenCount Definitions(ChatParameters parameters)
    {
        TokenCount sum = new(0, IsExact: true);
        foreach (JsonElement tool in parameters.Tools ?? Array.Empty<JsonElement>()) sum += Estimate(tool.GetRawText(), ToolOverhead);
        if (parameters.ResponseFormat is { } format) sum += Format(format);
        if (parameters.WebSearchOptions is not null) sum += new TokenCount(0, IsExact: false);
        if (parameters.Extra is not { } extra) return sum;
        foreach (JsonProperty member in extra.EnumerateObject())
        {
            if (member.Name is "tools" or "functions") sum += Estimate(member.Value.GetRawText(), ToolOverhead);
            else if (member.Name == "response_format") sum += Format(member.Value);
            else sum += new TokenCount(0, IsExact: false);
        }

        return sum;
    }

    private TokenCount Format(JsonElement format) => JsonValues.Text(format, "type") == "text" ? new TokenCount(0, IsExact: true) : Estimate(format.GetRawText(), 0);

    private TokenCount Estimate(string? text, int around) =>
        new(around + (string.IsNullOrEmpty(text) ? 0 : TextTokens.Count(text!, stop).Tokens), IsExact: false);

    private sealed record Known(TokenCount Count);
}
