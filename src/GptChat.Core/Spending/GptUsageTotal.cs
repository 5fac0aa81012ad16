using System.Globalization;

namespace GptChat;

/// <summary>What this session has used of one model through one connection.</summary>
public sealed class GptUsageTotal
{
    internal GptUsageTotal(string? model, string connection)
    {
        Model = model;
        Connection = connection;
    }

    /// <summary>The model that was asked.</summary>
    public string? Model { get; }

    /// <summary>The name of the connection.</summary>
    public string Connection { get; }

    /// <summary>How many requests were sent, those that failed or were stopped included; a request that was tried again is one.</summary>
    public long Requests { get; internal set; }

    /// <summary>How many of them gave no answer. What these used is known only where the server said it.</summary>
    public long Failed { get; internal set; }

    /// <summary>Tokens of prompts.</summary>
    public long PromptTokens { get; internal set; }

    /// <summary>Tokens of prompts that the provider had cached; part of <see cref="PromptTokens"/>.</summary>
    public long CachedTokens { get; internal set; }

    /// <summary>Tokens of answers.</summary>
    public long CompletionTokens { get; internal set; }

    /// <summary>Tokens of answers that the model thought with; part of <see cref="CompletionTokens"/>.</summary>
    public long ReasoningTokens { get; internal set; }

    /// <summary>Prompts and answers together.</summary>
    public long TotalTokens { get; internal set; }

    /// <summary>What is known of the cost, in US dollars; null where nothing is.</summary>
    public decimal? Cost { get; internal set; }

    /// <summary>How many requests have a cost that is not known: it is not in <see cref="Cost"/>.</summary>
    public long Unpriced { get; internal set; }

    internal GptUsageTotal Copy() => (GptUsageTotal)MemberwiseClone();

    /// <summary>For people: the model, the requests and the tokens.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}: {1} requests, {2} tokens", Model ?? "unknown model", Requests, TotalTokens);
}
