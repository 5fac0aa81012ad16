using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Bulk;

/// <summary>Ten thousand items: every one is asked about once and answered in its place, and what was output is not held.</summary>
public sealed class TenThousandTests : ModuleTest
{
    private const int Items = 10_000;
    private const int Throttle = 16;

    [Theory]
    [InlineData("")]
    [InlineData("-AsJob | Receive-Job -Wait")]
    public void All_are_answered_in_order_and_none_is_kept(string how)
    {
        int underWay = 0;
        int most = 0;
        Server.Respond = request =>
        {
            int now = Interlocked.Increment(ref underWay);
            if (now > Volatile.Read(ref most)) Volatile.Write(ref most, now);
            Reply reply = Reply.Completion(request.Messages()[^1]["user: Q\n\n".Length..]);
            Interlocked.Decrement(ref underWay);
            return reply;
        };
        var watch = new Watch();
        Assert.Equal(
            "10000 0",
            InvokeOne(
                "$i = 0; $wrong = 0; 1..10000 | Invoke-GptChat 'Q' -Each -ThrottleLimit 16 " + how + " | ForEach-Object { if ($_.Index -ne $i -or \"$_\" -ne ++$i -or $_.Source -ne $i) { $wrong++ }; $watch.See($_.Response, $i) }; \"$i $wrong\"",
                ("watch", watch)).BaseObject);
        Assert.Equal(Enumerable.Range(1, Items), Server.Requests.Select(request => int.Parse(request.Messages()[^1]["user: Q\n\n".Length..])).Order());
        Assert.InRange(most, 1, Throttle);

        // What the window holds behind the head, and what the pipeline has in its hands. A job keeps what nobody has received.
        if (how.Length == 0) Assert.InRange(watch.MostAlive, 1, 5 * Throttle);
        Assert.InRange(Server.ConnectionCount, 1, 2 * Throttle);
    }

    /// <summary>Counts which answers are still alive, a few times on the way.</summary>
    public sealed class Watch
    {
        private readonly List<WeakReference> _seen = [];

        public int MostAlive { get; private set; }

        public void See(object response, int number)
        {
            _seen.Add(new WeakReference(response));
            if (number % 2500 != 0) return;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            MostAlive = Math.Max(MostAlive, _seen.Count(seen => seen.IsAlive));
        }
    }
}
