using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using GptChat.Wire;

namespace GptChat.Conversations;

/// <summary>
/// What the turns of a conversation send unless a call says otherwise: what sets the tone of a whole talk. What is about one answer
/// (a seed, a format, tools) belongs to the call.
/// </summary>
internal sealed record ConversationDefaults
{
    /// <summary>Nothing is sent that a call does not ask for.</summary>
    public static readonly ConversationDefaults None = new();

    /// <summary>Randomness.</summary>
    public double? Temperature { get; init; }

    /// <summary>The share of probability that tokens are drawn from.</summary>
    public double? TopP { get; init; }

    /// <summary>The most tokens of an answer.</summary>
    public int? MaxCompletionTokens { get; init; }

    /// <summary>How much a model that reasons should reason.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>How wordy answers should be.</summary>
    public string? AnswerVerbosity { get; init; }

    /// <summary>What happens when the conversation outgrows the model's context.</summary>
    public GptContextPolicy? ContextPolicy { get; init; }

    /// <summary>How many tokens prompt and answer may have together.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>Those that are set, under the names of the parameters of Invoke-GptChat, so that a script can splat them.</summary>
    public IReadOnlyDictionary<string, object> ToDictionary()
    {
        var set = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        Add(nameof(Temperature), Temperature);
        Add(nameof(TopP), TopP);
        Add(nameof(MaxCompletionTokens), MaxCompletionTokens);
        Add(nameof(ReasoningEffort), ReasoningEffort);
        Add(nameof(AnswerVerbosity), AnswerVerbosity);
        Add(nameof(ContextPolicy), ContextPolicy);
        Add(nameof(ContextWindow), ContextWindow);
        return new ReadOnlyDictionary<string, object>(set);

        void Add(string name, object? value)
        {
            if (value is not null) set.Add(name, value);
        }
    }

    /// <summary>Puts them where the call says nothing.</summary>
    /// <param name="parameters">What the call says.</param>
    /// <param name="isNewName">Whether the limit goes out under its new name.</param>
    public void Fill(ChatParameters parameters, bool isNewName)
    {
        parameters.Temperature ??= Temperature;
        parameters.TopP ??= TopP;
        parameters.ReasoningEffort ??= ReasoningEffort;
        parameters.Verbosity ??= AnswerVerbosity;
        if (isNewName) parameters.MaxCompletionTokens ??= MaxCompletionTokens;
        else parameters.MaxTokens ??= MaxCompletionTokens;
    }
}
