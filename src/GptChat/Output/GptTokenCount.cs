using System.Globalization;

namespace GptChat;

/// <summary>How many tokens something has, and what it costs as the input of a request.</summary>
public sealed class GptTokenCount
{
    internal GptTokenCount()
    {
    }

    /// <summary>
    /// The tokens of what was given, as it stands in a prompt: of text and files their own; of messages and conversations those of the
    /// request that they make, as the server will report them.
    /// </summary>
    public long Tokens { get; internal init; }

    /// <summary>The tokens of a request with nothing else in it: with the marks around each message.</summary>
    public long RequestTokens { get; internal init; }

    /// <summary>The characters of all its text, as .NET counts them.</summary>
    public long Characters { get; internal init; }

    /// <summary>What <see cref="RequestTokens"/> cost as input, in US dollars; null where the price is not known.</summary>
    public decimal? Cost { get; internal init; }

    /// <summary>The model that it was counted for; null where none is known.</summary>
    public string? Model { get; internal init; }

    /// <summary>How many tokens the model holds, answer included; null where not known.</summary>
    public long? ContextWindow { get; internal init; }

    /// <summary>
    /// Whether <see cref="Tokens"/> may be off: for models of other vocabularies, images, tools, several texts in one message, and runs of
    /// more than a thousand characters without any border.
    /// </summary>
    public bool IsEstimate { get; internal init; }

    /// <summary>Of a file its name; else null.</summary>
    public string? Name { get; internal init; }

    /// <summary>With <c>-Each</c>, the very item; else null.</summary>
    public object? Source { get; internal init; }

    /// <summary>For people: the tokens and the characters.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}{1} tokens, {2} characters", IsEstimate ? "about " : string.Empty, Tokens, Characters);
}
