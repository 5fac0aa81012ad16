using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Bulk;

/// <summary>How many requests are under way, in which order answers come out, and how little is read ahead.</summary>
public sealed class EachWindowTests : ModuleTest
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();

    private TaskCompletionSource Gate(string item) => _gates.GetOrAdd(item, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Answers an item when its gate is opened.</summary>
    private void HoldAll() => Server.Respond = request => Reply.Echo().GateHeaders(Gate(request.Messages()[^1]["user: ".Length..]).Task);

    [Fact]
    public async Task Answers_come_in_the_order_of_the_input_whichever_is_first()
    {
        HoldAll();
        using PendingCall call = Host.Begin("1..4 | Invoke-GptChat -Each");
        await Server.WaitForRequestsAsync(4).WaitAsync(ModuleHost.Limit);
        foreach (string item in (string[])["4", "3", "2", "1"])
        {
            Gate(item).SetResult();
            await Server.Requests.Single(request => request.Messages()[^1] == "user: " + item).Completed.WaitAsync(ModuleHost.Limit);
        }

        Assert.Equal(["1", "2", "3", "4"], (await call.EndAsync()).RequireSuccess().Output.Select(reply => reply.ToString()));
    }

    [Fact]
    public async Task As_completed_they_come_as_they_come()
    {
        HoldAll();
        using PendingCall call = Host.Begin("1..3 | Invoke-GptChat -Each -AsCompleted");
        await Server.WaitForRequestsAsync(3).WaitAsync(ModuleHost.Limit);
        Gate("3").SetResult();
        Assert.Equal("3", (await call.FirstOutput).ToString());
        Gate("1").SetResult();
        Gate("2").SetResult();
        Assert.Equal(["1", "2", "3"], (await call.EndAsync()).RequireSuccess().Output.Select(reply => reply.ToString()).Order());
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("-ThrottleLimit 2", 2)]
    [InlineData("-ThrottleLimit 1", 1)]
    public async Task No_more_than_so_many_are_under_way(string throttle, int most)
    {
        HoldAll();
        using PendingCall call = Host.Begin("1..8 | Invoke-GptChat -Each " + throttle);
        for (int done = 0; done < 8; done++)
        {
            // Each that is let go makes place for one.
            await Server.WaitForRequestsAsync(Math.Min(8, done + most)).WaitAsync(ModuleHost.Limit);
            Assert.Equal(Math.Min(8, done + most), Server.Requests.Count);
            Gate((done + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)).SetResult();
        }

        Assert.Equal(8, (await call.EndAsync()).RequireSuccess().Output.Count);
    }

    [Fact]
    public async Task Behind_an_answer_that_takes_long_only_some_are_asked_ahead()
    {
        Server.Respond = request => request.Messages()[^1] == "user: 1" ? Reply.Echo().GateHeaders(Gate("1").Task) : Reply.Echo();
        using PendingCall call = Host.Begin("$script:read = 0; 1..[int]::MaxValue | ForEach-Object { $script:read++; $_ } | Invoke-GptChat -Each -ThrottleLimit 2 | Select-First; $script:read");

        // Four for each place: the first, and seven whose answers wait behind it.
        await Server.WaitForRequestsAsync(8).WaitAsync(ModuleHost.Limit);
        Gate("1").SetResult();
        Outcome outcome = (await call.EndAsync()).RequireSuccess();
        Assert.Equal("1", outcome.Output[0].ToString());
        Assert.InRange((int)outcome.Output[1].BaseObject, 8, 10);
        Assert.InRange(Server.Requests.Count, 8, 9);
    }

    [Fact]
    public void Endless_input_ends_with_those_who_read()
    {
        Server.Default = Reply.Echo();
        Invoke("$null = 1..[int]::MaxValue | Invoke-GptChat -Each | Select-First");
        Assert.InRange(Server.Requests.Count, 1, 25);
    }

    [Fact]
    public async Task The_head_of_the_line_streams_while_others_wait()
    {
        TaskCompletionSource rest = new();
        Server.Respond = request => request.Messages()[^1] == "user: 1" ? Reply.Stream(["one ", "more"]).Gate(Offset.Events(2), rest.Task) : Reply.Echo();
        using PendingCall call = Host.Begin("1, 2 | Invoke-GptChat -Each -Stream");
        Assert.Equal("one ", (await call.FirstOutput).ToString());
        await Server.WaitForRequestsAsync(2).WaitAsync(ModuleHost.Limit);
        await Server.Requests.Single(request => request.Messages()[^1] == "user: 2").Completed.WaitAsync(ModuleHost.Limit);
        rest.SetResult();
        Assert.Equal(["one ", "more", "", "2", ""], (await call.EndAsync()).RequireSuccess().Output.Select(chunk => chunk.ToString()));
    }

    [Fact]
    public void One_at_a_time_answers_before_the_next_is_asked_for()
    {
        Server.Default = Reply.Echo();
        Invoke("$global:log = [System.Collections.Generic.List[string]]::new(); 1..3 | ForEach-Object { $log.Add(\"in $_\"); $_ } | Invoke-GptChat -Each -ThrottleLimit 1 | ForEach-Object { $log.Add(\"out $_\") }");
        Assert.Equal(["in 1", "out 1", "in 2", "out 2", "in 3", "out 3"], Invoke("$log").Select(line => line.ToString()));
    }

    [Theory]
    [InlineData("1..9 | Invoke-GptChat -Each -ThrottleLimit 3")]
    [InlineData("1..9 | Invoke-GptChat -Each -ThrottleLimit 3 -AsCompleted -Stream")]
    public async Task A_stop_closes_all_that_is_under_way(string script)
    {
        HoldAll();
        using PendingCall call = Host.Begin(script);
        await Server.WaitForRequestsAsync(3).WaitAsync(ModuleHost.Limit);
        Outcome outcome = await call.StopAsync();
        Assert.Empty(outcome.Errors);
        await Task.WhenAll(Server.Requests.Select(request => request.Aborted)).WaitAsync(ModuleHost.Limit);
        Assert.Equal(3, Server.Requests.Count);
        Assert.Equal(0, InvokeOne("$Error.Count").BaseObject);
    }

    [Fact]
    public async Task Those_who_want_no_more_close_all_that_is_under_way()
    {
        Server.Respond = request => request.Messages()[^1] == "user: 1" ? Reply.Echo() : Reply.Echo().HangBeforeHeaders();
        Invoke("$null = 1..9 | Invoke-GptChat -Each -ThrottleLimit 3 | Select-First");
        await Task.WhenAll(Server.Requests.Where(request => request.Messages()[^1] != "user: 1").Select(request => request.Aborted)).WaitAsync(ModuleHost.Limit);
    }

    [Fact]
    public void Many_items_share_a_few_connections()
    {
        Server.Default = Reply.Echo();
        Assert.Equal(500, Invoke("1..500 | Invoke-GptChat -Each -ThrottleLimit 8").Select(reply => reply.Member("Index")).Distinct().Count());
        Assert.InRange(Server.ConnectionCount, 1, 16);
    }
}
