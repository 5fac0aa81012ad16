using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using GptChat.Redaction;
using GptChat.Wire;

namespace GptChat.Copies;

/// <summary>Makes of the text of a <see cref="CopyWriter"/> what it was before.</summary>
internal static class CopyReader
{
    /// <summary>What each kind is read by.</summary>
    private static readonly Dictionary<string, Func<JsonElement, object>> Readers = new(StringComparer.Ordinal)
    {
        [nameof(GptMessage)] = Message,
        [nameof(GptConversation)] = Conversation,
        [nameof(GptResponse)] = Response,
        [nameof(GptChunk)] = Chunk,
        [nameof(GptUsage)] = copy => Usage(copy) ?? throw new FormatException("there is no usage in it"),
        [nameof(GptToolCall)] = CopyFacts.ToolCall,
    };

    /// <summary>The names of the types that travel.</summary>
    public static IEnumerable<string> Kinds => Readers.Keys;

    /// <summary>Reads one.</summary>
    /// <param name="kind">The name of its type.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is damaged or that of a later version.</exception>
    public static object Read(string kind, string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement copy = document.RootElement;
            if (copy.ValueKind != JsonValueKind.Object || CopyFacts.Number(copy, CopyWriter.Mark) is not { } version) throw new FormatException("it was written by something else");
            if (version != CopyWriter.Version) throw new FormatException("its version is " + version.ToString(CultureInfo.InvariantCulture) + ", this module reads version " + CopyWriter.Version);
            return Readers[kind](copy);
        }
        catch (JsonException damage)
        {
            throw new FormatException("it is damaged (" + damage.Message + ")", damage);
        }
    }

    private static GptMessage Message(JsonElement copy)
    {
        GptMessage message = Member(copy, "message").Deserialize(WireJson.Default.GptMessage)!;
        string?[] labels = CopyFacts.Items(copy, "labels").Select(label => label.ValueKind == JsonValueKind.String ? label.GetString() : null).ToArray();
        if (labels.Length == 0 || message.Body is null) return message;
        IReadOnlyList<GptContentPart> parts = message.Body.Parts;
        return message.With(new MessageContent(parts.Select((part, i) => i < labels.Length && labels[i] is { } label ? part.WithLabel(label) : part).ToArray()));
    }

    private static GptUsage? Usage(JsonElement copy) =>
        copy.TryGetProperty("usage", out JsonElement usage) ? usage.Deserialize(WireJson.Default.GptUsage) : null;

    private static GptConversation Conversation(JsonElement copy) => new(
        copy.Text("name"),
        copy.Text("model"),
        CopyFacts.Items(copy, "messages").Select(Message).ToArray(),
        Usage(copy),
        copy.Text("connection"))
    {
        Settings = CopySettings.Read(copy),
        Redaction = RedactionRulesJson.Read(copy),
        Created = Member(copy, "created").TryGetDateTimeOffset(out DateTimeOffset created) ? created : throw new FormatException("its date is damaged"),
    };

    private static GptResponse Response(JsonElement copy)
    {
        GptResponse response = Member(copy, "response").Deserialize(WireJson.Default.GptResponse)!;
        response.RequestId = copy.Text("request_id");
        response.CacheStatus = copy.Text("cache_status");
        response.GatewayLogId = copy.Text("gateway_log_id");
        response.GatewayEventId = copy.Text("gateway_event_id");
        response.GatewayStep = (int?)CopyFacts.Number(copy, "gateway_step");
        response.RequestUri = Uri.TryCreate(copy.Text("request_uri"), UriKind.Absolute, out Uri? uri) ? uri : null;
        response.Attempts = (int)(CopyFacts.Number(copy, "attempts") ?? 1);
        response.FromJournal = Flag(copy, "from_journal");
        response.FromRecording = Flag(copy, "from_recording");
        response.FromCache = Flag(copy, "from_cache");
        response.Transfer = CopyFacts.Transfer(copy);
        response.Duration = CopyFacts.Time(copy, "duration") ?? TimeSpan.Zero;
        response.Headers = Headers(copy);
        response.Retries = CopyFacts.Retries(copy);
        response.RateLimit = CopyFacts.RateLimit(copy);
        response.LeftOut = LeftOut(copy);
        response.Requests = (int)(CopyFacts.Number(copy, "requests") ?? 1);
        response.RanCalls = copy.TryGetProperty("ran_calls", out _) ? CopyFacts.Items(copy, "ran_calls").Select(CopyFacts.ToolCall).ToArray() : null;
        response.Cost = CopyRepairs.Cost(copy);
        response.Schema = copy.Text("schema");
        response.Repairs = CopyRepairs.Read(copy);
        response.Redactions = CopyRedactions.Read(copy);
        response.PartialResponses = CopyFacts.Items(copy, "partial_responses").Select(Response).ToArray();
        if (copy.TryGetProperty("conversation", out JsonElement conversation)) response.Conversation = Conversation(conversation);
        return response;
    }

    private static GptLeftOut? LeftOut(JsonElement copy)
    {
        if (!copy.TryGetProperty("left_out", out JsonElement left)) return null;
        GptContextPolicy policy = Enum.TryParse(left.Text("policy"), out GptContextPolicy known) ? known : throw new FormatException("what it left out is damaged");
        return new GptLeftOut(policy, CopyFacts.Items(left, "messages").Select(Message).ToArray(), CopyFacts.Number(left, "tokens") ?? 0, CopyFacts.Number(left, "context_window") ?? 0)
        {
            Summary = left.Text("summary"),
            SummaryUsage = Usage(left),
        };
    }

    private static bool Flag(JsonElement copy, string name) => copy.TryGetProperty(name, out JsonElement flag) && flag.ValueKind == JsonValueKind.True;

    private static GptChunk Chunk(JsonElement copy) => new()
    {
        Text = copy.Text("text") ?? string.Empty,
        Index = (int)(CopyFacts.Number(copy, "index") ?? 0),
        ItemIndex = (int)(CopyFacts.Number(copy, "item_index") ?? 0),
        Part = (int)(CopyFacts.Number(copy, "part") ?? 0),
        PartCount = (int)(CopyFacts.Number(copy, "part_count") ?? 0),
        Reasoning = copy.Text("reasoning"),
        Refusal = copy.Text("refusal"),
        ToolCall = copy.TryGetProperty("tool_call", out JsonElement call) ? CopyFacts.ToolCall(call) : null,
        Response = copy.TryGetProperty("whole", out JsonElement whole) ? Response(whole) : null,
    };

    private static ReadOnlyDictionary<string, string> Headers(JsonElement copy)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (copy.TryGetProperty("headers", out JsonElement all))
        {
            foreach (JsonProperty header in all.EnumerateObject()) headers[header.Name] = JsonValues.String(header.Value);
        }

        return new ReadOnlyDictionary<string, string>(headers);
    }

    private static JsonElement Member(JsonElement copy, string name) =>
        copy.TryGetProperty(name, out JsonElement member) ? member : throw new FormatException("the member '" + name + "' is missing");
}
