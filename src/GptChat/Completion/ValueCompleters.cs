using System.Collections.Generic;
using System.Linq;
using GptChat.Hosting;
using GptChat.Wire;

namespace GptChat.Completion;

/// <summary>Completes words of the protocol. Other words pass: providers add to the lists, and no list here may block them.</summary>
public abstract class WordCompleter : SessionCompleter
{
    private readonly string[] _words;
    private readonly string[] _toolTips;

    /// <summary>Offers words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="toolTips">What they mean, where they do not say so themselves.</param>
    private protected WordCompleter(string[] words, params string[] toolTips)
    {
        _words = words;
        _toolTips = toolTips.Length == 0 ? words : toolTips;
    }

    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(GptSession session) => _words.Zip(_toolTips, (word, toolTip) => (word, toolTip));
}

/// <summary>Completes -ResponseFormat.</summary>
public sealed class ResponseFormatCompleter() : WordCompleter(
    Words.ResponseFormat, "Plain text", "JSON; the prompt must ask for it");

/// <summary>Completes -Modality.</summary>
public sealed class ModalityCompleter() : WordCompleter(Words.Modality);

/// <summary>Completes -ReasoningEffort.</summary>
public sealed class ReasoningEffortCompleter() : WordCompleter(Words.ReasoningEffort);

/// <summary>Completes -AnswerVerbosity.</summary>
public sealed class VerbosityCompleter() : WordCompleter(Words.Verbosity);

/// <summary>Completes -ServiceTier.</summary>
public sealed class ServiceTierCompleter() : WordCompleter(Words.ServiceTier);

/// <summary>Completes -PromptCacheRetention.</summary>
public sealed class PromptCacheRetentionCompleter() : WordCompleter(Words.PromptCacheRetention);

/// <summary>Completes -PromptCacheOption.</summary>
public sealed class PromptCacheModeCompleter() : WordCompleter(
    Words.PromptCacheMode, "The provider decides what to keep", "What stands before a breakpoint is kept");

/// <summary>Completes -WebSearchOption.</summary>
public sealed class SearchContextSizeCompleter() : WordCompleter(Words.SearchContextSize);

/// <summary>Completes the voice of -Audio.</summary>
public sealed class VoiceCompleter() : WordCompleter(Words.Voice);

/// <summary>Completes -Detail.</summary>
public sealed class DetailCompleter() : WordCompleter(Words.Detail);

/// <summary>Completes -GatewayPath.</summary>
public sealed class GatewayPathCompleter() : WordCompleter(
    Words.GatewayPath, "Models of all providers, as provider/model", "OpenAI's own API", "Workers AI");

/// <summary>Completes the model of -Moderation.</summary>
public sealed class ModerationCompleter() : WordCompleter(Words.ModerationModel);

/// <summary>Completes -ApiVersion of Azure's classic address.</summary>
public sealed class ApiVersionCompleter() : WordCompleter(Words.AzureApiVersion);

/// <summary>Completes lengths of time.</summary>
public sealed class TimeSpanCompleter() : WordCompleter(Spans, "An hour", "A day", "A week", "30 days")
{
    private static readonly string[] Spans = { "01:00:00", "1.00:00:00", "7.00:00:00", "30.00:00:00" };
}
