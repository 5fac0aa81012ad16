using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Conversations;
using GptChat.Copies;
using GptChat.Input;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Makes a named conversation.</para>
/// <para type="description">Invoke-GptChat -Conversation NAME goes on with it, whatever other calls are made in between. What is given here holds for its turns unless a call says otherwise.</para>
/// </summary>
[Cmdlet(VerbsCommon.New, "GptConversation", HelpUri = HelpPage.Folder + "New-GptConversation.md")]
[OutputType(typeof(GptConversation))]
public sealed class NewGptConversationCommand : GptConversationCmdlet
{
    private GptMessage[] _messages = [];
    private GptConnection? _connection;

    /// <summary>Its name.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Name { get; set; }

    /// <summary>Instructions that stand at its head: text, lines or a text file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument(IsContent = true)]
    public string? System { get; set; }

    /// <summary>The model that its turns use unless a call names another.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ModelArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The name of a connection, or a connection, that its turns use unless a call names another.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public object? Connection { get; set; }

    /// <summary>What was said before: messages, such as those of another conversation, or hashtables or objects with role and content; text is a message of the user.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSObject[]? Message { get; set; }

    /// <summary>Files that it starts with, as a message of the user: text, images, sound (WAV, MP3), PDF. Wildcards are resolved.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Files that it starts with. The path is taken as it is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>Randomness of its turns, 0 to 2.</summary>
    [Parameter]
    [ValidateRange(0.0, 2.0)]
    [NumberArgument]
    public double? Temperature { get; set; }

    /// <summary>The share of probability that its turns draw tokens from, 0 to 1.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    [NumberArgument]
    public double? TopP { get; set; }

    /// <summary>The most tokens of each answer, at least 1, reasoning included.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Alias("MaxTokens")]
    [WholeNumberArgument]
    public int? MaxCompletionTokens { get; set; }

    /// <summary>How much a model that reasons should reason: none, minimal, low, medium, high, xhigh, max.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReasoningEffortCompleter))]
    [TextArgument]
    public string? ReasoningEffort { get; set; }

    /// <summary>How wordy its answers should be: low, medium, high.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VerbosityCompleter))]
    [TextArgument]
    public string? AnswerVerbosity { get; set; }

    /// <summary>What happens when it outgrows the model's context: an error, the oldest turns left out, or a summary in their place.</summary>
    [Parameter]
    public GptContextPolicy? ContextPolicy { get; set; }

    /// <summary>How many tokens prompt and answer may have together; for models whose context is not known.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumberArgument]
    public int? ContextWindow { get; set; }

    /// <summary>Replace the conversation that has the name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _connection = Connection is null ? null : NamedArgument.Connection(Connection, Session);
        _messages = Messages().ToArray();
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (MyInvocation.ExpectingInput) Try(Name, Add);
        else Add();
    }

    private void Add()
    {
        var conversation = new GptConversation(NameText(), Model ?? _connection?.Model, _messages, null, _connection?.Name, _connection)
        {
            Settings = new ConversationDefaults
            {
                Temperature = Temperature,
                TopP = TopP,
                MaxCompletionTokens = MaxCompletionTokens,
                ReasoningEffort = ReasoningEffort is null ? null : Words.Spelled(ReasoningEffort, Words.ReasoningEffort),
                AnswerVerbosity = AnswerVerbosity is null ? null : Words.Spelled(AnswerVerbosity, Words.Verbosity),
                ContextPolicy = ContextPolicy,
                ContextWindow = ContextWindow,
            },
        };
        Keep(conversation, Force);
        Session.RememberModel(Model);
        WriteObject(conversation);
    }

    /// <summary>A name is text: a file, or a conversation, that is given for one is a mistake.</summary>
    private string NameText()
    {
        object? given = Copy.BaseOf(Name);
        if (given is FileSystemInfo or GptConversation or GptMessage) throw Invalid("-Name is the name of the new conversation, not " + Kind.Of(given), "Files go into -Path, messages into -Message; Copy-GptConversation copies.");
        string? name = given?.ToString();
        return string.IsNullOrWhiteSpace(name) ? throw Invalid("A conversation needs a name", "New-GptConversation -Name NAME.") : name!;
    }

    /// <summary>What it starts with: instructions, what is given as messages, then the files.</summary>
    private IEnumerable<GptMessage> Messages()
    {
        if (System is not null) yield return GptMessage.FromText(Roles.System, System);
        foreach (object? given in (Message ?? []).SelectMany(PromptBuilder.Unrolled)) yield return MessageArgument.Read(given, "-" + nameof(Message));

        var files = new PromptBuilder(new ObjectJson(null, 1, WriteVerbose, StopToken), WriteVerbose);
        foreach (string file in new PathResolver(this).Files(Path, LiteralPath)) files.AddFile(file, global::System.IO.Path.GetFileName(file));
        foreach (GptMessage message in files.Build(null)) yield return message;
    }

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint };
}
