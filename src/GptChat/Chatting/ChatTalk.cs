using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using GptChat.Hosting;
using GptChat.Input;
using GptChat.Recording;

namespace GptChat.Chatting;

/// <summary>The talk as it stands: what the next turn is sent with, and the ways by which commands change it.</summary>
/// <param name="cmdlet">The cmdlet that the chat runs in.</param>
/// <param name="session">What the module remembers.</param>
/// <param name="screen">Where things are shown.</param>
/// <param name="input">Where lines come from.</param>
/// <param name="stop">Fires when the user ends the chat from outside.</param>
internal sealed class ChatTalk(PSCmdlet cmdlet, GptSession session, ChatScreen screen, ChatInput input, CancellationToken stop)
{
    /// <summary>The conversation; another one after <c>/load</c>.</summary>
    public GptConversation Conversation { get; set; } = new(null, null, Array.Empty<GptMessage>());

    /// <summary>What every turn is sent with, as parameters of Invoke-GptChat.</summary>
    public Hashtable Settings { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The model chosen for the turns to come; null for that of the conversation.</summary>
    public string? Model { get; set; }

    /// <summary>Instructions that the conversation does not have yet; null for none.</summary>
    public string? System { get; set; }

    /// <summary>Files that go with the next question.</summary>
    public List<string> Files { get; } = new();

    /// <summary>The last question if it was not answered.</summary>
    public ChatQuestion? Unanswered { get; set; }

    /// <summary>Whether something was said that no file has and no name keeps.</summary>
    public bool IsUnsaved { get; set; }

    /// <summary>Whether the chat is over.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether answers are shown as the model wrote them.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Where things are shown.</summary>
    public ChatScreen Screen => screen;

    /// <summary>Where lines come from.</summary>
    public ChatInput Input => input;

    /// <summary>What the module remembers.</summary>
    public GptSession Session => session;

    /// <summary>The caller's variables and location.</summary>
    public SessionState Caller => cmdlet.SessionState;

    /// <summary>Finds files where the caller is.</summary>
    public PathResolver Paths { get; } = new(cmdlet);

    /// <summary>Fires when the user ends the chat from outside.</summary>
    public CancellationToken StopToken => stop;

    /// <summary>Asks the user.</summary>
    public bool Confirm(string question, string caption) => cmdlet.ShouldContinue(question, caption);

    /// <summary>Asks about what was written and the files that wait for it.</summary>
    public void Ask(string text)
    {
        var question = new ChatQuestion(text, Files.ToArray());
        Files.Clear();
        Ask(question);
    }

    /// <summary>Sends a question, or the last one again.</summary>
    /// <param name="question">What is asked; null for the last question.</param>
    /// <param name="model">Another model for it; null for that of the talk.</param>
    public void Ask(ChatQuestion? question, string? model = null) => new ChatTurn(cmdlet.Host, this).Run(question, model);

    /// <summary>Runs one of the module's cmdlets; its failure is shown.</summary>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="isHandled">Looks at a failure, and says whether it need not be shown.</param>
    /// <returns>What it output; null where it failed.</returns>
    public IReadOnlyList<object>? Run<TCmdlet>(Hashtable parameters, Func<ErrorRecord, bool>? isHandled = null)
        where TCmdlet : PSCmdlet
    {
        var output = new List<object>();
        using NestedCommand command = NestedCommand.Of<TCmdlet>(parameters);
        try
        {
            IReadOnlyList<ErrorRecord> errors = command.Run(item => output.Add(item.BaseObject));
            if (errors.Count == 0) return output;
            if (isHandled?.Invoke(errors[0]) != true) foreach (ErrorRecord error in errors) screen.Error(error);
            return null;
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            if (isHandled?.Invoke(failure.ErrorRecord) != true) screen.Error(failure.ErrorRecord);
            return null;
        }
    }

    /// <summary>What people call the talk.</summary>
    public string Describe() => (Conversation.Name is { } name ? "'" + name + "'" : "the talk") + " (" + Conversation.Messages.Count + (Conversation.Messages.Count == 1 ? " message)" : " messages)");

    /// <summary>Leaves the conversation for another one.</summary>
    public void GoOnWith(GptConversation other)
    {
        Conversation = other;
        Unanswered = null;
        IsUnsaved = false;
        Model = null;
        session.SetCurrent(other);
    }

    /// <summary>The model that the next turn asks; null where the connection alone knows it, or a recording needs none.</summary>
    public string? CurrentModel() => Model ?? Conversation.Model ?? CurrentConnection()?.Model;

    /// <summary>The connection that the next turn uses; null where there is none yet.</summary>
    public GptConnection? CurrentConnection()
    {
        try
        {
            RecordingMode? recording = Settings.ContainsKey("Replay") ? RecordingMode.Replay : RecordingArguments.FromEnvironment(Paths)?.Mode;
            return ConnectionChoice.Resolve(Settings["Connection"], Conversation, recording, session);
        }
        catch (GptChatException)
        {
            return null;
        }
    }

    /// <summary>The instructions that the next turn is sent under; null for none.</summary>
    public string? Instructions() => System ?? (Conversation.Messages.Count > 0 && Conversation.Messages[0] is { IsInstruction: true } head ? head.Content : null);
}
