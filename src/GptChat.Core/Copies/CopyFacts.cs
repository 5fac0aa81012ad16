using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Copies;

/// <summary>Writes and reads what is known of how an answer was got: the tries before it and the pace that is left.</summary>
internal static class CopyFacts
{
    /// <summary>Writes the tries that failed.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<GptRetry> retries)
    {
        if (retries.Count == 0) return;
        writer.WriteStartArray("retries");
        foreach (GptRetry retry in retries)
        {
            writer.WriteStartObject();
            writer.WriteString("reason", retry.Reason.ToString());
            WriteNumber(writer, "status", retry.StatusCode);
            WriteNumber(writer, "delay", retry.Delay.Ticks);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the pace that is left.</summary>
    public static void Write(Utf8JsonWriter writer, GptRateLimit limit)
    {
        writer.WriteStartObject("rate_limit");
        WriteNumber(writer, "limit_requests", limit.LimitRequests);
        WriteNumber(writer, "remaining_requests", limit.RemainingRequests);
        WriteNumber(writer, "reset_requests", limit.ResetRequests?.Ticks);
        WriteNumber(writer, "limit_tokens", limit.LimitTokens);
        WriteNumber(writer, "remaining_tokens", limit.RemainingTokens);
        WriteNumber(writer, "reset_tokens", limit.ResetTokens?.Ticks);
        writer.WriteStartArray("policies");
        foreach (GptRateLimitPolicy policy in limit.Policies)
        {
            writer.WriteStartObject();
            writer.WriteString("name", policy.Name);
            WriteNumber(writer, "remaining", policy.Remaining);
            WriteNumber(writer, "reset", policy.Reset?.Ticks);
            WriteNumber(writer, "quota", policy.Quota);
            WriteNumber(writer, "window", policy.Window?.Ticks);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes the log of the tools that were run.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<GptToolCall>? calls)
    {
        if (calls is null) return;
        writer.WriteStartArray("ran_calls");
        foreach (GptToolCall call in calls)
        {
            writer.WriteStartObject();
            Write(writer, call);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a call, and what became of it.</summary>
    public static void Write(Utf8JsonWriter writer, GptToolCall call)
    {
        writer.WritePropertyName("call");
        JsonSerializer.Serialize(writer, call, WireJson.Default.GptToolCall);
        if (call.Started is not { } started) return;
        writer.WriteString("outcome", call.Outcome.ToString());
        writer.WriteString("result", call.Result);
        writer.WriteNumber("round", call.Round);
        writer.WriteString("started", started);
        WriteNumber(writer, "took", call.Duration?.Ticks);
    }

    /// <summary>A call, and what became of it.</summary>
    public static GptToolCall ToolCall(JsonElement copy)
    {
        if (!copy.TryGetProperty("call", out JsonElement json)) throw new FormatException("the member 'call' is missing");
        GptToolCall call = json.Deserialize(WireJson.Default.GptToolCall)!;
        if (!copy.TryGetProperty("started", out JsonElement started) || !started.TryGetDateTimeOffset(out DateTimeOffset time)) return call;
        GptToolOutcome outcome = Enum.TryParse(copy.Text("outcome"), out GptToolOutcome known) ? known : GptToolOutcome.NotRun;
        return call.Done(outcome, copy.Text("result") ?? string.Empty, (int)(Number(copy, "round") ?? 0), time, Time(copy, "took") ?? TimeSpan.Zero);
    }

    /// <summary>The tries that failed.</summary>
    public static IReadOnlyList<GptRetry> Retries(JsonElement copy) => Items(copy, "retries").Select(retry => new GptRetry(
        Enum.TryParse(retry.Text("reason"), out GptErrorKind reason) ? reason : GptErrorKind.Unknown, (int?)Number(retry, "status"), Time(retry, "delay") ?? TimeSpan.Zero)).ToArray();

    /// <summary>The pace that was left; null where nothing is known of it.</summary>
    public static GptRateLimit? RateLimit(JsonElement copy) => !copy.TryGetProperty("rate_limit", out JsonElement limit) ? null : new GptRateLimit
    {
        LimitRequests = Number(limit, "limit_requests"),
        RemainingRequests = Number(limit, "remaining_requests"),
        ResetRequests = Time(limit, "reset_requests"),
        LimitTokens = Number(limit, "limit_tokens"),
        RemainingTokens = Number(limit, "remaining_tokens"),
        ResetTokens = Time(limit, "reset_tokens"),
        Policies = Items(limit, "policies").Select(policy => new GptRateLimitPolicy(policy.Text("name") ?? string.Empty)
        {
            Remaining = Number(policy, "remaining"),
            Reset = Time(policy, "reset"),
            Quota = Number(policy, "quota"),
            Window = Time(policy, "window"),
        }).ToArray(),
    };

    /// <summary>A whole number; null where it is missing.</summary>
    public static long? Number(JsonElement copy, string name) =>
        long.TryParse(copy.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>Writes what an answer cost the network.</summary>
    public static void Write(Utf8JsonWriter writer, GptTransfer transfer)
    {
        writer.WriteStartObject("transfer");
        writer.WriteNumber("out", transfer.RequestBytes);
        writer.WriteNumber("in", transfer.ResponseBytes);
        WriteNumber(writer, "connected", transfer.Connected?.Ticks);
        WriteNumber(writer, "first_byte", transfer.FirstByte?.Ticks);
        if (transfer.HttpVersion is { } version) writer.WriteString("http", version);
        writer.WriteEndObject();
    }

    /// <summary>What an answer cost the network; null where it is missing.</summary>
    public static GptTransfer? Transfer(JsonElement copy)
    {
        if (!copy.TryGetProperty("transfer", out JsonElement transfer)) return null;
        TransportTiming? timing = Time(transfer, "first_byte") is { } first ? new TransportTiming(Time(transfer, "connected"), first, transfer.Text("http")) : null;
        return new GptTransfer(Number(transfer, "out") ?? 0, Number(transfer, "in") ?? 0, timing);
    }

    /// <summary>A time; null where it is missing.</summary>
    public static TimeSpan? Time(JsonElement copy, string name) => Number(copy, name) is { } ticks ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>The items of a list; none where it is missing.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement copy, string name) =>
        copy.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number) writer.WriteNumber(name, number);
    }
}
