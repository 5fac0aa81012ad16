using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Transport;

/// <summary>Time as waiting requests see it; a test moves a clock of its own.</summary>
internal abstract class WaitClock
{
    /// <summary>The machine's.</summary>
    public static readonly WaitClock System = new MachineClock();

    /// <summary>The time since some moment in the past; it never goes back.</summary>
    public abstract TimeSpan Now { get; }

    /// <summary>Completes after a time.</summary>
    public abstract Task Delay(TimeSpan time, CancellationToken cancellation);

    private sealed class MachineClock : WaitClock
    {
        private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
        private readonly Stopwatch _watch = Stopwatch.StartNew();

        public override TimeSpan Now => _watch.Elapsed;

        // Timers count whole milliseconds: less than one would be none, and whoever waits for the rest would spin.
        public override Task Delay(TimeSpan time, CancellationToken cancellation) => Task.Delay(time > TimeSpan.Zero && time < Shortest ? Shortest : time, cancellation);
    }
}
