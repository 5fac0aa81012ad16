using System;
using System.Collections.Generic;
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
    /// <summary>An image in eight tiles on the models of 2024, which most others are below.</summary>
    public const long UsualImageTokens = 1445;

    private readonly MessageOverhead _overhead = MessageOverhead.Of(model);

    /// <summary>Whether something was counted whose tokens cannot even be estimated: sound, documents.</summary>
    public bool HasUncountable { get; private set; }

    /// <summary>What a request has beside the text of its only message, which is the user's.</summary>
    public int Marks => _overhead.Request + _overhead.Message;

    /// <summary>The whole prompt of a request.</summary>
    /// <param name="messages">Its messages.</param>
    /// <param name="parameters">Its other members; null where there are none.</param>
    public TokenCount Count(IReadOnlyList<GptMessage> messages, ChatParameters? parameters) => Around(parameters) + CountMessages(messages);

    /// <summary>What a request has without its messages.</summary>
    public TokenCount Around(ChatParameters? parameters)
    {
        var sum = new TokenCount(_overhead.Request, _overhead.IsExact && TokenIds.IsKnown(model));
        return parameters is null ? sum : sum + Definitions(parameters);
    }

    /// <summary>What messages add.</summary>
    public TokenCount CountMessages(IReadOnlyList<GptMessage> messages) => Of(MessageTokens.Of(messages, stop));

    /// <summary>What one message adds.</summary>
    public TokenCount Count(GptMessage message) => Of(MessageTokens.Of(message, stop));

    private TokenCount Of(MessageTokens tokens)
    {
        if (tokens.Uncountable > 0) HasUncountable = true;
        long marks = (tokens.Messages * _overhead.Message) + (tokens.Assistants * _overhead.Assistant);
        return new TokenCount(marks + tokens.Text + (tokens.Images * (imageTokens ?? UsualImageTokens)), tokens.Estimates == 0);
    }

    /// <summary>Tools and formats reach the model as text of another form; their JSON is a little longer than that.</summary>
    private TokenCount Definitions(ChatParameters parameters)
    {
        TokenCount sum = new(0, IsExact: true);
        foreach (JsonElement tool in parameters.Tools ?? Array.Empty<JsonElement>()) sum += Estimate(tool.GetRawText(), MessageTokens.ToolOverhead);
        if (parameters.ResponseFormat is { } format) sum += Format(format);
        if (parameters.WebSearchOptions is not null) sum += new TokenCount(0, IsExact: false);
        if (parameters.Extra is not { } extra) return sum;
        foreach (JsonProperty member in extra.EnumerateObject())
        {
            if (member.Name is "tools" or "functions") sum += Estimate(member.Value.GetRawText(), MessageTokens.ToolOverhead);
            else if (member.Name == "response_format") sum += Format(member.Value);
            else sum += new TokenCount(0, IsExact: false);
        }

        return sum;
    }

    private TokenCount Format(JsonElement format) => JsonValues.Text(format, "type") == "text" ? new TokenCount(0, IsExact: true) : Estimate(format.GetRawText(), 0);

    private TokenCount Estimate(string text, int around) => MessageTokens.Estimate(text, around, stop);
}
