using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;

namespace GptChat.Hosting;

/// <summary>
/// Says on the pipeline thread, while requests wait, why they do: a verbose line each, and progress with the seconds left where
/// it takes one or more. Whoever has a thread that waits calls it when something has arrived and when its patience is over.
/// </summary>
internal sealed class WaitTeller(Cmdlet cmdlet)
{
    private const int ActivityId = 0x475054;

    private static readonly TimeSpan ShortestShown = TimeSpan.FromSeconds(1);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<object, (ChatNotice Notice, TimeSpan End)> _waits = new();
    private int _shownSeconds = -1;

    /// <summary>Where requests leave what they have to say.</summary>
    public ChatNotices Notices { get; } = new();

    /// <summary>Completes when there is something to say.</summary>
    public Task Arrival => Notices.Arrival;

    /// <summary>How long the thread may wait before it calls again, in milliseconds: the seconds left are counted down.</summary>
    public int Patience => _waits.Count > 0 ? 1000 : Timeout.Infinite;

    /// <summary>Says what is to be said. Only on the pipeline thread, and never where exceptions are caught: a write may end the pipeline.</summary>
    public void Tell()
    {
        while (Notices.Take() is { } notice)
        {
            if (notice.IsOver) _waits.Remove(notice.Request);
            else if (notice.Wait >= ShortestShown || notice.Remaining is not null) _waits[notice.Request] = (notice, _clock.Elapsed + notice.Wait);
            if (notice.IsProblem) cmdlet.WriteWarning(notice.Text);
            else if (notice.Text is not null) cmdlet.WriteVerbose(notice.Text);
        }

        Show();
    }

    /// <summary>Who waits at the gate may be told to wait for longer meanwhile.</summary>
    private TimeSpan Left(ChatNotice notice, TimeSpan end)
    {
        TimeSpan left = end - _clock.Elapsed;
        if (notice.Remaining?.Invoke() is { } held && held > left) left = held;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Show()
    {
        if (_waits.Count == 0)
        {
            if (_shownSeconds < 0) return;
            _shownSeconds = -1;
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, "Waiting", "Over") { RecordType = ProgressRecordType.Completed });
            return;
        }

        (ChatNotice notice, TimeSpan left) = _waits.Values.Select(wait => (wait.Notice, Left(wait.Notice, wait.End))).OrderByDescending(wait => wait.Item2).First();
        if (_shownSeconds < 0 && left < ShortestShown && notice.Wait < ShortestShown) return;
        int seconds = (int)Math.Ceiling(left.TotalSeconds);
        if (seconds == _shownSeconds) return;
        _shownSeconds = seconds;
        string status = _waits.Count == 1 ? notice.Text! : string.Format(CultureInfo.InvariantCulture, "{0} requests wait. {1}", _waits.Count, notice.Text);
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, "Waiting for " + notice.Uri.Host, status) { SecondsRemaining = seconds });
    }
}
