using System;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Bulk;

/// <summary>Input that is larger than fits: in parts, each part named, and one answer about their answers.</summary>
public sealed partial class ChunkTests : ModuleTest
{
    // 64 lines, 10 tokens or so each.
    private const string Lines = "1..64 | ForEach-Object { \"This is the line with the number $_.\" }";

    private string[] Asked => Server.Requests.Select(request => string.Join("|", request.Messages())).ToArray();

    [Fact]
    public void Text_is_asked_about_in_parts_that_join_to_the_whole()
    {
        Invoke(Lines + " | Invoke-GptChat 'Q' -System 'S' -Chunk -ChunkSize 200 -ChunkOverlap 0 -ThrottleLimit 1");
        Match[] parts = Asked.Select(asked => Part().Match(asked)).ToArray();
        Assert.All(parts, part => Assert.True(part.Success));
        Assert.InRange(parts.Length, 3, 6);
        Assert.Equal(Enumerable.Range(1, parts.Length).Select(part => part + " of " + parts.Length), parts.Select(part => part.Groups["number"].Value));
        Assert.Equal(string.Join('\n', Enumerable.Range(1, 64).Select(i => $"This is the line with the number {i}.")), string.Concat(parts.Select(part => part.Groups["text"].Value)));
    }

    [Fact]
    public void A_reply_says_which_part_of_what_it_is_about()
    {
        string path = Folder.Write("big.log", string.Concat(Enumerable.Repeat("Something happened at some time.\n", 80)));
        Server.Default = Reply.Completion("ok");
        string[] told = Invoke("[System.IO.FileInfo]$path, 'a few words' | Invoke-GptChat 'Q' -Chunk -ChunkSize 200 | ForEach-Object { \"$($_.Index) $($_.Part)/$($_.PartCount) $($_.Source)\" }", ("path", path)).Select(line => line.ToString()).ToArray();
        Assert.Equal(["0 1/3 " + path, "0 2/3 " + path, "0 3/3 " + path, "1 1/1 a few words"], told);
        Assert.Contains(Asked, asked => asked.StartsWith("user: Q\n\nbig.log, part 2 of 3 (", StringComparison.Ordinal));
        Assert.Contains("user: Q\n\na few words", Asked);
    }

    [Fact]
    public void A_part_repeats_the_end_of_the_one_before()
    {
        Invoke(Lines + " | Invoke-GptChat 'Q' -Chunk -ChunkSize 200 -ChunkOverlap 25 -ThrottleLimit 1");
        string[] first = Part().Match(Asked[0]).Groups["text"].Value.TrimEnd().Split('\n');
        string[] second = Part().Match(Asked[1]).Groups["text"].Value.Split('\n');
        Assert.Contains(second[0], first[^3..]);
    }

    [Fact]
    public void What_fits_is_one_request_as_without_it()
    {
        Invoke("'a', 'b' | Invoke-GptChat 'Q'; 'a', 'b' | Invoke-GptChat 'Q' -Chunk");
        Assert.Equal(Server.Requests[0].Json.GetRawText(), Server.Requests[1].Json.GetRawText());
    }

    [Fact]
    public void Without_it_too_much_is_an_error_before_anything_is_sent()
    {
        Invoke("$big = ('word ' * 130000)");
        ErrorRecord error = InvokeError("$big | Invoke-GptChat 'Q'").IsKind("ContextLengthExceeded");
        Assert.Matches(@"^The prompt has 130,0\d\d tokens, 2,0\d\d too many: the context of openai/gpt-5\.1-chat holds 128,000\. -Chunk splits", error.Exception.Message);
        Assert.Contains("kept for the answer", InvokeError("('word ' * 127000) | Invoke-GptChat 'Q' -MaxCompletionTokens 2000").IsKind("ContextLengthExceeded").Exception.Message);
        Outcome outcome = Host.Run("'a', $big, 'c' | Invoke-GptChat 'Q' -Each");
        Assert.Equal(2, outcome.Output.Count);
        Assert.Single(outcome.Errors).IsKind("ContextLengthExceeded");
        Assert.Equal(2, Server.Requests.Count);
        Assert.Single(Invoke("$big | Invoke-GptChat 'Q' -Model unknown-model"));
    }

