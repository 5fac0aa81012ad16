using System.Management.Automation;
using GptChat.Completion;
using GptChat.Input;
using GptChat.Transport;

namespace GptChat.Cmdlets;

/// <content>The parameters of input, output, conversation and transport; the latter carry the names of Invoke-RestMethod.</content>
public sealed partial class InvokeGptChatCommand
{
    /// <summary>What to ask. Before piped text it is the heading; after piped messages it is the last one.</summary>
    [Parameter(Position = 0)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? Prompt { get; set; }

    /// <summary>What the prompt is about: lines, files, messages, a conversation, replies or any objects. All of it goes into one request.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Files to send with the prompt: text, images, sound (WAV, MP3), PDF. Wildcards are resolved.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Files to send with the prompt: text, images, sound (WAV, MP3), PDF. The path is taken as it is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>Instructions that stand before everything else: text, lines or a text file (Get-Item rules.txt). In a conversation they take the place of earlier ones.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument(IsContent = true)]
    public string? System { get; set; }

    /// <summary>The model. If not given: that of the conversation, else that of the connection.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ModelArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The name of a connection, or a connection. If not given: that of the conversation, the latest one made, or the environment's.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public object? Connection { get; set; }

    /// <summary>The conversation to go on with: its name, the conversation itself, or one of its replies.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    public object? Conversation { get; set; }

    /// <summary>Go on with the current conversation: that of the latest successful call.</summary>
    [Parameter]
    public SwitchParameter Continue { get; set; }

    /// <summary>Output the answer in pieces, the moment each arrives; the last one carries the whole response.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>Show the answer on the host as it arrives, and output nothing unless -PassThru is given.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <summary>With -Live, output the reply as well when it is complete.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The name of a variable that gets the whole response.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("RV")]
    [ArgumentCompleter(typeof(VariableCompleter))]
    [TextArgument]
    public string? ResponseVariable { get; set; }

    /// <summary>Seconds (or a time such as 2m) until the connection must stand; 0 means no limit.</summary>
    [Parameter]
    [ValidateRange(0.0, TimeLimit.MostSeconds)]
    [NumberArgument(IsSeconds = true)]
    public double ConnectionTimeoutSeconds { get; set; } = 10;

    /// <summary>Seconds (or a time such as 2m) until the answer must begin; 0 means no limit.</summary>
    [Parameter]
    [ValidateRange(0.0, TimeLimit.MostSeconds)]
    [NumberArgument(IsSeconds = true)]
    public double ResponseTimeoutSeconds { get; set; } = 600;

    /// <summary>Seconds (or a time such as 2m) for which an answer that has begun may fall silent; 0 means no limit.</summary>
    [Parameter]
    [ValidateRange(0.0, TimeLimit.MostSeconds)]
    [NumberArgument(IsSeconds = true)]
    public double OperationTimeoutSeconds { get; set; } = 120;

    /// <summary>How often a request is sent again that failed for a passing reason, before an answer began; 0 turns it off.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    [WholeNumberArgument]
    public int MaximumRetryCount { get; set; } = RetryPolicy.Default.MostRetries;

    /// <summary>Seconds (or a time such as 2m) between tries where the server names no time. If not given: half a second, doubled each time, at most 8.</summary>
    [Parameter]
    [ValidateRange(0.0, TimeLimit.MostSeconds)]
    [NumberArgument(IsSeconds = true)]
    public double RetryIntervalSec { get; set; }
}
