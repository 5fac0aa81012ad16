using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using FsCheck;
using GptChat.TestServer;
using GptChat.Transport;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Fuzzing;

/// <summary>Whatever a server sends, out come answers and the client's own failure, and nothing else.</summary>
public sealed class MutatedAnswerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string[] Chunks =
    [
        Payloads.RoleChunk(), Payloads.ContentChunk("Grüße 😀"), Payloads.FinishChunk(), Payloads.UsageChunk(), Payloads.Done, Payloads.Error("boom", "t", "c", "p"),
        """{"choices":[{"index":0,"delta":{"content":"\ud83d","reasoning":"hm","refusal":null,"thought":["x"]}},{"index":1,"delta":{"content":[{"type":"text","text":"\ude00"}]}}],"timings":{"ms":1.5}}""",
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"n","arguments":"{"}},{"index":1,"custom":{"name":"m","input":"i"}}],"function_call":{"name":"f","arguments":"{}"}}}]}""",
        """{"choices":[{"index":0,"delta":{"audio":{"id":"a","data":"QUJD","transcript":"t","expires_at":1},"annotations":[{"type":"url_citation","url_citation":{"url":"u","start_index":0}}]},"logprobs":{"content":[{"token":"a","logprob":-0.1,"bytes":[97],"top_logprobs":[]}],"refusal":null}}],"metadata":{"a":"b"}}""",
    ];

    private static readonly string[] Bodies =
    [
        Fixture.Text(Fixture.Plain), Fixture.Text(Fixture.Everything), Payloads.Error("boom"), Payloads.CloudflareError(7003, "AiError: AiError: {\"error\":{\"message\":\"x\"}} (0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9)"),
        InMemory.Plain("""{"role":"assistant","content":null,"refusal":"no","tool_calls":[{"id":"a","function":{"name":"n","arguments":"{}"}}],"audio":{"id":"a"},"annotations":[{"type":"t"}],"reasoning_content":"r"}"""),
        """{"detail":[{"loc":["body",0],"msg":"m","type":"t"}]}""", """{"choices":[{"index":0,"message":{"content":["a",{"type":"text","text":"b"}]},"logprobs":{"content":[{"token":"a","logprob":-1,"bytes":null}]}}],"usage":{"prompt_tokens_details":{"cached_tokens":1}}}""",
        "<html><head><title>502</title></head></html>",
    ];

    private static readonly string[] OddValues =
    [
        "null", "true", "false", "0", "-1", "1.5", "1e999", "9223372036854775808", "\"\"", "\"text\"", "\"\\ud83d\"", "\"\\udc00\"", "[]", "[null]", "{}", "{\"a\":null}", "[[[]]]",
        "{\"message\":\"m\"}", "[{\"code\":1,\"message\":\"m\"}]", "\"[DONE]\"",
    ];

    private static readonly string[] Tokens =
    [
        "\n", "\r", "\n\n", "data: ", "data:", "event: error\n", "event: ping\n\n", ": comment\n", "id: 1\n", "[DONE]", "\"", "{", "}", "[", "]", ",", ":", "\\", "\\u", "\\ud83d", "null", "\uFEFF", "\0", "\u2028", "AiError: ", "<title",
        "\"error\":", "\"choices\":", "data: [DONE]\n\n",
    ];

    private static readonly string[] Types = ["text/event-stream", "application/json", "text/html", "text/plain", "", "text/event-stream; charset=utf-16"];

    [Fuzz(2000, Replay = "(20260101,13)")]
    public async Task Only_an_answer_or_the_clients_own_failure_comes_out(DoNotSize<int> seed)
    {
        Random random = new(seed.Item);
        bool isStream = random.Next(3) != 0;
        byte[] body = Encoding.UTF8.GetBytes(isStream ? Stream(random) : Json(random, Pick(random, Bodies)));
        for (int mutations = random.Next(5); mutations > 0; mutations--) body = Mutated(random, body);
        PieceStream pieces = new(Cut(random, body)) { IsSlow = random.Next(4) == 0, Ending = random.Next(4) == 0 ? PieceStream.Break : null };
        int status = random.Next(4) == 0 ? Pick<int>(random, [204, 302, 400, 401, 404, 429, 500, 503]) : 200;
        string type = random.Next(4) == 0 ? Pick(random, Types) : isStream ? "text/event-stream" : "application/json";
        Outcome outcome = await InMemory.AnswerAsync(pieces, type, status, asksForStream: random.Next(2) == 0).WaitAsync(Limit);
        Use(outcome);
    }

    /// <summary>The serializer is what the shape of an answer is declared to; the reader by hand is only faster.</summary>
    [Fuzz(2000, Replay = "(20260101,17)")]
    public void An_answer_is_read_by_hand_as_the_serializer_reads_it(DoNotSize<int> seed)
    {
        Random random = new(seed.Item);
        byte[] body = Encoding.UTF8.GetBytes(Json(random, Pick(random, Bodies)));
        if (random.Next(4) == 0) body = Mutated(random, body);
        Assert.Equal(Described(body, text => JsonSerializer.Deserialize(text, WireJson.Default.GptResponse)), Described(body, text => ChatResponseReader.Read(text)));
    }

    private delegate GptResponse? Reading(ReadOnlySpan<byte> utf8);

    private static string Described(byte[] body, Reading read)
    {
        try
        {
            GptResponse? response = read(body);
            response?.ChoiceList?.RemoveAll(choice => choice is null);
            Unhide(response);
            foreach (GptChoice choice in response?.Choices ?? [])
            {
                Unhide(choice.Message);
                choice.Message?.Calls?.RemoveAll(call => call is null);
            }

            string json = response is null ? "nothing" : JsonSerializer.Serialize(response, WireJson.Default.GptResponse);

            // A call that came without an id got one that is new each time.
            return Regex.Replace(json, "call_[0-9a-f]{32}", "call_new") + response?.Choices.Sum(choice => choice.Message?.Utf8.Length ?? 0);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return "refused";
        }
    }

    /// <summary>What has the name of a property that is never written is lost to the serializer, and kept by the reader by hand.</summary>
    private static void Unhide(GptExtensible? part)
    {
        if (part?.Extra is null) return;
        foreach (PropertyInfo property in part.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (property.IsDefined(typeof(JsonIgnoreAttribute))) part.Extra.Remove(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }

    /// <summary>What a user then does with it must not fail either.</summary>
    private static void Use(Outcome outcome)
    {
        GptResponse? response = outcome.Failure is null ? outcome.Response : outcome.Failure.Response;
        _ = outcome.Failure?.ToString();
        if (response is null) return;
        _ = response.ToString() + response.Created + response.Refusal + response.Reasoning + string.Concat(AnswerCheck.Warnings(response));
        _ = (response.ExtensionData, response.Usage?.ExtensionData, response.Usage?.ToString());
        foreach (GptChoice choice in response.Choices)
        {
            _ = (choice.ToString(), choice.ExtensionData, choice.Message?.ExtensionData, choice.Message?.ToString(), choice.Message?.Audio?.ExpiresAt);
            _ = choice.Message?.Annotations.Select(note => (note.ToString(), note.ExtensionData)).ToList();
            _ = (choice.Logprobs?.ExtensionData, choice.Logprobs?.Content?.Select(token => token?.ExtensionData).ToList(), choice.Message?.Audio?.ExtensionData, choice.Message?.FunctionCall?.ExtensionData);
            _ = (choice.Message?.ToolCalls.Select(call => call.ExtensionData).ToList(), choice.Message?.Parts.Select(part => part.ExtensionData).ToList());
            if (choice.Message is { } message) JsonDocument.Parse(message.Utf8).Dispose();
        }
    }

    private static string Stream(Random random)
    {
        IEnumerable<string> events = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pick(random, Chunks));
        return string.Concat(events.Select(data => (random.Next(10) == 0 ? "event: " + Pick<string>(random, ["error", "ping", "message"]) + "\n" : "") + Payloads.Event(Json(random, data))));
    }

    /// <summary>The JSON with some of its values exchanged for others.</summary>
    private static string Json(Random random, string text)
    {
        if (text[0] != '{') return text;
        byte[] json = Encoding.UTF8.GetBytes(text);
        for (int changes = random.Next(3); changes > 0; changes--)
        {
            (int start, int end) = Pick(random, Values(json));
            json = [.. json[..start], .. Encoding.UTF8.GetBytes(Pick(random, OddValues)), .. json[end..]];
        }

        return Encoding.UTF8.GetString(json);
    }

    /// <summary>Where each value begins and ends.</summary>
    private static (int Start, int End)[] Values(byte[] json)
    {
        List<(int, int)> values = [];
        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray) continue;
            Utf8JsonReader end = reader;
            end.Skip();
            values.Add(((int)reader.TokenStartIndex, (int)end.BytesConsumed));
        }

        return [.. values];
    }

    private static byte[] Mutated(Random random, byte[] body)
    {
        int at = random.Next(body.Length + 1);
        int length = Math.Min(random.Next(1, 40), body.Length - at);
        switch (random.Next(5))
        {
            case 0 when body.Length > at:
                byte[] flipped = [.. body];
                flipped[at] = (byte)random.Next(256);
                return flipped;
            case 1:
                return [.. body[..at], .. body[(at + length)..]];
            case 2:
                return [.. body[..(at + length)], .. body[at..]];
            case 3:
                return body[..at];
            default:
                return [.. body[..at], .. Encoding.UTF8.GetBytes(Pick(random, Tokens)), .. body[at..]];
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Cut(Random random, byte[] body)
    {
        int at = 0;
        while (at < body.Length)
        {
            int length = Math.Min(random.Next(1, random.Next(2) == 0 ? 10 : 2000), body.Length - at);
            yield return body.AsMemory(at, length);
            at += length;
        }
    }

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];
}
