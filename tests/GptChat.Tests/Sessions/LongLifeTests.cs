using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;
using Xunit.Abstractions;

namespace GptChat.Tests.Sessions;

/// <summary>
/// A worker that lives for weeks: whatever can be counted does not grow with its calls. <see cref="Variable"/> says how many
/// there are; some thousands if it is not set.
/// </summary>
[Collection(SerialTests.Name)]
public sealed class LongLifeTests(ITestOutputHelper log) : ModuleTest
{
    private const string Variable = "GPTCHAT_TEST_CALLS";
    private const int Warm = 500;
    private const int Runspaces = 16;

    // Each answer in plain and streamed, a failure, a try that is followed by another, and a conversation that goes on.
    private const string FiveCalls =
        "$null = Invoke-GptChat 'x'; $null = Invoke-GptChat 'x' -Stream; try { Invoke-GptChat 'bad' } catch { }; $null = Invoke-GptChat 'busy' -MaximumRetryCount 50; $null = Invoke-GptChat 'y' -Continue";

    private static readonly int Calls =
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 2000;

    [Fact]
    public void Thousands_of_calls_in_one_runspace_leave_nothing_behind()
    {
        Server.Respond = Answer();
        Run(Host, Warm);
        Counts before = Count("before");
        Run(Host, Calls);
        Counts after = Count("after " + Calls + " calls");
        after.IsNoMoreThan(before);

        // One, and another where a call came before the end of the stream before it was read.
        Assert.InRange(Server.ConnectionCount, 1, 4);
    }

    [Fact]
    public async Task Many_runspaces_at_once_leave_nothing_behind()
    {
        Server.Respond = Answer();
        await Round(Warm / Runspaces);
        await Round(Warm / Runspaces);
        Counts before = Count("before");
        for (int left = Calls; left > 0; left -= Warm)
        {
            await Round(Math.Min(left, Warm) / Runspaces);
            if (left % (Warm * 20) == 0) Count("with " + left + " calls to come");
        }

        Counts after = Count("after " + Calls + " calls in rounds of " + Runspaces + " runspaces");
        after.IsNoMoreThan(before);

        // As many as called at the same time, and those of the servers of each runspace's host.
        Assert.InRange(Server.ConnectionCount, 1, Runspaces * 2);
    }

    /// <summary>Some requests are wrong, and some are turned away once.</summary>
    private static Func<ReceivedRequest, Reply> Answer()
    {
        int busy = 0;
        return request => request.Messages()[^1] switch
        {
            "user: bad" => Reply.Error(400, "No."),
            "user: busy" when Interlocked.Increment(ref busy) % 2 == 1 => Reply.Error(502, "Bad gateway.").WithHeader("retry-after-ms", "0.1"),
            _ => Reply.AsAsked("An answer of some words."),
        };
    }

    private async Task Round(int calls)
    {
        List<ModuleHost> hosts = [];
        try
        {
            for (int i = 0; i < Runspaces; i++) hosts.Add(await ModuleHost.StartAsync());
            foreach (ModuleHost host in hosts) host.Invoke("Connect-GptChat -BaseUri $uri -Model m", ("uri", Server.BaseUri.AbsoluteUri));
            await Task.WhenAll(hosts.Select(host => Task.Run(() => Run(host, calls))));
        }
        finally
        {
            foreach (ModuleHost host in hosts) await host.DisposeAsync();
        }
    }

    private void Run(ModuleHost host, int calls)
    {
        const int Batch = 500;
        for (int left = calls; left > 0; left -= Batch)
        {
            host.Invoke("foreach ($i in 1.." + Math.Max(1, Math.Min(left, Batch) / 5) + ") { " + FiveCalls + " }");
            Server.Clear();
        }
    }

    private Counts Count(string moment)
    {
        // What was finalized frees more.
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using Process process = Process.GetCurrentProcess();
        string handles = "/proc/self/fd";
        var counts = new Counts(process.Threads.Count, Directory.Exists(handles) ? Directory.GetFileSystemEntries(handles).Length : process.HandleCount, GC.GetTotalMemory(forceFullCollection: true));
        log.WriteLine("{0}: {1} threads, {2} handles, {3:N0} bytes in use, {4} connections", moment, counts.Threads, counts.Handles, counts.Bytes, Server.ConnectionCount);
        return counts;
    }

    private sealed record Counts(int Threads, int Handles, long Bytes)
    {
        // The pool of threads breathes, and so do the pools of buffers; neither by what thousands of calls would leave behind.
        private const int SomeThreads = 24;
        private const int SomeHandles = 16;
        private const long SomeBytes = 2_000_000;

        // Each thread of the pool keeps buffers of its own.
        private const long BytesOfThread = 250_000;

        public void IsNoMoreThan(Counts before)
        {
            Assert.InRange(Threads, 0, before.Threads + SomeThreads);
            Assert.InRange(Handles, 0, before.Handles + SomeHandles);
            Assert.InRange(Bytes, 0, before.Bytes + SomeBytes + (Math.Max(0, Threads - before.Threads) * BytesOfThread));
        }
    }
}
