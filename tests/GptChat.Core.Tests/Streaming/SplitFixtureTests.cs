using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using GptChat.Recording;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Streaming;

/// <summary>Every stream that the tests keep is the same answer wherever it is cut in two: text, envelope, pieces and failures.</summary>
public sealed class SplitFixtureTests
{
    public static TheoryData<string> Streams => new(All().Keys);

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_is_the_same_wherever_it_is_split(string name)
    {
        byte[] bytes = All()[name];
        string whole = Described(await InMemory.AnswerAsync(PieceStream.Whole(bytes)));
        await Parallel.ForAsync(0, bytes.Length + 1, async (at, cancellation) =>
        {
            string split = Described(await InMemory.AnswerAsync(PieceStream.At(at, bytes), cancellation: cancellation));
            Assert.True(whole == split, "Split at byte " + at + ":\n" + split);
        });
    }

    [Fact]
    public void The_streams_of_every_kind_of_server_are_among_them() => Assert.True(All().Count > 20);

    private static string Described(Outcome outcome) => string.Join("|", outcome.Chunks.Select(chunk => chunk.Index + ":" + chunk.Text + ":" + chunk.Reasoning + ":" + chunk.Refusal))
        + (outcome.Failure is { } failure ? "\n" + failure.Kind + ": " + failure.Message + "\n" + failure.PartialText : "\n" + JsonSerializer.Serialize(WithoutMadeUpIds(outcome.Response), WireJson.Default.GptResponse));

    /// <summary>A call that came without an id got one that is new each time.</summary>
    private static GptResponse WithoutMadeUpIds(GptResponse response)
    {
        foreach (GptChoice choice in response.Choices)
        {
            for (int i = 0; i < choice.Message?.Calls?.Count; i++)
            {
                GptToolCall call = choice.Message.Calls[i];
                if (call.Id.Length == "call_".Length + 32) choice.Message.Calls[i] = new GptToolCall("call_new", call.Type, call.Name, call.Arguments, call.Extra);
            }
        }

        return response;
    }

    private static Dictionary<string, byte[]> All()
    {
        var streams = new Dictionary<string, byte[]> { [Fixture.Stream] = Fixture.Bytes(Fixture.Stream), [Fixture.EverythingStream] = Fixture.Bytes(Fixture.EverythingStream) };
        string root = Root();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(root, "tests", "GptChat.Tests", "Fixtures", "servers"), "*.jsonl").Append(Path.Combine(root, "docs", "recordings", "first-steps.jsonl")).Order(StringComparer.Ordinal))
        {
            int line = 0;
            foreach (string text in File.ReadLines(file))
            {
                line++;
                RecordedExchange exchange = RecordedExchange.Parse(text);
                bool isStream = exchange.Headers.TryGetValue("content-type", out string? type) && type.StartsWith("text/event-stream", StringComparison.Ordinal);
                if (isStream && exchange.Status == 200) streams.Add(Path.GetFileNameWithoutExtension(file) + " " + line, [.. exchange.Pieces.SelectMany(piece => piece.Bytes)]);
            }
        }

        return streams;
    }

    private static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "GptChat.psd1"))) at = at.Parent;
        return at?.FullName ?? throw new FileNotFoundException("No folder above the tests holds GptChat.psd1.");
    }
}
