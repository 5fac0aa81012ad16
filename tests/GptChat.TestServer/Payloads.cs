using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace GptChat.TestServer;

/// <summary>JSON texts in the shape of the real endpoint, for bodies and events that a test puts together itself.</summary>
public static class Payloads
{
    /// <summary>The event that ends a stream.</summary>
    public const string Done = "[DONE]";

    // Real padding hides the length of short deltas by filling them up to one size.
    private const int PaddedLength = 16;

    /// <summary>A whole plain completion with one choice.</summary>
    public static string Completion(string? content, CompletionShape? shape = null)
    {
        shape ??= new CompletionShape();
        string gateway = shape.KeySource is null ? "" : $"\"gatewayMetadata\":{{\"keySource\":{JsonText.Quote(shape.KeySource)}}},";
        return $$$"""{"choices":[{"finish_reason":{{{JsonText.Quote(shape.FinishReason)}}},"index":0,"message":{"annotations":[],"content":{{{JsonText.Quote(content)}}},"refusal":null,"role":"assistant"}}],"created":{{{shape.Created}}},{{{gateway}}}"id":{{{JsonText.Quote(shape.Id)}}},"model":{{{JsonText.Quote(shape.Model)}}},"object":"chat.completion","service_tier":"default","system_fingerprint":null,"usage":{{{Usage(shape)}}}}""";
    }

    /// <summary>A chunk with one choice.</summary>
    /// <param name="delta">The JSON of <c>delta</c>.</param>
    /// <param name="finishReason">The member <c>finish_reason</c>.</param>
    /// <param name="shape">The members around it.</param>
    /// <param name="obfuscation">The padding; without one the member is left out.</param>
    /// <param name="withUsage">Whether the chunk says <c>usage: null</c>, as it does when the request asked for usage.</param>
    public static string Chunk(string delta, string? finishReason = null, CompletionShape? shape = null, string? obfuscation = "", bool withUsage = true) =>
        Chunk($$"""[{"delta":{{delta}},"finish_reason":{{JsonText.Quote(finishReason)}},"index":0}]""", shape ?? new CompletionShape(), obfuscation, withUsage ? "null" : null);

    /// <summary>The first chunk: the role and no text yet.</summary>
    public static string RoleChunk(CompletionShape? shape = null) => Chunk(RoleDelta, shape: shape, obfuscation: Padding("", 0));

    /// <summary>A chunk that carries a piece of text.</summary>
    public static string ContentChunk(string content, CompletionShape? shape = null) =>
        Chunk(ContentDelta(content), shape: shape, obfuscation: Padding(content, content.Length));

    /// <summary>The chunk that says why the answer ended: that of <paramref name="shape"/>.</summary>
    public static string FinishChunk(CompletionShape? shape = null) =>
        Chunk("{}", (shape ?? new CompletionShape()).FinishReason, shape, Padding("", 3));

    /// <summary>The last chunk: no choices, only the usage.</summary>
    public static string UsageChunk(CompletionShape? shape = null)
    {
        shape ??= new CompletionShape();
        return Chunk("[]", shape, Padding("", 5), Usage(shape));
    }

    /// <summary>A whole stream: role, pieces of text, finish, perhaps usage, and the end.</summary>
    public static IReadOnlyList<string> Stream(IEnumerable<string> deltas, CompletionShape shape, bool withUsage, bool withObfuscation)
    {
        ArgumentNullException.ThrowIfNull(deltas);
        ArgumentNullException.ThrowIfNull(shape);
        int index = 0;
        string OneChunk(string delta, string padded, string? finishReason) =>
            Chunk(delta, finishReason, shape, withObfuscation ? Padding(padded, index++) : null, withUsage);

        List<string> events = [OneChunk(RoleDelta, "", null)];
        events.AddRange(deltas.Select(delta => OneChunk(ContentDelta(delta), delta, null)));
        events.Add(OneChunk("{}", "", shape.FinishReason));
        if (withUsage) events.Add(Chunk("[]", shape, withObfuscation ? Padding("", index) : null, Usage(shape)));
        events.Add(Done);
        return events;
    }

    /// <summary>The usual error object.</summary>
    public static string Error(string message, string? type = null, string? code = null, string? param = null) =>
        $$$"""{"error":{"message":{{{JsonText.Quote(message)}}},"type":{{{JsonText.Quote(type)}}},"param":{{{JsonText.Quote(param)}}},"code":{{{JsonText.Quote(code)}}}}}""";

    /// <summary>Cloudflare's envelope around an error.</summary>
    public static string CloudflareError(int code, string message) =>
        $$"""{"success":false,"errors":[{"code":{{code}},"message":{{JsonText.Quote(message)}}}],"messages":[],"result":null}""";

    /// <summary>One event of a stream as it stands on the wire.</summary>
    public static string Event(string data) => $"data: {data}\n\n";

    /// <summary>The list that <c>GET …/models</c> answers.</summary>
    internal static string Models(IEnumerable<string> names)
    {
        IEnumerable<string> models = names.Select(name => $$"""{"id":{{JsonText.Quote(name)}},"object":"model","created":1760000000,"owned_by":"test"}""");
        return $$"""{"object":"list","data":[{{string.Join(',', models)}}]}""";
    }

    private const string RoleDelta = """{"content":"","refusal":null,"role":"assistant"}""";

    private static string ContentDelta(string content) => $$"""{"content":{{JsonText.Quote(content)}}}""";

    private static string Chunk(string choices, CompletionShape shape, string? obfuscation, string? usage)
    {
        string padding = obfuscation is null ? "" : $"\"obfuscation\":{JsonText.Quote(obfuscation)},";
        string counted = usage is null ? "" : $",\"usage\":{usage}";
        return $$"""{"choices":{{choices}},"created":{{shape.Created}},"id":{{JsonText.Quote(shape.Id)}},"model":{{JsonText.Quote(shape.Model)}},{{padding}}"object":"chat.completion.chunk","service_tier":"default","system_fingerprint":null{{counted}}}""";
    }

    private static string Usage(CompletionShape shape) =>
        $$"""{"completion_tokens":{{shape.CompletionTokens}},"completion_tokens_details":{"accepted_prediction_tokens":0,"audio_tokens":0,"reasoning_tokens":0,"rejected_prediction_tokens":0},"prompt_tokens":{{shape.PromptTokens}},"prompt_tokens_details":{"audio_tokens":0,"cached_tokens":0},"total_tokens":{{shape.PromptTokens + shape.CompletionTokens}}}""";

    private static string Padding(string padded, int seed)
    {
        const string Letters = "aQ3zK8mWx5RtY0bNc7LdP2vHs9GfJ4uE";
        int length = Math.Max(0, PaddedLength - Encoding.UTF8.GetByteCount(padded));
        return string.Create(length, seed, static (span, start) =>
        {
            for (int i = 0; i < span.Length; i++) span[i] = Letters[((start * 7) + (i * 11)) % Letters.Length];
        });
    }
}
