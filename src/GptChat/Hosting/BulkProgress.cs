using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace GptChat.Hosting;

/// <summary>Shows how far a bulk call is, a few times a second at most: counting costs nothing, and composing text is left to those moments.</summary>
internal sealed class BulkProgress(Cmdlet cmdlet)
{
    private const int ActivityId = 0x475045;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Pause;
    private bool _isShown;

    /// <summary>How many items were answered.</summary>
    public int Done { get; set; }

    /// <summary>How many failed.</summary>
    public int Failed { get; set; }

    /// <summary>How many tokens were used.</summary>
    public long Tokens { get; private set; }

    /// <summary>What they cost, in US dollars; null while no price is known.</summary>
    public decimal? Cost { get; private set; }

    /// <summary>How many items there are in all; null while more may come.</summary>
    public int? Total { get; set; }

    /// <summary>Adds what an answer used.</summary>
    public void Count(GptResponse response)
    {
        Tokens += response.Usage?.TotalTokens ?? 0;
        if (response.Cost is { } cost) Cost = (Cost ?? 0) + cost;
    }

    /// <summary>Shows it, unless it was shown a moment ago.</summary>
    /// <param name="underWay">How many requests are under way.</param>
    public void Show(int underWay)
    {
        if (_clock.Elapsed < _next) return;
        _next = _clock.Elapsed + Pause;
        _isShown = true;
        int finished = Done + Failed;
        double rate = finished / _clock.Elapsed.TotalSeconds;
        var record = new ProgressRecord(ActivityId, "Invoke-GptChat", string.Format(
            CultureInfo.InvariantCulture, "{0} answered, {1} failed, {2} under way, {3:0.#} a second, {4} tokens{5}", Done, Failed, underWay, rate, Tokens, Cost is { } cost ? string.Format(CultureInfo.InvariantCulture, ", {0:0.00##} USD", cost) : string.Empty));
        if (Total is int total && finished > 0)
        {
            record.PercentComplete = Math.Min(100, (int)(100L * finished / Math.Max(1, total)));
            record.SecondsRemaining = (int)Math.Min(int.MaxValue, (total - finished) / rate);
        }

        cmdlet.WriteProgress(record);
    }

    /// <summary>Takes it away.</summary>
    public void End()
    {
        if (_isShown) cmdlet.WriteProgress(new ProgressRecord(ActivityId, "Invoke-GptChat", "Over") { RecordType = ProgressRecordType.Completed });
        _isShown = false;
    }
}
