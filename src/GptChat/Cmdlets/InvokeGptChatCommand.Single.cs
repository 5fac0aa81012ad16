using System.Collections.Generic;
using System.Globalization;
using GptChat.Content;
using GptChat.Conversations;
using GptChat.Hosting;
using GptChat.Output;
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
        WarnOfImages(destination.Connection, messages);
        GptMessage? system = System is null ? null : GptMessage.FromText(Roles.System, System);
        MessageHistory sent = turn.HistoryUnder(system).Append(messages);
        var teller = new WaitTeller(this);
        if (Compose(destination, _parameters ?? Parameters(destination.Model, destination.Connection), sent, teller.Notices) is not { } call) return;
        if (_audioPath is not null) AudioFile.RequireWritable(_audioPath);

        var live = new LiveText(this);
        bool isFinished = false;
        var exchange = new ToolExchange(sent);
        using var chunks = new AsyncPull<GptChunk>(Rounds(call, exchange, destination, teller.Notices, StopToken), teller, StopToken, _jobs);
        try
        {
            while (chunks.MoveNext())
            {
                GptChunk chunk = chunks.Current;
                if (chunk.Response is { } response)
                {
                    // Before anything is written: downstream may want no more, and the turn is finished all the same. It is
                    // closed too, since what stands downstream may well take the next one.
                    turn.Commit(exchange.History, response, destination.Model, destination.Connection, exchange.Trailing);
                    turn.Dispose();

                    // What -Continue means must not depend on when a job ends.
                    if (_run is null) Session.SetCurrent(conversation);
                    Session.RememberModel(destination.Model);
                    isFinished = true;
                }

                Write(chunk, live);
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

    private void Write(GptChunk chunk, LiveText live)
    {
        // One answer is shown; the others, where more were asked for, are in the response.
        if (Live && chunk.Index == 0) live.Write(chunk.Text);
        if (chunk.ToolCall is not null) live.End();
        if (chunk.Response is not { } response)
        {
            if (Stream) WriteObject(chunk);
            return;
        }

        live.End();
        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "Answer after {0:0.0} s: {1}{2}", response.Duration.TotalSeconds, response, response.RequestId is null ? string.Empty : ", request id " + response.RequestId));
        foreach (string warning in AnswerCheck.Warnings(response)) WriteWarning(warning);
        GptChatException? unsaved = SaveAudio(response);
        if (ResponseVariable is not null) SessionState.PSVariable.Set(ResponseVariable, response);
        if (Stream) WriteObject(chunk);
        else if (!Live || PassThru) WriteObject(Reply.Create(response));

        // After the reply, which was paid for and is none the worse for it. A caller who wants errors to stop finds it in the error.
        if (unsaved is not null) WriteError(ErrorRecords.From(unsaved, _audioPath));
        if (chunk.LateFailure is { } late) WriteError(ErrorRecords.From(late, _record));
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
