using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using GptChat.Wire;

namespace GptChat.Tokens;

/// <summary>What messages have that counts, whichever model is asked; it adds up, so that nothing is counted twice.</summary>
/// <param name="Messages">How many there are.</param>
/// <param name="Assistants">How many of them are the model's.</param>
/// <param name="Text">The tokens of their texts, and of what reaches the model as text.</param>
/// <param name="Images">How many images they show.</param>
/// <param name="Estimates">How many of them are not known to the token.</param>
/// <param name="Uncountable">How many of them hold what cannot even be estimated: sound, documents.</param>
internal readonly record struct MessageTokens(long Messages, long Assistants, long Text, long Images, long Estimates, long Uncountable)
{
    // What a definition or a call of a tool has around its JSON.
    internal const int ToolOverhead = 12;

    // Messages do not change, so each is counted once, not with every turn.
    private static readonly ConditionalWeakTable<GptMessage, Known> Counted = new();

    /// <summary>Those of two lists together.</summary>
    public static MessageTokens operator +(MessageTokens left, MessageTokens right) => new(
        left.Messages + right.Messages,
        left.Assistants + right.Assistants,
        left.Text + right.Text,
        left.Images + right.Images,
        left.Estimates + right.Estimates,
        left.Uncountable + right.Uncountable);

    /// <summary>Those of a list, which may know them already.</summary>
    public static MessageTokens Of(IReadOnlyList<GptMessage> messages, CancellationToken stop)
    {
        if (messages is ITokenised tokenised) return tokenised.Tokens(stop);
        MessageTokens sum = default;
        foreach (GptMessage message in messages) sum += Of(message, stop);
        return sum;
    }

    /// <summary>Those of a message.</summary>
    public static MessageTokens Of(GptMessage message, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (Counted.TryGetValue(message, out Known? known)) return known.Tokens;
        MessageTokens tokens = Count(message, stop);
        Counted.GetValue(message, _ => new Known(tokens));
        return tokens;
    }

    /// <summary>One text is exact; how several are put together, or what stands around a name, is not known.</summary>
    private static MessageTokens Count(GptMessage message, CancellationToken stop)
    {
        var sum = new TokenCount(0, IsExact: true);
        var estimate = new TokenCount(0, IsExact: false);
        int texts = 0, images = 0;
        bool isUncountable = message.Audio is not null;
        foreach (GptContentPart part in message.Parts)
        {
            if (part.Text is not null)
            {
                texts++;
                sum += TextTokens.Count(part.Text, stop);
                continue;
            }

            sum += estimate;
            if (part.Type == PartTypes.Image) images++;
            else if (part.Type is PartTypes.Audio or PartTypes.File) isUncountable = true;
            else if (part.Type == "refusal" && part.ExtensionData.TryGetValue("refusal", out object? refused)) sum += Estimate(refused as string, 0, stop);
        }

        if (texts > 1 || isUncountable || message.ToolCallId is not null) sum += estimate;
        if (message.Name is { } name) sum += Estimate(name, 1, stop);
        if (message.Refusal is { } refusal) sum += Estimate(refusal, 0, stop);
        foreach (GptToolCall call in message.ToolCalls) sum += Estimate(call.Name, ToolOverhead, stop) + Estimate(call.Arguments, 0, stop);
        if (message.FunctionCall is { } function) sum += Estimate(function.Name, ToolOverhead, stop) + Estimate(function.Arguments, 0, stop);
        return new MessageTokens(1, message.Role == Roles.Assistant ? 1 : 0, sum.Tokens, images, sum.IsExact ? 0 : 1, isUncountable ? 1 : 0);
    }

    /// <summary>The tokens of what reaches the model in a form that is not known.</summary>
    internal static TokenCount Estimate(string? text, int around, CancellationToken stop) =>
        new(around + (string.IsNullOrEmpty(text) ? 0 : TextTokens.Count(text!, stop).Tokens), IsExact: false);

    private sealed record Known(MessageTokens Tokens);
}

/// <summary>Messages that know their tokens without visiting each.</summary>
internal interface ITokenised
{
    /// <summary>The tokens of all.</summary>
    MessageTokens Tokens(CancellationToken stop);
}
