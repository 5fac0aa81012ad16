using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Connections;
using GptChat.Recording;
using GptChat.TestServer;
using GptChat.Transport;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Recording;

/// <summary>What was answered whole is not asked again; what was not, is.</summary>
public sealed class CacheTests : ServerTest, IDisposable
{
    private static readonly FileRole Role = FileRole.Cache("-Cache");

    private readonly TempDirectory _directory = new();

    private string Path => _directory.File("c.jsonl");

    public void Dispose() => _directory.Dispose();

    /// <summary>A program of its own.</summary>
    private CacheTransport Cache(TimeSpan? expiry = null) => new(HttpTransport.Instance, new ExchangeFile(Path), Role, expiry);

    private static async Task<GptResponse> AskAsync(IChatTransport cache, ChatCall call) => (await Outcome.OfAsync(Calls.Send(cache, call)).WaitAsync(Limit)).Response;

    private Task<GptResponse> AskAsync(string prompt = "a", bool stream = false, TimeSpan? expiry = null) => AskAsync(Cache(expiry), Calls.Ask(Connection, stream, prompt));

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task The_second_time_nothing_is_sent_and_the_answer_is_the_same(bool first, bool second)
    {
        Server.Default = Reply.AsAsked("Grüße 😀 “all”").WithHeader("x-request-id", "req-1").WithHeader("x-ratelimit-remaining-requests", "5");
        Outcome asked = await Outcome.OfAsync(Calls.Send(Cache(), Calls.Ask(Connection, first))).WaitAsync(Limit);
        Outcome cached = await Outcome.OfAsync(Calls.Send(Cache(), Calls.Ask(Connection, second))).WaitAsync(Limit);
        Assert.Single(Server.Requests);
        Assert.Equal(asked.Response.Content, cached.Response.Content);
        Assert.Equal(asked.Response.Usage?.TotalTokens, cached.Response.Usage?.TotalTokens);
        Assert.Equal(asked.Chunks.Select(chunk => chunk.Text), cached.Chunks.Select(chunk => chunk.Text));
        Assert.Equal((false, true), (asked.Response.FromCache, cached.Response.FromCache));
        Assert.Equal((1, 0), (asked.Response.Attempts, cached.Response.Attempts));
        Assert.Equal("req-1", cached.Response.RequestId);
        Assert.Null(cached.Response.RateLimit);
        Assert.Null(cached.Response.Transfer!.FirstByte);
    }

