using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Recording;

/// <summary>A piece of a recorded body: its bytes and when they came, in milliseconds after the headers.</summary>
internal readonly record struct RecordedPiece(long Milliseconds, byte[] Bytes);

/// <summary>One recorded request and its answer: a line of a recording.</summary>
/// <param name="Request">The request's body.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Headers">The answer's headers that matter.</param>
/// <param name="Pieces">The answer's body.</param>
/// <param name="IsCut">Whether the connection broke before the body had ended.</param>
internal sealed record RecordedExchange(
    JsonElement Request, int Status, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<RecordedPiece> Pieces, bool IsCut)
{
    /// <summary>The format's version, which stands first in every line.</summary>
    public const int Version = 1;

    /// <summary>When it was recorded; null where it does not say.</summary>
    public DateTimeOffset? Recorded { get; init; }

    /// <summary>What a cache knows the request by; null in a recording.</summary>
    public string? CacheKey { get; init; }

    private const string DataPrefix = "data: ";
    private const string DoneMark = "[DONE]";
    private const string EventEnd = "\n\n";

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">The line is JSON but no exchange.</exception>
    /// <exception cref="JsonException">The line is no JSON.</exception>
    public static RecordedExchange Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("gptchat", out JsonElement version)) throw new FormatException("it has no member 'gptchat'");
        if (version.ValueKind != JsonValueKind.Number || version.GetRawText() != Version.ToString(CultureInfo.InvariantCulture)) throw new FormatException("its version is " + version.GetRawText() + ", this program reads version " + Version);
        if (!root.TryGetProperty("request", out JsonElement request) || !request.TryGetProperty("body", out JsonElement requestBody) || requestBody.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it has no request.body");
        }

        if (!root.TryGetProperty("response", out JsonElement response) || response.ValueKind != JsonValueKind.Object) throw new FormatException("it has no response");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (response.TryGetProperty("headers", out JsonElement recordedHeaders) && recordedHeaders.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty header in recordedHeaders.EnumerateObject()) headers[header.Name] = header.Value.ToString();
        }

        int status = response.TryGetProperty("status", out JsonElement code) && code.TryGetInt32(out int given) ? given : 200;
        bool isCut = response.TryGetProperty("cut", out JsonElement cut) && cut.ValueKind == JsonValueKind.True;
        return new RecordedExchange(requestBody.Clone(), status, headers, ParsePieces(response), isCut)
        {
            Recorded = root.Text("recorded") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset recorded) ? recorded : null,
            CacheKey = root.Text("cache"),
        };
    }

    /// <summary>The exchange as one line, without its end.</summary>
    /// <param name="uri">Where the request went, with nothing in it that identifies an account.</param>
    public byte[] ToLine(string uri)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("gptchat", Version);
            if (Recorded is { } recorded) writer.WriteString("recorded", recorded.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            if (CacheKey is not null) writer.WriteString("cache", CacheKey);
            writer.WriteStartObject("request");
            writer.WriteString("uri", uri);
            writer.WritePropertyName("body");
            Request.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteStartObject("response");
            writer.WriteNumber("status", Status);
            writer.WriteStartObject("headers");
            foreach (KeyValuePair<string, string> header in Headers) writer.WriteString(header.Key, header.Value);
            writer.WriteEndObject();
            if (IsCut) writer.WriteBoolean("cut", true);
            WritePieces(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static List<RecordedPiece> ParsePieces(JsonElement response)
    {
        if (response.TryGetProperty("events", out JsonElement events) && events.ValueKind == JsonValueKind.Array)
        {
            var pieces = new List<RecordedPiece>(events.GetArrayLength());
            foreach (JsonElement item in events.EnumerateArray())
            {
                long at = item.TryGetProperty("ms", out JsonElement ms) && ms.TryGetInt64(out long given) ? given : 0;
                pieces.Add(new RecordedPiece(at, Encoding.UTF8.GetBytes(EventText(item))));
            }

            return pieces;
        }

        string text = response.TryGetProperty("body", out JsonElement body) ? body.GetRawText()
            : response.TryGetProperty("text", out JsonElement plain) ? plain.GetString() ?? string.Empty
            : throw new FormatException("its response has neither events nor body nor text");
        return new List<RecordedPiece> { new(0, Encoding.UTF8.GetBytes(text)) };
    }

    private static string EventText(JsonElement item)
    {
        if (item.TryGetProperty("text", out JsonElement exact)) return exact.GetString() ?? string.Empty;
        if (!item.TryGetProperty("data", out JsonElement data)) throw new FormatException("one of its events has neither data nor text");
        return DataPrefix + (data.ValueKind == JsonValueKind.String ? data.GetString() : data.GetRawText()) + EventEnd;
    }

    private void WritePieces(Utf8JsonWriter writer)
    {
        bool isStream = Headers.TryGetValue("content-type", out string? type) && type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
        if (isStream)
        {
            writer.WriteStartArray("events");
            foreach (RecordedPiece piece in Pieces) WriteEvent(writer, piece);
            writer.WriteEndArray();
            return;
        }

        using var whole = new MemoryStream();
        foreach (RecordedPiece piece in Pieces) whole.Write(piece.Bytes, 0, piece.Bytes.Length);
        string text = Encoding.UTF8.GetString(whole.ToArray());
        if (AsObject(text) is { } body)
        {
            writer.WritePropertyName("body");
            body.WriteTo(writer);
        }
        else
        {
            writer.WriteString("text", text);
        }
    }

    /// <summary>An event that is one line of JSON is kept as JSON, for people; every other one exactly as it came.</summary>
    private static void WriteEvent(Utf8JsonWriter writer, RecordedPiece piece)
    {
        string text = Encoding.UTF8.GetString(piece.Bytes);
        string data = text.StartsWith(DataPrefix, StringComparison.Ordinal) && text.EndsWith(EventEnd, StringComparison.Ordinal)
            ? text.Substring(DataPrefix.Length, text.Length - DataPrefix.Length - EventEnd.Length)
            : string.Empty;
        writer.WriteStartObject();
        writer.WriteNumber("ms", piece.Milliseconds);
        if (data == DoneMark) writer.WriteString("data", DoneMark);
        else if (AsObject(data) is { } json)
        {
            writer.WritePropertyName("data");
            json.WriteTo(writer);
        }
        else
        {
            writer.WriteString("text", text);
        }

        writer.WriteEndObject();
    }

    private static JsonElement? AsObject(string text)
    {
        if (text.Length == 0 || text[0] != '{') return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);

            // Written anew, a half surrogate would become another character: such a text is kept exactly.
            return text.IndexOf("\\ud", StringComparison.OrdinalIgnoreCase) >= 0 ? null : document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
