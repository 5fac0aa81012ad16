using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GptChat.Errors;
using GptChat.Wire;

namespace GptChat.Streaming;

/// <summary>
/// From the name and data of a server-sent event to what it means. The name alone decides nothing: the parser lets the name
/// of an event without data leak to the next one, and servers name their events as they like.
/// </summary>
internal sealed class StreamEventParser
{
    private const string DefaultName = "message";
    private const string ErrorName = "error";

    private readonly RepeatedChunk _before = new();

    private static ReadOnlySpan<byte> DoneMark => "[DONE]"u8;

    /// <summary>Parses the next event of a stream. It never throws for what a server sent.</summary>
    [MethodImpl(HotPath.Optimized)]
    public StreamEvent Parse(string name, ReadOnlySpan<byte> data)
    {
        // Exactly so, nothing trimmed: "[DONE] " and "[DONE]x" are malformed to every official client too.
        if (data.SequenceEqual(DoneMark)) return new StreamEvent(StreamEventKind.Done);
        if (IsBlank(data)) return default;
        try
        {
            // Malformed UTF-8 becomes replacement characters, as the standard for event streams asks.
            ReadOnlySpan<byte> valid = Utf8Text.Repaired(data);
            if (_before.TryRead(valid, out string? text)) return new StreamEvent(StreamEventKind.Text, Text: text);
            return Classify(name, valid);
        }
        catch (JsonException broken)
        {
            return Malformed(broken, data.Length);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in a name, which passes the reader and fails when the string is made.
            return Malformed(null, data.Length);
        }
    }

    private StreamEvent Classify(string name, ReadOnlySpan<byte> data)
    {
        if (FirstByte(data) != (byte)'{') return NotAnObject(name, data);

        ChatChunk chunk = ChatChunkReader.Read(data);
        if (ErrorBody.IsReported(chunk.Error) || string.Equals(chunk.Object, ErrorName, StringComparison.Ordinal)) return Failed(chunk, data);
        _before.Remember(data, chunk);
        if (chunk.Choices is not null || chunk.Usage is not null) return new StreamEvent(StreamEventKind.Chunk, chunk);
        if (string.Equals(name, ErrorName, StringComparison.Ordinal) || IsEnvelope(chunk)) return Failed(null, data);
        return string.Equals(name, DefaultName, StringComparison.Ordinal) ? new StreamEvent(StreamEventKind.Chunk, chunk) : default;
    }

    /// <summary>An error in an envelope that knows no member <c>error</c>: Cloudflare's <c>errors</c>, FastAPI's <c>detail</c>.</summary>
    private static bool IsEnvelope(ChatChunk chunk) =>
        chunk is { Id: null, Extra: { } members }
        && ((members.TryGetValue("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0) || members.ContainsKey("detail"));

    private static StreamEvent NotAnObject(string name, ReadOnlySpan<byte> data)
    {
        if (string.Equals(name, ErrorName, StringComparison.Ordinal)) return Failed(null, data);

        // Under an unknown name it may be anything, text that is no JSON included.
        if (!string.Equals(name, DefaultName, StringComparison.Ordinal)) return default;
        JsonElement value = JsonSerializer.Deserialize(data, WireJson.Default.JsonElement);
        return new StreamEvent(StreamEventKind.Malformed, Problem: "an event holds a JSON " + value.ValueKind.ToString().ToLowerInvariant() + " where an object was expected");
    }

    private static StreamEvent Failed(ChatChunk? chunk, ReadOnlySpan<byte> data)
    {
        ErrorDetail detail = ErrorBody.Parse(data, "The server reported a failure without saying which");
        return new StreamEvent(StreamEventKind.Error, chunk, detail);
    }

    private static StreamEvent Malformed(JsonException? failure, int length)
    {
        string place = failure?.BytePositionInLine is long position
            ? string.Format(CultureInfo.InvariantCulture, " at byte {0}", position)
            : string.Empty;
        return new StreamEvent(
            StreamEventKind.Malformed,
            Problem: string.Format(CultureInfo.InvariantCulture, "an event of {0} bytes is not valid JSON or not a chunk{1}", length, place));
    }

    private static bool IsBlank(ReadOnlySpan<byte> data) => FirstByte(data) == 0;

    /// <summary>The first byte that is no white space; 0 if there is none.</summary>
    [MethodImpl(HotPath.Optimized)]
    private static byte FirstByte(ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            if (value is not ((byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')) return value;
        }

        return 0;
    }
}
