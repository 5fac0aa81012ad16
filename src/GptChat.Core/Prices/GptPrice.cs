using System.Globalization;

namespace GptChat;

/// <summary>What a model costs, in US dollars for a million tokens, and how much it holds.</summary>
public sealed class GptPrice
{
    internal GptPrice(string model, decimal input, decimal output)
    {
        Model = model;
        Input = input;
        Output = output;
    }

    /// <summary>The model.</summary>
    public string Model { get; }

    /// <summary>The price of a million tokens of the prompt.</summary>
    public decimal Input { get; }

    /// <summary>The price of a million tokens of the prompt that the provider had cached; null where that is the price of any other.</summary>
    public decimal? CachedInput { get; internal init; }

    /// <summary>The price of a million tokens of the answer, reasoning included.</summary>
    public decimal Output { get; }

    /// <summary>How many tokens prompt and answer may have together; null where not known.</summary>
    public long? ContextWindow { get; internal init; }

    /// <summary>How many tokens an answer may have, reasoning included; null where not known.</summary>
    public long? MaxOutputTokens { get; internal init; }

    /// <summary>Where the numbers come from: the price list that ships, a file, or <c>Set-GptPrice</c>.</summary>
    public string Source { get; internal init; } = string.Empty;

    /// <summary>The most tokens that an image takes; null where not known.</summary>
    internal long? ImageTokens { get; init; }

    /// <summary>For people: the model and its prices.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}: {1} in, {2} out", Model, Input, Output);
}
