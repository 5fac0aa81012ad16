using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text;
using System.Threading;
using GptChat.Input;

namespace GptChat.Tools;

/// <summary>
/// Takes what a tool outputs while it runs, no more than the model will get to see, and makes text of it. A tool that only reads is
/// ended when it has said enough; one that changes something is let finish, and the rest of what it says is dropped.
/// </summary>
internal sealed class ToolOutput(ToolLimits limits, Action end)
{
    private readonly List<object> _kept = new();
    private readonly List<object> _aside = new();
    private long _length;
    private bool _isFull;

    /// <summary>Whether the tool was ended because of it.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Takes an object out of the collection that the engine fills.</summary>
    public void Take(PSDataCollection<PSObject> output, int index)
    {
        PSObject? item = output[index];
        output.RemoveAt(index);
        object? plain = item?.BaseObject;
        if (plain is null) return;
        if (plain is WarningRecord or InformationRecord)
        {
            if (_aside.Count < 1000) _aside.Add(plain);
            return;
        }

        if (_isFull)
        {
            if (!limits.MayCutShort || IsCut) return;
            IsCut = true;
            end();
            return;
        }

        // A little more than the model sees, so that the cut is told from an end.
        _length += (plain as string)?.Length ?? 2;
        _kept.Add(item!);
        _isFull = _length > limits.MaxLength;
    }

    /// <summary>Lets warnings and what was written to the host go the caller's way.</summary>
    public void Forward(PSCmdlet cmdlet)
    {
        foreach (object record in _aside)
        {
            if (record is WarningRecord warning) cmdlet.WriteWarning(warning.Message);
            else cmdlet.WriteInformation((InformationRecord)record);
        }
    }

    /// <summary>All of it as text: strings as they are, objects as one line of JSON each.</summary>
    public string Text(CancellationToken stop)
    {
        var text = new StringBuilder();
        var json = new ObjectJson(null, 1, static _ => { }, stop);
        foreach (object item in _kept)
        {
            if (text.Length > limits.MaxLength) break;
            if (text.Length > 0) text.Append('\n');
            object plain = (item as PSObject)?.BaseObject ?? item;
            text.Append(ScalarText.TryGet(plain, out string? scalar) ? scalar : json.ToLine(item));
        }

        return text.ToString();
    }
}