    [Fact]
    public void With_it_the_same_is_sent_in_parts_that_fit()
    {
        Assert.Equal(2, Invoke("('word ' * 130000) | Invoke-GptChat 'Q' -Chunk").Count);
        Assert.Equal(2, Invoke("('word ' * 130000) | Invoke-GptChat 'Q' -Chunk -MaxCompletionTokens 1000 -Model gpt-5.1-chat").Count);
    }

    [Fact]
    public void Answers_are_combined_into_one_that_has_them()
    {
        Server.Respond = request => request.Messages()[^1].StartsWith("user: Sum", StringComparison.Ordinal) ? Reply.Completion("all") : Reply.Completion("about " + Part().Match(request.Messages()[^1]).Groups["number"].Value);
        PSObject reply = InvokeOne(Lines + " | Invoke-GptChat 'Q' -System 'S' -Chunk -ChunkSize 200 -Combine 'Sum up' -ResponseVariable r");
        Assert.Equal("all", reply.BaseObject);
        string[] partial = Invoke("$r.PartialResponses.Content").Select(text => text.ToString()).ToArray();
        Assert.Equal(Enumerable.Range(1, partial.Length).Select(part => $"about {part} of {partial.Length}"), partial);
        Assert.Equal(partial.Length + 1, Server.Requests.Count);
        Assert.Equal("system: S|user: Sum up" + string.Concat(partial.Select((text, i) => $"\n\nPart {i + 1} of {partial.Length}:\n\n{text}")), Asked[^1]);
        Assert.Null(reply.Properties["Part"]);
    }

    [Fact]
    public void Each_item_is_split_and_combined_by_itself_in_order()
    {
        Server.Respond = request =>
        {
            string last = request.Messages()[^1];
            string item = Item().Match(last).Value;
            return last.StartsWith("user: Sum", StringComparison.Ordinal) ? Reply.Completion("sum of " + item) : Reply.Completion("item" + item);
        };
        string[] told = Invoke("$items = 1..9 | ForEach-Object { \"item$_ \" * 150 }; $items | Invoke-GptChat 'Q' -Each -Chunk -ChunkSize 200 -Combine 'Sum' -ThrottleLimit 4 | ForEach-Object { \"$_ $($_.Index) $([object]::ReferenceEquals($_.Source, $items[$_.Index])) $($_.Response.PartialResponses.Count -gt 1)\" }")
            .Select(line => line.ToString()).ToArray();
        Assert.Equal(Enumerable.Range(1, 9).Select(i => $"sum of {i} {i - 1} True True"), told);
    }

    [Fact]
    public async Task Parts_share_the_window_of_the_call()
    {
        int underWay = 0;
        int most = 0;
        SemaphoreSlim go = new(0);
        TaskCompletionSource isFull = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Respond = _ =>
        {
            int now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref most, now);

            // Counted here, not where requests are received: one may be known there before it is answered here.
            if (now == 3) isFull.TrySetResult();
            return Reply.Completion("ok").GateHeaders(PassAsync());
        };
        using PendingCall call = Host.Begin("1..4 | ForEach-Object { \"item$_ \" * 300 } | Invoke-GptChat 'Q' -Each -Chunk -ChunkSize 200 -Combine 'Sum' -ThrottleLimit 3");
        await isFull.Task.WaitAsync(ModuleHost.Limit);
        go.Release(1000);
        Assert.Equal(4, (await call.EndAsync()).RequireSuccess().Output.Count);
        Assert.Equal(3, most);

