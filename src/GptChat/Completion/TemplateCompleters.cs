using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GptChat.Completion;

/// <summary>Completes a hashtable with ones to fill in: PowerShell completes no keys of a cmdlet's hashtable.</summary>
public abstract class TemplateCompleter : IArgumentCompleter
{
    private readonly (string Text, string ToolTip)[] _templates;

    private protected TemplateCompleter(params (string Text, string ToolTip)[] templates) => _templates = templates;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? string.Empty).TrimStart('@', '{', ' ');
        return _templates
            .Where(template => template.Text.IndexOf("@{ " + word, StringComparison.OrdinalIgnoreCase) >= 0)
            .Select(template => new CompletionResult(template.Text, template.Text, CompletionResultType.ParameterValue, template.ToolTip));
    }
}

/// <summary>Completes -GatewayOption.</summary>
public sealed class GatewayOptionCompleter() : TemplateCompleter(
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
    ("@{ GatewayId = '' }", "Another gateway"));

/// <summary>Completes -StreamOption.</summary>
public sealed class StreamOptionCompleter() : TemplateCompleter(
    ("@{ include_usage = $false }", "The stream ends without the count of tokens"),
    ("@{ include_usage = $null }", "The member is not sent, for servers that do not know it"),
    ("@{ include_obfuscation = $false }", "Chunks are not padded, which saves bytes"));

/// <summary>Completes parameters that take headers.</summary>
public sealed class HeaderCompleter() : TemplateCompleter(("@{ 'X-Name' = '' }", "Headers by name"));

/// <summary>Completes -LogitBias.</summary>
public sealed class LogitBiasCompleter() : TemplateCompleter(("@{ ' yes' = 5 }", "Tokens by text or id, with a bias from -100 to 100"));

/// <summary>Completes -Metadata.</summary>
public sealed class MetadataCompleter() : TemplateCompleter(("@{ team = '' }", "Up to 16 texts by name"));

/// <summary>Completes -ExtraBody.</summary>
public sealed class ExtraBodyCompleter() : TemplateCompleter(("@{ name = '' }", "Members of the request that have no parameter"));

/// <summary>Completes -RedactPattern.</summary>
public sealed class RedactPatternCompleter() : TemplateCompleter(("@{ 'CUSTOMER-ID' = 'C-\\d{6}' }", "A label, and the regular expression of what it stands for"));

/// <summary>Completes -Bind.</summary>
public sealed class BindCompleter() : TemplateCompleter(("@{ ComputerName = '' }", "Parameters that the model neither sees nor sets"));

/// <summary>Completes -McpEnvironment.</summary>
public sealed class EnvironmentCompleter() : TemplateCompleter(("@{ NAME = '' }", "Variables of the server's environment"));
