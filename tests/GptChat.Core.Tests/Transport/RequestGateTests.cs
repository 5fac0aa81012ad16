using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>Told to wait, all wait; and they do not start again all at once.</summary>
public sealed class RequestGateTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly ManualClock _clock = new();
    private readonly RequestGate _gate;

    public RequestGateTests() => _gate = new RequestGate(_clock);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static async Task<GatePass> Passes(Task<GatePass?> request) => Assert.IsType<GatePass>(await request.WaitAsync(Limit));

    private List<Task<GatePass?>> Enter(int count) => Enumerable.Range(0, count).Select(_ => _gate.EnterAsync(default).AsTask()).ToList();

    /// <summary>Waits until a number of requests have a pass, and proves that no other has.</summary>
    private static async Task<GatePass[]> Exactly(int count, IEnumerable<Task<GatePass?>> requests)
    {
        Task<GatePass?>[] all = [.. requests];
        GatePass[] passes = await Task.WhenAll(all.Take(count).Select(Passes));
        Assert.All(all.Skip(count), request => Assert.False(request.IsCompleted));
        return passes;
    }

    [Fact(Skip = OnlyOnNet.Allocations)]
    public async Task An_open_gate_costs_nothing()
    {
        Assert.Null(await _gate.EnterAsync(default));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) Assert.Null(await _gate.EnterAsync(default));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 999);
        Assert.Equal(TimeSpan.Zero, _gate.Remaining);
    }

    [Fact]
    public async Task All_wait_and_then_one_goes_then_two_then_four()
    {
        _gate.Hold(Seconds(10));
        Assert.Equal(Seconds(10), _gate.Remaining);
        List<Task<GatePass?>> requests = Enter(8);
        await _clock.WaitForAsync(Seconds(10));
        _clock.MoveTo(Seconds(9.9));
        await Exactly(0, requests);
        await _clock.WaitForAsync(Seconds(10));
        _clock.MoveTo(Seconds(10));
        GatePass first = (await Exactly(1, requests))[0];
        first.Return(isWelcome: true);
        GatePass[] next = await Exactly(2, requests.Skip(1));
        next[0].Return(isWelcome: true);
        next[1].Return(isWelcome: true);
        foreach (GatePass pass in await Exactly(4, requests.Skip(3))) pass.Return(isWelcome: true);
        (await Passes(requests[7])).Return(isWelcome: true);
        Assert.Null(await _gate.EnterAsync(default));
    }

    [Fact]
    public async Task A_refused_probe_makes_all_wait_anew()
    {
        _gate.Hold(Seconds(1));
        List<Task<GatePass?>> requests = Enter(3);
        await _clock.WaitForAsync(Seconds(1));
        _clock.MoveTo(Seconds(1));
        GatePass probe = await Passes(requests[0]);
        _gate.Hold(Seconds(30));
        probe.Return(isWelcome: false);
        requests.Add(_gate.EnterAsync(default).AsTask());
        await _clock.WaitForAsync(Seconds(31));
        _clock.MoveTo(Seconds(30));
        await Exactly(1, requests);
        await _clock.WaitForAsync(Seconds(31));
        _clock.MoveTo(Seconds(31));
        await Exactly(2, requests);
    }

    [Fact]
    public async Task The_longest_of_several_waits_counts()
    {
        _gate.Hold(Seconds(5));
        _gate.Hold(Seconds(2));
        Assert.Equal(Seconds(5), _gate.Remaining);
        Task<GatePass?> request = Enter(1)[0];
        await _clock.WaitForAsync(Seconds(5));
        _clock.MoveTo(Seconds(4));
        _gate.Hold(Seconds(3));
        _clock.MoveTo(Seconds(5));
        await _clock.WaitForAsync(Seconds(7));
        Assert.False(request.IsCompleted);
        _clock.MoveTo(Seconds(7));
        await Passes(request);
    }

    [Fact]
    public async Task A_probe_that_says_nothing_keeps_nobody_waiting()
    {
        _gate.Hold(Seconds(1));
        List<Task<GatePass?>> requests = Enter(3);
        await _clock.WaitForAsync(Seconds(1));
        _clock.MoveTo(Seconds(1));
        await Exactly(1, requests);
        await _clock.WaitForAsync(Seconds(1) + RequestGate.Grace);
        _clock.MoveTo(Seconds(1) + RequestGate.Grace);
        await Exactly(3, requests);
    }

    [Fact]
    public async Task A_probe_that_breaks_is_followed_by_one_other()
    {
        _gate.Hold(Seconds(1));
        List<Task<GatePass?>> requests = Enter(3);
        await _clock.WaitForAsync(Seconds(1));
        _clock.MoveTo(Seconds(1));
        (await Passes(requests[0])).Return(isWelcome: false);
        await Exactly(2, requests);
    }

    [Fact]
    public async Task A_pass_counts_once()
    {
        _gate.Hold(Seconds(1));
        List<Task<GatePass?>> requests = Enter(5);
        await _clock.WaitForAsync(Seconds(1));
        _clock.MoveTo(Seconds(1));
        GatePass pass = await Passes(requests[0]);
        pass.Return(isWelcome: true);
        pass.Return(isWelcome: true);
        await Exactly(2, requests.Skip(1));
    }

    [Fact]
    public async Task Who_stops_waiting_leaves_the_others_in_their_order()
    {
        using CancellationTokenSource stop = new();
        _gate.Hold(Seconds(1));
        Task<GatePass?> stopped = _gate.EnterAsync(stop.Token).AsTask();
        List<Task<GatePass?>> requests = Enter(2);
        await stop.CancelAsync();
        OperationCanceledException thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.WaitAsync(Limit));
        Assert.Equal(stop.Token, thrown.CancellationToken);
        await _clock.WaitForAsync(Seconds(1));
        _clock.MoveTo(Seconds(1));
        (await Exactly(1, requests))[0].Return(isWelcome: true);
        await Exactly(1, requests.Skip(1));
    }

    [Fact]
    public async Task Nobody_who_comes_after_the_time_starts_before_the_probe_is_answered()
    {
        _gate.Hold(Seconds(1));
        _clock.MoveTo(Seconds(5));
        List<Task<GatePass?>> requests = Enter(2);
        GatePass probe = (await Exactly(1, requests))[0];
        probe.Return(isWelcome: true);
        await Exactly(2, requests);
    }

    [Fact]
    public async Task Whatever_becomes_of_thousands_of_requests_none_is_lost()
    {
        Random random = new(20260302);
        using CancellationTokenSource stop = new();
        int sent = 0;
        int stopped = 0;
        async Task Request(int number)
        {
            using CancellationTokenSource own = new();
            Task<GatePass?> entering = _gate.EnterAsync(own.Token).AsTask();
            if (number % 7 == 0) await own.CancelAsync();
            try
            {
                GatePass? pass = await entering;
                await Task.Yield();
                if (number % 11 == 0) _gate.Hold(Seconds(number % 5));
                if (number % 13 != 0) pass?.Return(isWelcome: number % 11 != 0 && number % 3 != 0);
                Interlocked.Increment(ref sent);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref stopped);
            }
        }

        _gate.Hold(Seconds(1));
        Task all = Task.WhenAll(Enumerable.Range(1, 5000).Select(number => Task.Run(() => Request(number))));
        double now = 0;
        while (!all.IsCompleted)
        {
            _clock.MoveTo(Seconds(now += random.NextDouble()));
            await Task.Yield();
            Assert.True(now < 1_000_000, "Somebody waits for ever.");
        }

        await all;
        Assert.Equal(5000, sent + stopped);
    }
}