        async Task PassAsync()
        {
            await go.WaitAsync();
            Interlocked.Decrement(ref underWay);
        }
    }

    [Fact]
    public void Too_many_answers_are_combined_in_levels()
    {
        Server.Respond = request => Reply.Completion(request.Messages()[^1].StartsWith("user: Sum", StringComparison.Ordinal) ? "level" : string.Concat(Enumerable.Repeat("answer ", 60)));
        PSObject reply = InvokeOne("('word ' * 3000) | Invoke-GptChat 'Q' -Chunk -ChunkSize 300 -Combine 'Sum' -Model unknown-model");
        Assert.Equal("level", reply.BaseObject);
        string[] sums = Asked.Where(asked => asked.StartsWith("user: Sum", StringComparison.Ordinal)).ToArray();
        Assert.True(sums.Length > 2, "There was one level only.");
        Assert.Equal(Server.Requests.Count - 1, Assert.IsAssignableFrom<Array>(reply.Member("Response.PartialResponses")).Length);
        Assert.Contains("Part 1 of ", sums[^1]);
    }

    [Fact]
    public void A_part_that_fails_is_an_error_of_its_own_without_Combine()
    {
        Server.Respond = request => request.Messages()[^1].Contains("part 2 of", StringComparison.OrdinalIgnoreCase) ? Reply.Error(400, "No.") : Reply.Completion("ok");
        Outcome outcome = Host.Run(Lines + " | Invoke-GptChat 'Q' -Chunk -ChunkSize 200");
        Assert.Null(outcome.Failure);
        Assert.Equal([1, 3, 4], outcome.Output.Select(reply => (int)reply.Member("Part")!).Take(3));
        Assert.Single(outcome.Errors).IsKind("BadRequest");
    }

    [Fact]
    public void No_combined_answer_comes_of_half_of_the_parts()
    {
        Server.Respond = request => request.Messages()[^1].Contains("part 2 of", StringComparison.OrdinalIgnoreCase) ? Reply.Error(400, "No.") : Reply.Completion("ok");
        InvokeError(Lines + " | Invoke-GptChat 'Q' -Chunk -ChunkSize 50 -Combine 'Sum' -ThrottleLimit 1").IsKind("BadRequest");
        Assert.Equal(2, Server.Requests.Count);
        Outcome outcome = Host.Run("'short', ((" + Lines + ") -join \"`n\"), 'short too' | Invoke-GptChat 'Q' -Each -Chunk -ChunkSize 200 -Combine 'Sum'");
        Assert.Null(outcome.Failure);
        Assert.Equal([0, 2], outcome.Output.Select(reply => (int)reply.Member("Index")!));
        Assert.Single(outcome.Errors).IsKind("BadRequest");
        Assert.DoesNotContain(Asked, asked => asked.StartsWith("user: Sum\n\nPart", StringComparison.Ordinal));
    }

    [Fact]
    public void A_journal_keeps_the_parts_that_were_answered()
    {
        string path = Folder.At("j.jsonl");
        bool isBroken = true;
        Server.Respond = request => isBroken && request.Messages()[^1].Contains("part 3 of", StringComparison.OrdinalIgnoreCase) ? Reply.Error(400, "No.") : Reply.Completion("ok");
        string script = Lines + " | Invoke-GptChat 'Q' -Chunk -ChunkSize 200 -Combine 'Sum' -ThrottleLimit 1 -Journal $path";
        InvokeError(script, ("path", path)).IsKind("BadRequest");
        isBroken = false;
        int before = Server.Requests.Count;
        PSObject reply = InvokeOne(script);
        int parts = ((Array)reply.Member("Response.PartialResponses")!).Length;
        Assert.Equal(3, before);
        Assert.Equal(before + parts - 2 + 1, Server.Requests.Count);
    }

    [Fact]
    public void A_recording_answers_part_by_part()
    {
        string path = Folder.At("r.jsonl");
        Invoke("$null = " + Lines + " | Invoke-GptChat 'Q' -Chunk -ChunkSize 200 -Combine 'Sum' -Record $path", ("path", path));
        int sent = Server.Requests.Count;
        Assert.Single(Invoke(Lines + " | Invoke-GptChat 'Q' -Chunk -ChunkSize 200 -Combine 'Sum' -Replay $path", ("path", path)));
        Assert.Equal(sent, Server.Requests.Count);
    }

    [Fact]
    public void A_combined_answer_streams_and_the_others_do_not()
    {
        Server.Respond = request => request.Messages()[^1].StartsWith("user: Sum", StringComparison.Ordinal) ? Reply.Stream(["one ", "two"]) : Reply.AsAsked("part");
        Assert.Equal(["one ", "two", ""], Invoke(Lines + " | Invoke-GptChat 'Q' -Chunk -ChunkSize 200 -Combine 'Sum' -Stream").Select(chunk => chunk.ToString()));
        Assert.Equal("one two\n", string.Concat(Run(Lines + " | Invoke-GptChat 'Q' -Chunk -ChunkSize 200 -Combine 'Sum' -Live").Information.Select(record => record.ToString() is { Length: > 0 } text ? text : "\n")));
    }

    [Fact]
    public void Pieces_of_a_stream_say_which_part_they_are_about()
    {
        Server.Default = Reply.Stream(["one ", "two"]);
        string[] pieces = Invoke(Lines + " | Invoke-GptChat 'Q' -Chunk -ChunkSize 300 -Stream | ForEach-Object { \"$($_.Part)/$($_.PartCount):$_\" }").Select(piece => piece.ToString()).ToArray();
        Assert.Equal(["1/3:one ", "1/3:two", "1/3:", "2/3:one "], pieces.Take(4));
    }

    [Theory]
    [InlineData("| Invoke-GptChat 'Q' -Chunk -ChunkSize 200 -Combine 'Sum' -AsJob")]
    [InlineData("| Invoke-GptChat 'Q' -Each -BatchSize 64 -Chunk -ChunkSize 200 -Combine 'Sum' -AsJob")]
    public void It_works_in_a_job(string call)
    {
        Server.Respond = request => Reply.Completion(request.Messages()[^1].StartsWith("user: Sum", StringComparison.Ordinal) ? "all" : "part");
        Assert.Equal("all", InvokeOne(Lines + call + " | Receive-Job -Wait").BaseObject);
        Assert.True(Server.Requests.Count > 3);
    }

    [Theory]
    [InlineData("-Chunk -ChunkSize 200")]
    [InlineData("-Chunk -ChunkSize 200 -Combine 'Sum'")]
    [InlineData("-Each -BatchSize 64 -Chunk -ChunkSize 200 -Combine 'Sum'")]
    public void What_if_shows_the_parts_and_sends_none(string call)
    {
        Assert.InRange(Run(Lines + " | Invoke-GptChat 'Q' -WhatIf " + call).Information.Count(record => record.Tags.Contains("GptChatRequest")), 3, 6);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("-Chunk -ChunkSize 200")]
    [InlineData("-Chunk -ChunkSize 200 -Combine 'Sum'")]
    [InlineData("-Each -BatchSize 64 -Chunk -ChunkSize 200 -Combine 'Sum'")]
    public async Task A_stop_closes_all_parts_that_are_under_way(string call)
    {
        Server.Default = Reply.Echo().HangBeforeHeaders();
        using PendingCall pending = Host.Begin(Lines + " | Invoke-GptChat 'Q' -ThrottleLimit 2 " + call);
        await Server.WaitForRequestsAsync(2).WaitAsync(ModuleHost.Limit);
        Assert.Empty((await pending.StopAsync()).Errors);
        await Task.WhenAll(Server.Requests.Select(request => request.Aborted)).WaitAsync(ModuleHost.Limit);
        Assert.Equal(2, Server.Requests.Count);
        Assert.Empty(Stops.UnobservedFailures.Collect());
    }

    [Theory]
    [InlineData("New-GptMessage 'x' | Invoke-GptChat 'Q' -Chunk", "InvalidInput", "messages")]
    [InlineData("New-GptConversation c | Invoke-GptChat 'Q' -Chunk", "InvalidInput", "messages")]
    [InlineData("1 | Invoke-GptChat { $_ } -Each -Chunk", "InvalidParameter", "script block")]
    [InlineData("'x' | Invoke-GptChat 'Q' -Chunk -Model llama3", "InvalidParameter", "-ChunkSize")]
    [InlineData("'x' | Invoke-GptChat 'Q' -Chunk -ChunkSize 100 -ChunkOverlap 51", "InvalidParameter", "half")]
    [InlineData("'x' | Invoke-GptChat 'Q' -Chunk -Combine ' '", "InvalidParameter", "-Combine is empty")]
    [InlineData("Invoke-GptChat 'Q' -Chunk", "NoInput", "splits the input")]
    [InlineData("'' | Invoke-GptChat 'Q' -Chunk", "InvalidInput", "no text to split")]
    [InlineData("[System.IO.FileInfo]'/nowhere.log' | Invoke-GptChat 'Q' -Chunk -Combine 'Sum'", "FileNotReadable", "nowhere")]
    public void What_cannot_be_split_is_told_before_anything_is_sent(string script, string kind, string said)
    {
        Assert.Contains(said, InvokeError(script).IsKind(kind).Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_budget_holds_for_the_parts_and_for_the_combined_answer(int throttle)
    {
        Server.Default = Reply.Completion("ok");
        Assert.Single(Invoke("$null = Clear-GptUsage; " + Lines + " | Invoke-GptChat 'Q' -Chunk -ChunkSize 200 -Combine 'Sum' -MaxCompletionTokens 10 -MaxTotalTokens 1200 -ThrottleLimit " + throttle));
        int sent = Server.Requests.Count;
        InvokeError(Lines + " | Invoke-GptChat 'Q' -Chunk -ChunkSize 200 -Combine 'Sum' -MaxCompletionTokens 100 -MaxTotalTokens 330 -ThrottleLimit " + throttle).IsKind("BudgetExceeded");
        Assert.InRange(Server.Requests.Count, sent + 1, sent + 3);
        Assert.Equal(Server.Requests.Count, InvokeOne("[int](Get-GptUsage).Requests").BaseObject);
    }

    [Fact]
    public void What_redaction_takes_out_is_taken_out_before_the_text_is_split()
    {
        // A key of some hundred tokens, which no part of a hundred can hold.
        string key = "-----BEGIN RSA PRIVATE KEY-----\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"MIIEowIBAAKCAQEAu{i:00}xYzK3vQ9mT7pL2nW8rJ5sD1fG6hB4cV0eXaZqUoPiYt\n")) + "-----END RSA PRIVATE KEY-----\n";
        Server.Respond = request => Reply.Completion(request.Messages()[^1].StartsWith("user: Sum", StringComparison.Ordinal) ? "It is [SECRET:PRIVATE-KEY:1]" : "answer");
        string text = string.Concat(Enumerable.Repeat("Some line of the file.\n", 20)) + key + string.Concat(Enumerable.Repeat("Some line of the file.\n", 20));
        PSObject reply = InvokeOne("$text | Invoke-GptChat 'Q' -Redact -Restore -Chunk -ChunkSize 100 -Combine 'Sum'", ("text", text));
        Assert.True(Server.Requests.Count > 2);
        Assert.DoesNotContain(Asked, asked => asked.Contains("MIIEowIBAAKCAQEAu", StringComparison.Ordinal));
        string placeholder = Regex.Match(string.Concat(Asked), @"\[SECRET:[A-Z-]+:\d+\]").Value;
        Assert.NotEmpty(placeholder);
        Assert.Equal(placeholder == "[SECRET:PRIVATE-KEY:1]", reply.ToString().Contains("MIIEowIBAAKCAQEAu00", StringComparison.Ordinal));
        Invoke("$null = $text | Invoke-GptChat 'Q' -Redact -Chunk -ChunkSize 100", ("text", text));
        Assert.DoesNotContain(Asked, asked => asked.Contains("MIIEowIBAAKCAQEAu", StringComparison.Ordinal));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }

    [GeneratedRegex(@"user: Q\n\nPart (?<number>\d+ of \d+):\n\n(?<text>[\s\S]*)$")]
    private static partial Regex Part();

    [GeneratedRegex(@"(?<=item)\d+")]
    private static partial Regex Item();
}