    public static TheoryData<string> Changes => ["model", "temperature", "user", "metadata", "uri", "query", "organization", "gateway option", "header", "header name", "call header"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Whatever_may_change_the_answer_is_part_of_the_key(string change)
    {
        GptConnection Connect(string uri = "http://127.0.0.1:9/v1", string? organization = null, GptGatewayOption? option = null, HeldHeader? header = null) => ConnectionFactory.Create(new ConnectionParts
        {
            Provider = option is null ? GptProvider.OpenAI : GptProvider.Cloudflare,
            BaseUri = uri,
            Key = SecureText.From(Calls.Key),
            Organization = organization,
            GatewayOption = option,
            Headers = header is null ? [] : [header],
        });
        ChatCall plain = Calls.Ask(Connect());
        ChatCall changed = change switch
        {
            "model" => Calls.Ask(Connect(), change: parameters => parameters.Model = "other"),
            "temperature" => Calls.Ask(Connect(), change: parameters => parameters.Temperature = 0.5),
            "user" => Calls.Ask(Connect(), change: parameters => parameters.User = "me"),
            "metadata" => Calls.Ask(Connect(), change: parameters => parameters.Metadata = new Dictionary<string, string> { ["a"] = "b" }),
            "uri" => Calls.Ask(Connect("http://127.0.0.1:10/v1")),
            "query" => Calls.Ask(Connect("http://127.0.0.1:9/v1?v=1")),
            "organization" => Calls.Ask(Connect(organization: "org-1")),
            "gateway option" => Calls.Ask(Connect(option: new GptGatewayOption { ByokAlias = "b" })),
            "header" => Calls.Ask(Connect(header: new HeldHeader("X-Team", SecureText.From("b")!, IsSecret: false))),
            "header name" => Calls.Ask(Connect(header: new HeldHeader("X-Secret", SecureText.From("b")!))),
            _ => plain with { Headers = [new HeldHeader("X-Team", SecureText.From("b")!, IsSecret: false)] },
        };
        Assert.NotEqual(CacheKey.Of(plain), CacheKey.Of(changed));
        Assert.Equal(CacheKey.Of(plain), CacheKey.Of(Calls.Ask(Connect(), stream: false)));
    }

    [Fact]
    public void A_new_key_or_name_is_the_same_connection()
    {
        string Key(string key, string name) => CacheKey.Of(Calls.Ask(ConnectionFactory.Create(new ConnectionParts
        {
            Provider = GptProvider.OpenAI, Key = SecureText.From(key), Name = name, Headers = [new HeldHeader("X-Secret", SecureText.From(key)!)],
        })));
        Assert.Equal(Key("first-key-of-mine", "a"), Key("other-key-of-mine", "b"));
    }

    [Fact]
    public async Task Two_prompts_that_differ_in_a_key_alone_are_two()
    {
        Server.Default = Reply.Echo();
        foreach (char letter in "ab") Assert.DoesNotContain("***", (await AskAsync("Is sk-proj-0123456789abcdef012345678" + letter + " valid?")).Content, StringComparison.Ordinal);
        Assert.Equal(2, Server.Requests.Count);
        Assert.DoesNotContain("0123456789abcdef", await File.ReadAllTextAsync(Path), StringComparison.Ordinal);
    }

    [Fact(Skip = OnlyOnNet.Modes)]
    public async Task Neither_key_nor_account_is_in_the_file()
    {
        Server.Default = Reply.Completion("Your key is " + Calls.Key);
        await AskAsync("My key is " + Calls.Key);
        string file = await File.ReadAllTextAsync(Path);
        Assert.Contains("\"cache\":\"", file, StringComparison.Ordinal);
        Assert.DoesNotContain(Calls.Key, file, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    public static TheoryData<string> Unkept => ["length", "content_filter", "error", "refusal", "empty", "status", "truncated", "one of two"];

    [Theory]
    [MemberData(nameof(Unkept))]
    public async Task What_is_no_whole_answer_is_asked_again(string what)
    {
        const string Text = """{"role":"assistant","content":"half"}""";
        Reply reply = what switch
        {
            "refusal" => Reply.Json(InMemory.Plain("""{"role":"assistant","content":null,"refusal":"No."}""")),
            "empty" => Reply.Json(InMemory.Plain("""{"role":"assistant","content":""}""")),
            "status" => Reply.Error(400, "No."),
            "truncated" => Reply.Completion("a b c").TruncateAfter(50),
            "one of two" => Reply.Json("""{"model":"m","choices":[{"index":0,"message":{"content":"a"},"finish_reason":"stop"},{"index":1,"message":{"content":"b"},"finish_reason":"length"}]}"""),
            _ => Reply.Json(InMemory.Plain(Text, what)),
        };
        Server.Enqueue(reply);
        await Outcome.OfAsync(Calls.Send(Cache(), Calls.Ask(Connection, stream: false))).WaitAsync(Limit);
        Server.Default = Reply.Echo();
        Assert.False((await AskAsync("Say something.")).FromCache);
        Assert.True((await AskAsync("Say something.")).FromCache);
    }

    [Theory]
    [InlineData("tool_calls")]
    [InlineData("stop")]
    [InlineData(null)]
    public async Task Whole_answers_are_kept(string? reason)
    {
        Server.Enqueue(Reply.Json(InMemory.Plain("""{"role":"assistant","content":"x","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}""", reason)));
        await AskAsync();
        GptResponse cached = await AskAsync();
        Assert.Equal(("f", true), (cached.ToolCalls[0].Name, cached.FromCache));
    }

    [Fact]
    public async Task A_stream_that_was_left_before_its_end_is_not_kept()
    {
        Server.Enqueue(Reply.Stream(["a", "b"]).HangAfter(Offset.Events(2)));
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (GptChunk _ in Calls.Send(Cache(), Calls.Ask(Connection, prompt: "a"), stop.Token)) await stop.CancelAsync();
        }).WaitAsync(Limit);
        Assert.Equal(0, new FileInfo(Path).Length);
    }

    [Fact]
    public async Task Of_equal_requests_at_once_one_is_sent()
    {
        Server.Respond = _ => Reply.Echo();
        CacheTransport cache = Cache();
        GptResponse[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AskAsync(cache, Calls.Ask(Connection, i % 2 == 0, "same"))));
        Assert.Single(Server.Requests);
        Assert.Equal(19, answers.Count(answer => answer.FromCache));
        Assert.All(answers, answer => Assert.Equal("same", answer.Content));
    }

