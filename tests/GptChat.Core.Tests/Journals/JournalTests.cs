using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using GptChat.Journals;
using GptChat.Transport;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Journals;

/// <summary>The file that a bulk call keeps its answers in.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Path => _directory.File("journal.jsonl");

    public void Dispose() => _directory.Dispose();

    private static GptResponse Response(string body) => JsonSerializer.Deserialize(body, WireJson.Default.GptResponse)!;

    private static GptResponse Said(string text) => Response(InMemory.Plain("{\"role\":\"assistant\",\"content\":" + JsonSerializer.Serialize(text) + "}"));

    private async Task WriteAsync(params (string Key, GptResponse Response)[] answers)
    {
        using Journal journal = Journal.Open(Path);
        ChatCall call = Calls.Ask(Calls.Connection());
        foreach ((string key, GptResponse response) in answers)
        {
            await foreach (GptChunk chunk in journal.KeepAsync(Journal.AnswerAsync(response), key, call, default)) Assert.Null(chunk.LateFailure);
        }
    }

    [Fact]
    public async Task An_answer_comes_back_with_every_member()
    {
        GptResponse whole = Response(Fixture.Text(Fixture.Everything));
        await WriteAsync(("k", whole));
        using Journal journal = Journal.Open(Path);
        GptResponse back = Assert.IsType<GptResponse>(journal.Take("k"));
        Assert.Equal(Projection.Of(whole), Projection.Of(back));
        Assert.True(back.FromJournal);
        Assert.Equal(0, back.Attempts);
    }

    [Theory]
    [InlineData("Grüße — 東京 😀\r\n\u2028\0")]
    [InlineData("\ud83d half")]
    [InlineData("")]
    public async Task Any_text_comes_back(string text)
    {
        await WriteAsync(("k", Said(text)));
        using Journal journal = Journal.Open(Path);

        // Half a character is none in a file.
        Assert.Equal(text.Replace("\ud83d ", "\uFFFD ", StringComparison.Ordinal), journal.Take("k")!.Content);
        Assert.Equal(2, File.ReadAllText(Path).Split('\n').Length);
    }

    [Fact]
    public async Task Each_answer_is_given_once_since_items_may_be_equal()
    {
        await WriteAsync(("k", Said("one")), ("k", Said("two")), ("other", Said("three")));
        using Journal journal = Journal.Open(Path);
        Assert.Equal(["one", "two", null], new[] { journal.Take("k"), journal.Take("k"), journal.Take("k") }.Select(response => response?.Content));
        Assert.Null(journal.Take("unknown"));
    }

    [Fact]
    public async Task Cut_at_any_byte_it_has_all_whole_answers_and_goes_on()
    {
        await WriteAsync(("a", Said("one")), ("b", Said("two — ü")));
        byte[] whole = File.ReadAllBytes(Path);
        int firstLine = Array.IndexOf(whole, (byte)'\n') + 1;
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            using (Journal journal = Journal.Open(Path))
            {
                // The line feed is the last byte of a line; without it the line is whole all the same.
                Assert.Equal(length >= firstLine - 1 ? "one" : null, journal.Take("a")?.Content);
                Assert.Equal(length >= whole.Length - 1 ? "two — ü" : null, journal.Take("b")?.Content);
            }

            await WriteAsync(("c", Said("three")));
            using Journal again = Journal.Open(Path);
            Assert.Equal("three", again.Take("c")!.Content);
        }
    }

    [Theory]
    [InlineData("name,age\n1,2\n")]
    [InlineData("host")]
    [InlineData("{\"gptchat\":1,\"request\":{}}\n")]
    [InlineData("{\"gptchat_journal\":2,\"key\":\"k\"}\n")]
    [InlineData("[1]\n")]
    public void A_file_of_something_else_is_refused_and_left_alone(string content)
    {
        File.WriteAllText(Path, content);
        GptChatException failure = Assert.Throws<GptChatException>(() => Journal.Open(Path));
        Assert.Equal(GptErrorKind.JournalNotUsable, failure.Kind);
        Assert.Contains("holds something else", failure.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Path));
    }

    [Fact]
    public void A_second_writer_is_told_so()
    {
        using Journal first = Journal.Open(Path);
        GptChatException failure = Assert.Throws<GptChatException>(() => Journal.Open(Path));
        Assert.Equal(GptErrorKind.JournalNotUsable, failure.Kind);
        Assert.Contains("another run", failure.Message, StringComparison.Ordinal);
        first.Dispose();
        Journal.Open(Path).Dispose();
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_told() =>
        Assert.Equal(GptErrorKind.JournalNotUsable, Assert.Throws<GptChatException>(() => Journal.Open(_directory.File("nowhere/journal.jsonl"))).Kind);

    [Fact(Skip = OnlyOnNet.Modes)]
    public async Task It_is_its_owners_alone_and_holds_no_key()
    {
        await WriteAsync(("k", Said("Your key is " + Calls.Key + ", isn't it?")));
        Assert.DoesNotContain(Calls.Key, File.ReadAllText(Path), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void A_request_is_known_by_where_it_goes_and_what_it_says()
    {
        string Key(string prompt = "p", string uri = "http://127.0.0.1:9/v1", bool stream = false, Action<ChatParameters>? change = null) =>
            Journal.KeyOf(Calls.Ask(Calls.Connection(uri), stream, prompt, change: change));

        string known = Key();
        Assert.Equal(known, Key(stream: true));
        var others = new List<string> { Key(prompt: "q"), Key(uri: "http://127.0.0.1:8/v1"), Key(change: p => p.Model = "other"), Key(change: p => p.Temperature = 1) };
        Assert.DoesNotContain(known, others);
        Assert.Equal(others.Count, others.Distinct().Count());
    }
}
