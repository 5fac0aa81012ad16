using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Recording;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Recording;

/// <summary>What counts as a difference, and how one is shown.</summary>
public sealed class RequestDifferenceTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private static CanonicalRequest Request(string json) => CanonicalRequest.From(JsonElement.Parse(json));

    private static string Body(string prompt) => "{\"messages\":[{\"role\":\"user\",\"content\":" + JsonSerializer.Serialize(prompt) + "}]}";

    private static string Difference(string recorded, string sent) => Assert.Single(Request(recorded).DifferencesFrom(Request(sent)));

    private static string[] Keys(params string[] bodies) => [.. bodies.Select(body => Request(body).Key).Distinct()];

    [Fact]
    public void Of_long_texts_the_place_is_shown_where_they_part()
    {
        string log = string.Concat(Enumerable.Repeat("all is well, ", 500));
        Assert.Equal(
            "messages[0].content, from character 6506 on: recorded …\"well, all is well, disk OK, and all is well, all is well, al\"…, sent …\"well, all is well, disk FULL, and all is well, all is well, \"…",
            Difference(Body(log + "disk OK, and " + log), Body(log + "disk FULL, and " + log)));
    }

    [Fact]
    public void The_place_is_counted_from_one_and_an_end_is_told()
    {
        string shown = Difference(Body(new string('a', 100)), Body(new string('a', 100) + " and more"));
        Assert.Contains("from character 101 on", shown, StringComparison.Ordinal);
        Assert.Contains("recorded …\"" + new string('a', 24) + "\" (its end)", shown, StringComparison.Ordinal);
        Assert.EndsWith("sent …\"" + new string('a', 24) + " and more\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void No_character_is_taken_apart()
    {
        string shown = Difference(Body(string.Concat(Enumerable.Repeat("😀", 100)) + "😀"), Body(string.Concat(Enumerable.Repeat("😀", 100)) + "😁"));
        Assert.DoesNotContain('\uFFFD', shown);
        Assert.Equal(shown, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(shown)));
    }

    [Fact]
    public void Images_and_files_are_told_by_kind_size_and_hash()
    {
        string Image(byte fill) => "{\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + Convert.ToBase64String(Enumerable.Repeat(fill, 1000).ToArray()) + "\"}}]}]}";
        string shown = Difference(Image(1), Image(2));
        Assert.Matches(@"^messages\[0\]\.content\[0\]\.image_url\.url: recorded image/png of 1000 bytes \(SHA-256 \S{8}…\), sent image/png of 1000 bytes \(SHA-256 \S{8}…\)$", shown);

        string Sound(byte fill) => "{\"messages\":[{\"content\":[{\"input_audio\":{\"data\":\"" + Convert.ToBase64String(Enumerable.Repeat(fill, 900).ToArray()) + "\"}}]}]}";
        Assert.Contains("data of 900 bytes", Difference(Sound(1), Sound(2)), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_do_not_count_and_settings_do()
    {
        const string Start = "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]";
        Assert.Single(Keys(
            Start + "}",
            Start + ",\"user\":\"me\"}",
            Start + ",\"safety_identifier\":\"me\"}",
            Start + ",\"prompt_cache_key\":\"run-7\"}",
            Start + ",\"metadata\":{\"run\":\"7\"}}",
            Start + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"));
        Assert.Equal(4, Keys(Start + "}", Start + ",\"store\":true}", Start + ",\"service_tier\":\"flex\"}", Start + ",\"prompt_cache_retention\":\"24h\"}").Length);
    }

    [Fact]
    public void A_journal_and_a_cache_take_labels_for_what_they_are()
    {
        JsonElement plain = JsonElement.Parse(Body("a"));
        JsonElement labelled = JsonElement.Parse(Body("a").Replace("]}", "],\"user\":\"me\"}", StringComparison.Ordinal));
        Assert.NotEqual(CanonicalRequest.Exact(plain, null).Key, CanonicalRequest.Exact(labelled, null).Key);
        Assert.Equal(CanonicalRequest.From(plain).Key, CanonicalRequest.From(labelled).Key);
    }

    [Theory]
    [InlineData("{\"a.b\":1}", "{\"a\":{\"b\":1}}")]
    [InlineData("{\"a[0]\":1}", "{\"a\":[1]}")]
    [InlineData("{\"a\\nb\":1}", "{\"a\":1}")]
    [InlineData("{\"\":1}", "{\"a\":1}")]
    public void Names_with_marks_of_their_own_are_not_taken_for_places(string one, string other) => Assert.Equal(2, Keys(one, other).Length);

    [Fact]
    public async Task The_nearest_is_the_one_whose_text_has_most_in_common()
    {
        string path = _directory.File("r.jsonl");
        string[] prompts = ["Nothing alike", "Summarise the log of Monday: " + new string('x', 300), "Summarise the log of Tuesday: " + new string('x', 300)];
        await File.WriteAllLinesAsync(path, prompts.Select(prompt => "{\"gptchat\":1,\"request\":{\"body\":" + Body(prompt) + "},\"response\":{\"body\":{}}}"));
        ChatCall call = Calls.Ask(Calls.Connection(), prompt: "Summarise the log of Tuesday: " + new string('x', 300) + "y", change: parameters => parameters.Model = null);
        GptChatException failure = await Assert.ThrowsAsync<GptChatException>(() => ReplayTransport.Load(path).SendAsync(call, CancellationToken.None));
        Assert.Contains("The nearest is in line 3: messages[0].content, from character 331 on", failure.Message, StringComparison.Ordinal);
    }
}