    [Fact]
    public async Task Where_the_first_of_equal_requests_fails_the_next_one_is_sent()
    {
        Server.Enqueue(Reply.Error(400, "No."));
        Server.Default = Reply.Echo();
        CacheTransport cache = Cache();
        Outcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Outcome.OfAsync(Calls.Send(cache, Calls.Ask(Connection, prompt: "same"))))).WaitAsync(Limit);
        Assert.Single(outcomes, outcome => outcome.Failure is not null);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_an_equal_request()
    {
        Server.Default = Reply.Echo().HangBeforeHeaders();
        CacheTransport cache = Cache();
        using CancellationTokenSource all = new();
        using CancellationTokenSource one = new();
        Task first = Outcome.OfAsync(Calls.Send(cache, Calls.Ask(Connection), all.Token));
        await Server.WaitForRequestsAsync(1).WaitAsync(Limit);
        Task second = Outcome.OfAsync(Calls.Send(cache, Calls.Ask(Connection), one.Token));
        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Limit));
        Assert.False(first.IsCompleted);
        await all.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Limit));
    }

    [Fact]
    public async Task An_answer_that_has_expired_is_asked_for_again_and_the_new_one_counts()
    {
        string key = CacheKey.Of(Calls.Ask(Connection, prompt: "a"));
        string Old(TimeSpan age, string answer) => ExchangeLines.Line("a", answer, key, (DateTimeOffset.UtcNow - age).ToString("yyyy-MM-ddTHH:mm:ssZ", null));
        await File.WriteAllLinesAsync(Path, [Old(TimeSpan.FromHours(3), "old")]);
        Server.Default = Reply.Completion("new");
        Assert.Equal("old", (await AskAsync()).Content);
        Assert.Equal("old", (await AskAsync(expiry: TimeSpan.FromHours(4))).Content);
        Assert.Equal("new", (await AskAsync(expiry: TimeSpan.FromHours(2))).Content);
        Assert.Equal("new", (await AskAsync()).Content);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task What_another_program_has_kept_meanwhile_is_found()
    {
        Server.Default = Reply.Echo();
        CacheTransport first = Cache();
        CacheTransport second = Cache();
        foreach (string prompt in new[] { "a", "b", "c" })
        {
            Assert.False((await AskAsync(first, Calls.Ask(Connection, prompt: prompt))).FromCache);
            Assert.True((await AskAsync(second, Calls.Ask(Connection, prompt: prompt))).FromCache);
        }
    }

    [Fact]
    public async Task Cut_at_any_byte_it_has_all_whole_answers_and_goes_on()
    {
        Server.Default = Reply.Echo();
        await AskAsync("a");
        byte[] first = await File.ReadAllBytesAsync(Path);
        await AskAsync("b");
        byte[] both = await File.ReadAllBytesAsync(Path);
        for (int length = 1; length < both.Length; length += 13)
        {
            await File.WriteAllBytesAsync(Path, both[..length]);
            Server.Clear();
            Server.Default = Reply.Echo();
            Assert.Equal(length >= first.Length - 1, (await AskAsync("a")).FromCache);
            Assert.Equal("b", (await AskAsync("b")).Content);
            Assert.True((await AskAsync("b")).FromCache);
        }
    }

    [Fact]
    public async Task A_cache_is_a_recording_and_a_recording_no_cache()
    {
        Server.Default = Reply.Echo();
        await AskAsync("a");
        Assert.Equal("a", (await AskAsync(ReplayTransport.Load(Path), Calls.Ask(Connection, prompt: "a"))).Content);
        string recording = _directory.File("r.jsonl");
        await File.WriteAllLinesAsync(recording, [ExchangeLines.Line("a", "recorded")]);
        Assert.False((await AskAsync(new CacheTransport(HttpTransport.Instance, new ExchangeFile(recording), Role, null), Calls.Ask(Connection, prompt: "a"))).FromCache);
    }

    [Fact]
    public async Task A_cache_that_may_only_be_read_answers_what_it_holds()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess) return;
        Server.Default = Reply.Echo();
        await AskAsync("a");
        File.SetUnixFileMode(Path, UnixFileMode.UserRead);
        Assert.True((await AskAsync("a")).FromCache);
        GptChatException failure = (await Outcome.OfAsync(Calls.Send(Cache(), Calls.Ask(Connection, prompt: "b")))).FailedAs(GptErrorKind.CacheNotUsable);
        Assert.Contains("-Cache", failure.Message, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }
}
