using System.Collections;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <content>
/// The parameters of the API, by its names in Pascal case. None is sent that was not given. Ranges are those of the API; words
/// that it does not know yet pass.
/// </content>
public sealed partial class InvokeGptChatCommand
{
    /// <summary>Randomness, 0 to 2. Models that reason mostly take only their default.</summary>
    [Parameter]
    [ValidateRange(0.0, 2.0)]
    [NumberArgument]
    public double? Temperature { get; set; }

    /// <summary>The share of probability that tokens are drawn from, 0 to 1. Set this or -Temperature.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    [NumberArgument]
    public double? TopP { get; set; }

    /// <summary>The most tokens of the answer, at least 1, reasoning included. Its name on the wire follows the connection.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Alias("MaxTokens")]
    [WholeNumberArgument]
    public int? MaxCompletionTokens { get; set; }

    /// <summary>How much tokens are held against reuse by how often they occurred, -2 to 2.</summary>
    [Parameter]
    [ValidateRange(-2.0, 2.0)]
    [NumberArgument]
    public double? FrequencyPenalty { get; set; }

    /// <summary>How much tokens are held against reuse once they occurred, -2 to 2.</summary>
    [Parameter]
    [ValidateRange(-2.0, 2.0)]
    [NumberArgument]
    public double? PresencePenalty { get; set; }

    /// <summary>How many answers to ask for, 1 to 128. The reply is the first; Response.Choices has them all.</summary>
    [Parameter]
    [ValidateRange(1, 128)]
    [Alias("N")]
    [WholeNumberArgument]
    public int? ChoiceCount { get; set; }

    /// <summary>Texts, one to four, at which the answer ends; they are not part of it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 4)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? Stop { get; set; }

    /// <summary>A number that makes equal requests answer alike, as far as the provider can.</summary>
    [Parameter]
    [WholeNumberArgument(IsLong = true)]
    public long? Seed { get; set; }

    /// <summary>Ask how likely each token of the answer was: Response.Choices[0].Logprobs.</summary>
    [Parameter]
    public SwitchParameter Logprobs { get; set; }

    /// <summary>How many of the likeliest tokens to tell at each place, 0 to 20. Includes -Logprobs.</summary>
    [Parameter]
    [ValidateRange(0, 20)]
    [WholeNumberArgument]
    public int? TopLogprobs { get; set; }

    /// <summary>
    /// Tokens to favour or avoid, as a hashtable (or an object with properties) from a token to a number from -100 (never) to 100. A whole
    /// number is the token's id; a text is looked up in the vocabulary of OpenAI's models and must be one token: @{ ' yes' = 5; 1734 = -100 }.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [TableArgument("@{ ' yes' = 5 }")]
    [ArgumentCompleter(typeof(LogitBiasCompleter))]
    public IDictionary? LogitBias { get; set; }

    /// <summary>How much a model that reasons should reason: none, minimal, low, medium, high, xhigh, max. Each model takes some of them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReasoningEffortCompleter))]
    [TextArgument]
    public string? ReasoningEffort { get; set; }

    /// <summary>How wordy the answer should be: low, medium, high. The API's verbosity, whose name would get in the way of -Verbose.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VerbosityCompleter))]
    [TextArgument]
    public string? AnswerVerbosity { get; set; }

    /// <summary>What to pay for speed: auto, default, flex, scale, priority, fast. Response.ServiceTier says what was used.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceTierCompleter))]
    [TextArgument]
    public string? ServiceTier { get; set; }

    /// <summary>Have the provider keep the exchange; -Store:$false says explicitly not to.</summary>
    [Parameter]
    public SwitchParameter Store { get; set; }

    /// <summary>Up to 16 texts to keep with a stored exchange, as a hashtable or an object with properties: names of at most 64, values of at most 512 characters.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [TableArgument("@{ team = 'ops' }")]
    [ArgumentCompleter(typeof(MetadataCompleter))]
    public IDictionary? Metadata { get; set; }

    /// <summary>A stable mark of your own user, at most 64 characters, by which the provider tells misuse apart: a hash, not a name.</summary>
    [Parameter]
    [ValidateLength(1, 64)]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? SafetyIdentifier { get; set; }

    /// <summary>The same for older servers; deprecated by the API in favour of -SafetyIdentifier and -PromptCacheKey.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? User { get; set; }

    /// <summary>A mark that requests with the same beginning share, so that the provider finds its cache of it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? PromptCacheKey { get; set; }

    /// <summary>How long the provider may keep the beginning of the prompt: in_memory, 24h. Newer models take -PromptCacheOption.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PromptCacheRetentionCompleter))]
    [TextArgument]
    public string? PromptCacheRetention { get; set; }

    /// <summary>How newer models cache the beginning of the prompt: implicit, explicit, or a hashtable with mode and ttl. See New-GptMessage -PromptCacheBreakpoint.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PromptCacheModeCompleter))]
    public object? PromptCacheOption { get; set; }

    /// <summary>What most of the answer will be, such as the text of a file of which little changes: text, or a hashtable in the protocol's shape.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? Prediction { get; set; }

    /// <summary>Have a search model look things up: how much of what it finds it reads (low, medium, high), or a hashtable in the protocol's shape.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SearchContextSizeCompleter))]
    public object? WebSearchOption { get; set; }

    /// <summary>Have prompt and answer judged by a moderation model: its name, or a hashtable in the protocol's shape. Response.ExtensionData.moderation has the outcome.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ModerationCompleter))]
    public object? Moderation { get; set; }

    /// <summary>Options of a stream, as a hashtable. include_usage is on unless it is $false here; $null keeps it from servers that do not know it.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(StreamOptionCompleter))]
    public object? StreamOption { get; set; }

    /// <summary>
    /// What the model may call. Names of commands, CommandInfo objects, script blocks and what New-GptTool makes are run when it does;
    /// definitions in the protocol's shape (hashtables, JSON) are only sent, and their calls are in the reply's Response.ToolCalls.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ToolCompleter))]
    public object[]? Tool { get; set; }

    /// <summary>
    /// Which tool the model must call: none, auto, required, the name of one that is run, or a hashtable or JSON that names one or several.
    /// What must be called is called once: later rounds are free. Needs -Tool.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ToolChoiceCompleter))]
    public object? ToolChoice { get; set; }

    /// <summary>Whether the model may ask for several calls at once; $false for one at a time. Needs -Tool.</summary>
    [Parameter]
    [FlagArgument]
    public bool? ParallelToolCall { get; set; }

    /// <summary>The form of the answer: text, json_object, or a hashtable or JSON with a schema.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ResponseFormatCompleter))]
    public object? ResponseFormat { get; set; }

    /// <summary>What the answer is made of: text, audio. If not given: text, and audio where -Audio or -AudioPath is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModalityCompleter))]
    public string[]? Modality { get; set; }

    /// <summary>The voice of a spoken answer, or a hashtable with voice and format.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(VoiceCompleter))]
    public object? Audio { get; set; }

    /// <summary>
    /// The file to which a spoken answer is saved; its ending says the format: wav, mp3, flac, opus, aac, pcm. It is replaced when the
    /// answer is complete, and left as it was if none comes.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [TextArgument(IsPath = true)]
    public string? AudioPath { get; set; }

    /// <summary>
    /// Members for which there is no parameter, as a hashtable or JSON. They are laid over the others: objects are merged, everything
    /// else is replaced.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ExtraBodyCompleter))]
    public object? ExtraBody { get; set; }
}
