using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Recording;
using GptChat.Transport;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Recording;

/// <summary>When two requests ask the same, and what is said when none does.</summary>
public sealed class RequestMatchTests : IDisposable
{
    private const string Base = """{"model":"m","temperature":0.5,"max_completion_tokens":10,"messages":[{"role":"user","content":"a"}]}""";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private static string[] Differences(string recorded, string sent) =>
        [.. CanonicalRequest.From(System.Text.Json.JsonElement.Parse(recorded)).DifferencesFrom(CanonicalRequest.From(System.Text.Json.JsonElement.Parse(sent)))];

    [Theory]
    [InlineData("""{"messages":[{"content":"a","role":"user"}],"max_completion_tokens":10,"temperature":0.5,"model":"m"}""")]
    [InlineData("""{"model":"m","temperature":5e-1,"max_completion_tokens":1e1,"messages":[{"role":"user","content":"a"}]}""")]
    [InlineData("""{"model":"m","temperature":0.50,"max_completion_tokens":10.0,"messages":[{"role":"user","content":"\u0061"}]}""")]
    [InlineData("""{"model":"m","temperature":0.5,"max_tokens":10,"messages":[{"role":"user","content":"a"}],"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"temperature":0.5,"max_completion_tokens":10,"messages":[{"role":"user","content":"a"}]}""")]
    public void Requests_that_ask_the_same_match(string sent) => Assert.Empty(Differences(Base, sent));

    [Theory]
    [InlineData("""{"model":"n","temperature":0.5,"max_completion_tokens":10,"messages":[{"role":"user","content":"a"}]}""", "model")]
    [InlineData("""{"model":"m","temperature":0.6,"max_completion_tokens":10,"messages":[{"role":"user","content":"a"}]}""", "temperature")]
    [InlineData("""{"model":"m","temperature":"0.5","max_completion_tokens":10,"messages":[{"role":"user","content":"a"}]}""", "temperature")]
    [InlineData("""{"model":"m","max_completion_tokens":10,"messages":[{"role":"user","content":"a"}]}""", "temperature: recorded 0.5, sent nothing")]
    [InlineData("""{"model":"m","temperature":0.5,"max_completion_tokens":10,"messages":[{"role":"user","content":"A"}]}""", "messages[0].content: recorded \"a\", sent \"A\"")]
    [InlineData("""{"model":"m","temperature":0.5,"max_completion_tokens":10,"messages":[{"role":"user","content":"a","name":"x"}]}""", "messages[0].name")]
    [InlineData("""{"model":"m","temperature":0.5,"max_completion_tokens":10,"messages":[{"role":"user","content":"a"}],"tools":[]}""", "tools: recorded nothing, sent []")]
    public void A_difference_is_named_by_its_place(string sent, string named) => Assert.StartsWith(named, Assert.Single(Differences(Base, sent)), StringComparison.Ordinal);

    [Fact]
    public void The_order_of_messages_matters() => Assert.Equal(
        2, Differences("""{"messages":[{"content":"a"},{"content":"b"}]}""", """{"messages":[{"content":"b"},{"content":"a"}]}""").Length);

    [Fact]
    public async Task A_miss_names_the_nearest_line_and_its_differences()
    {
        string path = _directory.File("r.jsonl");
        string Line(string body) => "{\"gptchat\":1,\"request\":{\"body\":" + body + "},\"response\":{\"body\":{}}}";
        await File.WriteAllLinesAsync(path, [
            Line("""{"messages":[{"role":"user","content":"b","name":"n"}],"temperature":1}"""),
            Line("""{"messages":[{"role":"user","content":"KEY and more"}]}""".Replace("KEY", "***", StringComparison.Ordinal))]);
        ReplayTransport replay = ReplayTransport.Load(path);
        ChatCall call = Calls.Ask(Calls.Connection(), prompt: Calls.Key + " and less", change: parameters => parameters.Model = null);
        GptChatException failure = await Assert.ThrowsAsync<GptChatException>(() => replay.SendAsync(call, CancellationToken.None));
        Assert.Equal(GptErrorKind.ReplayMiss, failure.Kind);
        Assert.Contains("line 2: messages[0].content: recorded \"*** and more\", sent \"*** and less\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent", failure.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(Calls.Key, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_differences_are_counted()
    {
        string path = _directory.File("r.jsonl");
        await File.WriteAllTextAsync(path, """{"gptchat":1,"request":{"body":{"a":1,"b":2,"c":3,"d":4,"messages":[]}},"response":{"body":{}}}""");
        ChatCall call = new(Calls.Connection(), new ChatParameters(), RequestBody.Create(new ChatParameters(), []), Calls.Patient);
        GptChatException failure = await Assert.ThrowsAsync<GptChatException>(() => ReplayTransport.Load(path).SendAsync(call, CancellationToken.None));
        Assert.Contains("a: recorded 1, sent nothing; b: recorded 2, sent nothing; c: recorded 3, sent nothing; and 1 more differences", failure.Message, StringComparison.Ordinal);
    }
}
