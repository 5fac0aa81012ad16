using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GptChat.Completion;

/// <summary>Completes -GatewayOption with hashtables to fill in: PowerShell completes no keys of a cmdlet's hashtable.</summary>
public sealed class GatewayOptionCompleter : IArgumentCompleter
{
    private static readonly (string Text, string ToolTip)[] Templates =
    {
        ("@{ SkipCache = $true }", "The cache is passed by"),
        ("@{ CacheTtlSeconds = 3600 }", "How long the answer stays in the cache"),
        ("@{ CacheKey = '' }", "Under which key it is cached"),
        ("@{ CollectLog = $false }", "Whether the gateway keeps a log"),
        ("@{ RequestTimeoutSeconds = 30 }", "Until when the provider must have begun to answer"),
        ("@{ MaxAttempts = 3; RetryDelaySeconds = 1; Backoff = 'exponential' }", "How the gateway tries again"),
        ("@{ Metadata = @{ team = '' } }", "Up to five entries for the gateway's log"),
        ("@{ CustomCost = @{ per_token_in = 0; per_token_out = 0 } }", "What the request costs"),
        ("@{ ZeroDataRetention = $true }", "The provider must keep nothing"),
        ("@{ ByokAlias = '' }", "Which of the stored keys is used"),
        ("@{ NoWholesale = $true }", "No fallback to unified billing"),
        ("@{ GatewayId = '' }", "Another gateway"),
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? string.Empty).TrimStart('@', '{', ' ');
        return Templates
            .Where(template => template.Text.IndexOf("@{ " + word, StringComparison.OrdinalIgnoreCase) >= 0)
            .Select(template => new CompletionResult(template.Text, template.Text, CompletionResultType.ParameterValue, template.ToolTip));
    }
}
