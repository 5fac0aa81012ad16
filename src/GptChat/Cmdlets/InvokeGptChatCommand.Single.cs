using System.Collections.Generic;
using System.Globalization;
using GptChat.Content;
using GptChat.Conversations;
using GptChat.Hosting;
using GptChat.Output;
using GptChat.Redaction;
using GptChat.Tools;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <content>One request for all that came through the pipeline.</content>
public sealed partial class InvokeGptChatCommand
{
    private void Send(GptConversation conversation, IReadOnlyList<GptMessage> messages)
    {
        using GptConversation.Turn turn = conversation.TryBeginTurn() ?? throw new GptChatException(GptErrorKind.ConversationBusy, "Another call is using this conversation at this moment")
        {
            Hint = "Let it finish first, or give each thread a conversation of its own.",
            Target = conversation,
        };
        Destination destination = ChooseDestination(conversation);
        if (Retry) messages = LastQuestion(turn, messages);
        WarnOfImages(destination.Connection, messages);
        GptMessage? system = System is null ? null : GptMessage.FromText(Roles.System, System);
        ChatParameters parameters = _parameters ?? Parameters(destination, conversation);
        RedactionRules? rules = RulesOf(destination.Connection, conversation);
        MessageHistory history = turn.Begin(system, messages.Count);
        RequestRedaction? redaction = TakeOut(rules, conversation.Redaction?.Vault, history, messages, parameters);
        MessageHistory sent = redaction?.Messages ?? history.Append(messages);
        parameters = redaction?.Parameters ?? parameters;
        AnswerRestoring? restoring = Restoring(redaction?.Vault ?? conversation.Redaction?.Vault);
        var teller = new WaitTeller(this);
        _terms = TermsOf(conversation, history);
        if (FitContext(destination, parameters, conversation, turn, sent, teller) is not { } view) return;
        if (Compose(destination, parameters, view.Of(sent), teller.Notices, redaction) is not { } call) return;
        if (_audioPath is not null) AudioFile.RequireWritable(_audioPath);

        var live = new LiveText(this);
        bool isFinished = false;
        var state = new CallState(destination, redaction?.Parameters ?? parameters, teller.Notices, redaction, new ToolExchange(sent)) { View = view };
        using var chunks = new AsyncPull<GptChunk>(Checked(call, state, StopToken), teller, StopToken, _loop is null ? null : _errands);
        try
        {
            while (chunks.MoveNext())
            {
                GptChunk chunk = chunks.Current;
                List<GptChunk>? pieces = restoring?.Restored(chunk);

                // Of several pieces the last one is the chunk itself, with what it completes.
                Make(pieces is { Count: > 0 } ? pieces[pieces.Count - 1] : chunk);
                if (chunk.Response is { } response)
                {
                    // Before anything is written: downstream may want no more, and the turn is finished all the same. It is
                    // closed too, since what stands downstream may well take the next one.
                    response.LeftOut = view.LeftOut;
                    if (redaction is not null) response.Redactions = redaction.Report;
                    turn.Commit(state.Exchange.History, response, destination.Model, destination.Connection, redaction is null ? null : new ConversationRedaction(redaction.Rules, redaction.Vault), state.Exchange.Trailing);
                    turn.Dispose();

                    // What -Continue means must not depend on when a job ends.
                    if (_run is null) Session.SetCurrent(conversation);
                    Session.RememberModel(destination.Model);
                    isFinished = true;
                }

                if (pieces is null) Write(chunk, live, restoring);
                else foreach (GptChunk piece in pieces) Write(piece, live, restoring);
            }
        }
        catch (GptChatException)
        {
            live.End();
            throw;
        }
        finally
        {
            // Downstream wants no more, or something failed: closed at once, where merely closing would read on for a while.
            if (!isFinished) StopWork();
        }
    }

    private void Write(GptChunk chunk, LiveText live, AnswerRestoring? restoring)
    {
        // One answer is shown; the others, where more were asked for, are in the response.
        if (Live && chunk.Index == 0) live.Write(chunk.Text);
        if (chunk.ToolCall is not null) live.End();
        if (chunk.Response is not { } response)
        {
            if (!TryWriteObjects(chunk, null, 0) && Stream) WriteObject(chunk);
            return;
        }

        live.End();
        WriteVerbose(AuditText.Way(response));
        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "Answer after {0:0.0} s: {1}{2}", response.Duration.TotalSeconds, response, response.RequestId is null ? string.Empty : ", request id " + response.RequestId));
        foreach (string warning in AnswerCheck.Warnings(response)) WriteWarning(warning);
        GptChatException? unsaved = SaveAudio(response);
        if (ResponseVariable is not null) SessionState.PSVariable.Set(ResponseVariable, response);
        if (!TryWriteObjects(chunk, null, 0))
        {
            if (Stream) WriteObject(chunk);
            else if (!Live || PassThru) WriteObject(Reply.Create(response, restored: restoring is null ? null : restoring.Text));
        }

        // After the reply, which was paid for and is none the worse for it. A caller who wants errors to stop finds it in the error.
        if (unsaved is not null) WriteError(ErrorRecords.From(unsaved, _audioPath));
        if (chunk.LateFailure is { } late) WriteError(ErrorRecords.From(late, late.Target));
    }

    /// <summary>Saves the sound of an answer before the answer is output: what follows in the pipeline may well play it.</summary>
    private GptChatException? SaveAudio(GptResponse response)
    {
        if (_audioPath is null) return null;
        try
        {
            AudioFile.Save(_audioPath, response);
            return null;
        }
        catch (GptChatException failure)
        {
            return failure;
        }
    }
}
