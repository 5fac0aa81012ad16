using System;
using System.Linq;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;
using GptChat.Hosting;
using GptChat.Output;
using GptChat.Transport;

namespace GptChat.Cmdlets;

/// <content>One request for each item that comes through the pipeline: answers and failures, as they come.</content>
public sealed partial class InvokeGptChatCommand
{
    /// <summary>Outputs all that can be output now.</summary>
    private bool Emit()
    {
        bool hasEmitted = _errands.Run();
        while (_window!.Take() is { } arrived)
        {
            hasEmitted = true;
            Emit((BulkItem)arrived.Entry.Tag, arrived);
        }

        _teller!.Tell();
        _progress!.Show(_window.Unanswered);
        if (_common is not null) EndWith(_common);
        return hasEmitted;
    }

    private void EmitAll()
    {
        while (_window!.Count > 0) EmitOrWait();
        Emit();
    }

    private void EmitOrWait()
    {
        // From before the look: a request that ends behind one that goes on frees its place, though nothing of it can be output yet.
        Task arrival = _window!.Arrival;
        if (Emit()) return;
        Task.WaitAny(new[] { arrival, _teller!.Arrival, _errands.Arrival }, _teller.Patience, StopToken);
    }

    private void Emit(BulkItem item, RequestWindow.Event arrived)
    {
        if (arrived.Chunk is { } chunk)
        {
            if (item.Restoring is null) WriteItem(item, chunk);
            else foreach (GptChunk piece in item.Restoring.Restored(chunk)) WriteItem(item, piece);
            return;
        }

        switch (arrived.Failure)
        {
            case null:
                break;
            case GptChatException failure:
                _live!.End();
                Fail(item, failure);
                break;
            case OperationCanceledException when _common is not null:
                // Ended because another failed for all.
                break;
            case var unexpected:
                ExceptionDispatchInfo.Capture(unexpected).Throw();
                break;
        }
    }

    private void WriteItem(BulkItem item, GptChunk chunk)
    {
        chunk.Source = item.Source;
        chunk.ItemIndex = item.Index;
        chunk.Part = item.Part;
        chunk.PartCount = item.PartCount;
        if (!TryMake(item, chunk)) return;
        if (Live && chunk.Index == 0) _live!.Write(chunk.Text);
        if (chunk.ToolCall is not null) _live!.End();
        if (chunk.Response is not { } response)
        {
            if (!TryWriteObjects(chunk, item.Source, item.Index) && Stream) WriteObject(chunk);
            return;
        }

        if (item.Redaction is { } redaction) response.Redactions = redaction.Report;
        _live!.End();
        _progress!.Done++;
        _progress.Count(response);
        if (ResponseVariable is not null) _responses.Add(response);
        WriteVerbose(AuditText.Item(item.Index, response));
        Warn("Item " + item.Index + (item.Part > 0 ? ", part " + item.Part : string.Empty) + ": ", response);
        for (int i = 0; i < response.PartialResponses.Count; i++)
        {
            _progress.Count(response.PartialResponses[i]);
            Warn("Item " + item.Index + ", answer " + (i + 1) + " of those that were combined: ", response.PartialResponses[i]);
        }

        if (!TryWriteObjects(chunk, item.Source, item.Index))
        {
            if (Stream) WriteObject(chunk);
            else if (!Live || PassThru) WriteObject(Reply.Create(response, item));
        }

        if (chunk.LateFailure is { } late) WriteError(ErrorRecords.From(late, late.Kind == GptErrorKind.JournalNotUsable ? _journalPath : late.Target));
    }

    private void Warn(string about, GptResponse response)
    {
        foreach (string warning in AnswerCheck.Warnings(response)) WriteWarning(about + warning);
    }

    /// <summary>One item failed: an error of its own, and the rest goes on; unless it would be that of every item.</summary>
    private void Fail(BulkItem item, GptChatException failure)
    {
        _progress!.Failed++;
        if (IsCombinedWhole || failure.IsOfAllInput || BulkFailures.IsCommon(failure.Kind, _progress.Done > 0))
        {
            _common ??= failure;
            return;
        }

        if (item.PartCount > 1) failure.Part = "Part " + item.Part + " of " + item.PartCount;
        ErrorRecord record = ErrorRecords.From(failure, item.Source);

        // What some views show of the input: the object itself stays with the script.
        if (_rules is not null) record.CategoryInfo.TargetName = "item " + item.Index;
        WriteError(record);
    }

    /// <summary>Ends the call; answers that have come all the same are output, since they were paid for.</summary>
    private void EndWith(GptChatException failure)
    {
        _bulkStop!.Cancel();
        while (_window!.Count > 0)
        {
            if (_window.Take() is { } arrived) Emit((BulkItem)arrived.Entry.Tag, arrived);
            else _window.Arrival.Wait(StopToken);
        }

        EndBulk();
        throw failure;
    }

    private void EndBulk()
    {
        _progress!.End();
        _journal?.Dispose();
        if (ResponseVariable is not null) SessionState.PSVariable.Set(ResponseVariable, IsCombinedWhole ? _responses.LastOrDefault() : _responses.ToArray());
        Session.RememberModel(_destination!.Model);
    }
}
