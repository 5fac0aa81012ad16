using System;
using System.Collections;
using System.Management.Automation;
using GptChat.Chatting;
using GptChat.Completion;
using GptChat.Hosting;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Starts a chat in the console: answers appear as they come, and /help lists what else can be said.</para>
/// <para type="description">Each message is a turn of one conversation, asked as Invoke-GptChat asks. Ctrl+C stops the answer and not the chat; a turn that was stopped or failed leaves the conversation as it was. When the chat is over, Invoke-GptChat -Continue goes on with it. Nothing is output. Where nobody can answer (a job, -NonInteractive, redirected input) it is an error, and nothing is sent.</para>
/// </summary>
[Cmdlet(VerbsCommon.Enter, "GptChat", HelpUri = HelpPage.Folder + "Enter-GptChat.md")]
public sealed class EnterGptChatCommand : GptCmdlet
{
    // What every turn is sent with, under the same name.
    private static readonly string[] PassedOn =
    {
        nameof(Connection), nameof(Temperature), nameof(MaxCompletionTokens), nameof(ReasoningEffort), nameof(AnswerVerbosity), nameof(ContextPolicy), nameof(ContextWindow),
        nameof(MaxCost), nameof(Redact), nameof(Restore), nameof(Record), nameof(Replay), nameof(ReplaySpeed),
    };

    /// <summary>The conversation to go on with: its name, the conversation itself, or one of its replies. A new one if not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    public object? Conversation { get; set; }

    /// <summary>Go on with the current conversation: that of the latest successful call.</summary>
    [Parameter]
    public SwitchParameter Continue { get; set; }

    /// <summary>Instructions that stand before everything else: text, lines or a text file (Get-Item rules.txt). In a conversation they take the place of earlier ones.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [TextArgument(IsContent = true)]
    public string? System { get; set; }

    /// <summary>The model. If not given: that of the conversation, else that of the connection. /model chooses another one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ModelArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The name of a connection, or a connection. If not given: that of the conversation, the latest one made, or the environment's.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public object? Connection { get; set; }

    /// <summary>Randomness, 0 to 2. Models that reason mostly take only their default.</summary>
    [Parameter]
    [ValidateRange(0.0, 2.0)]
    [NumberArgument]
    public double? Temperature { get; set; }

    /// <summary>The most tokens of each answer, at least 1, reasoning included.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Alias("MaxTokens")]
    [WholeNumberArgument]
    public int? MaxCompletionTokens { get; set; }

    /// <summary>How much a model that reasons should reason.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReasoningEffortCompleter))]
    [TextArgument]
    public string? ReasoningEffort { get; set; }

    /// <summary>How wordy answers should be.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VerbosityCompleter))]
    [TextArgument]
    public string? AnswerVerbosity { get; set; }

    /// <summary>What happens when the conversation no longer fits into the model's context: an error (the default), the oldest turns left out, or a summary in their place.</summary>
    [Parameter]
    public GptContextPolicy? ContextPolicy { get; set; }

    /// <summary>How many tokens prompt and answer may have together; for models whose context is not known, or to stay below it.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumberArgument]
    public int? ContextWindow { get; set; }

    /// <summary>What each turn may cost at most, in US dollars.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e9)]
    [DollarArgument]
    public decimal? MaxCost { get; set; }

    /// <summary>Take secrets out of what is sent: passwords, keys and tokens, connection strings.</summary>
    [Parameter]
    public SwitchParameter Redact { get; set; }

    /// <summary>Put back into the answers what was taken out of the messages.</summary>
    [Parameter]
    public SwitchParameter Restore { get; set; }

    /// <summary>A file to which every exchange is added, for -Replay. It holds no key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [TextArgument(IsPath = true)]
    public string? Record { get; set; }

    /// <summary>A recording that answers instead of a server; no network and no key is needed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [TextArgument(IsPath = true)]
    public string? Replay { get; set; }

    /// <summary>How fast a recorded stream is played: 1 as it came, 2 twice as fast, 0 (the default) without waiting.</summary>
    [Parameter]
    [ValidateRange(0.0, 1000.0)]
    [NumberArgument]
    public double ReplaySpeed { get; set; }

    /// <summary>Show answers as the model wrote them, with no colour.</summary>
    [Parameter]
    public SwitchParameter Plain { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        EnterRules.Check(MyInvocation.BoundParameters);
        if (Connection is not null) NamedArgument.Connection(Connection, Session);
        if (Interaction.Obstacle(Host) is not { } obstacle) return;
        throw new GptChatException(GptErrorKind.NotInteractive, "Nobody can chat here: " + obstacle)
        {
            Hint = "Ask with Invoke-GptChat 'question', and go on with Invoke-GptChat 'question' -Continue. In a remote session, run Enter-GptChat on the machine that you sit at, or log on with ssh. Nothing was sent.",
        };
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        GptConversation? given = Chosen();
        var screen = new ChatScreen(Host, Plain ? new ScreenStyle(false) : ScreenStyle.Of(Host, SessionState));
        ChatTalk? talk = null;
        ChatLineEditor? editor = ChatLineEditor.Find(this, (line, cursor) => ChatCompletion.Complete(talk!, line, cursor));
        talk = new ChatTalk(this, Session, screen, new ChatInput(Host, screen, editor, StopToken), StopToken) { IsPlain = Plain || !screen.HasColor, System = System, Model = Model };
        foreach (string name in PassedOn) if (MyInvocation.BoundParameters.TryGetValue(name, out object? value)) talk.Settings[name] = value;
        if (Replay is not null) talk.Settings[nameof(Replay)] = talk.Paths.Literal(Replay);
        if (Record is not null) talk.Settings[nameof(Record)] = talk.Paths.Literal(Record);
        if (given is not null) talk.GoOnWith(given);
        if (Model is not null) talk.Model = Model;
        Welcome(talk);
        new ChatLoop(talk).Run();
    }

    private GptConversation? Chosen()
    {
        if (Conversation is not null) return NamedArgument.Conversation(Conversation, Session);
        if (!Continue) return null;
        return Session.CurrentConversation ?? throw new GptChatException(GptErrorKind.NoConversation, "There is no conversation to continue: no call has succeeded in this session yet")
        {
            Hint = "Start without -Continue. Get-GptConversation lists those that have names.",
        };
    }

    private void Welcome(ChatTalk talk)
    {
        string with = talk.CurrentModel() is { } model ? " with " + model : string.Empty;
        string where = talk.Conversation.Messages.Count > 0 ? "Goes on" + with + " in " + talk.Describe() : "Chat" + with;
        talk.Screen.Note(where + ". /help lists the commands, /exit ends" + (InterruptKey.CanListen(Host) ? ", Ctrl+C stops an answer." : "; Ctrl+C ends the chat."));
        if (talk.CurrentConnection() is null) talk.Screen.Note("There is no connection yet: !Connect-GptChat … makes one, without leaving.");
    }
}
