using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using GptChat.Redaction;
using GptChat.Wire;

namespace GptChat.Copies;

/// <summary>
/// Writes what users hold as one text that has all of it, to travel where objects travel as copies of their properties: jobs,
/// remoting, Clixml. Neither the key nor the settings of a connection are in it, only its name.
/// </summary>
internal static class CopyWriter
{
    /// <summary>The format's version, which stands first.</summary>
    public const int Version = 1;

    /// <summary>The member that says so.</summary>
    public const string Mark = "gptchat_copy";

    /// <summary>The text of a message.</summary>
    public static string Write(GptMessage message) => Write(writer => WriteMessage(writer, message));

    /// <summary>The text of a conversation.</summary>
    public static string Write(GptConversation conversation) => Write(writer => WriteConversation(writer, conversation));

    /// <summary>The text of a response, with the conversation that it is a turn of.</summary>
    public static string Write(GptResponse response) => Write(writer => WriteResponse(writer, response));

    /// <summary>The text of a piece of an answer.</summary>
    public static string Write(GptChunk chunk) => Write(writer =>
    {
        writer.WriteString("text", chunk.Text);
        writer.WriteNumber("index", chunk.Index);
        writer.WriteNumber("item_index", chunk.ItemIndex);
        writer.WriteNumber("part", chunk.Part);
        writer.WriteNumber("part_count", chunk.PartCount);
        WriteText(writer, "reasoning", chunk.Reasoning);
        WriteText(writer, "refusal", chunk.Refusal);
        if (chunk.ToolCall is { } call)
        {
            writer.WriteStartObject("tool_call");
            CopyFacts.Write(writer, call);
            writer.WriteEndObject();
        }

        if (chunk.Response is not { } response) return;
        writer.WriteStartObject("whole");
        WriteResponse(writer, response);
        writer.WriteEndObject();
    });

    /// <summary>The text of a count of tokens.</summary>
    public static string Write(GptUsage usage) => Write(writer => WriteUsage(writer, usage));

    /// <summary>The text of a call of a tool.</summary>
    public static string Write(GptToolCall call) => Write(writer => CopyFacts.Write(writer, call));

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber(Mark, Version);
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteMessage(Utf8JsonWriter writer, GptMessage message)
    {
        writer.WritePropertyName("message");
        JsonSerializer.Serialize(writer, message, WireJson.Default.GptMessage);

        // What people call an image is not part of the protocol.
        if (!message.Parts.Any(part => part.Label is not null)) return;
        writer.WriteStartArray("labels");
        foreach (GptContentPart part in message.Parts) writer.WriteStringValue(part.Label);
        writer.WriteEndArray();
    }

    private static void WriteUsage(Utf8JsonWriter writer, GptUsage usage)
    {
        writer.WritePropertyName("usage");
        JsonSerializer.Serialize(writer, usage, WireJson.Default.GptUsage);
    }

    private static void WriteConversation(Utf8JsonWriter writer, GptConversation conversation)
    {
        GptConversation.State state = conversation.Current;
        WriteText(writer, "name", conversation.Name);
        writer.WriteString("created", conversation.Created);
        WriteText(writer, "model", state.Model);
        WriteText(writer, "connection", state.ConnectionName);
        if (state.Usage is not null) WriteUsage(writer, state.Usage);
        RedactionRulesJson.Write(writer, state.Redaction);
        CopySettings.Write(writer, conversation.Settings);
        WriteMessages(writer, state.History);
    }

    private static void WriteMessages(Utf8JsonWriter writer, IReadOnlyList<GptMessage> messages)
    {
        writer.WriteStartArray("messages");
        foreach (GptMessage message in messages)
        {
            writer.WriteStartObject();
            WriteMessage(writer, message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteLeftOut(Utf8JsonWriter writer, GptLeftOut leftOut)
    {
        writer.WriteStartObject("left_out");
        writer.WriteString("policy", leftOut.Policy.ToString());
        writer.WriteNumber("tokens", leftOut.Tokens);
        writer.WriteNumber("context_window", leftOut.ContextWindow);
        WriteText(writer, "summary", leftOut.Summary);
        if (leftOut.SummaryUsage is { } usage) WriteUsage(writer, usage);
        WriteMessages(writer, leftOut.Messages);
        writer.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter writer, GptResponse response)
    {
        writer.WritePropertyName("response");
        JsonSerializer.Serialize(writer, response, WireJson.Default.GptResponse);
        WriteText(writer, "request_id", response.RequestId);
        WriteText(writer, "cache_status", response.CacheStatus);
        WriteText(writer, "gateway_log_id", response.GatewayLogId);
        WriteText(writer, "gateway_event_id", response.GatewayEventId);
        if (response.GatewayStep is { } step) writer.WriteNumber("gateway_step", step);

        // Without its query, in which some servers want the key.
        WriteText(writer, "request_uri", response.RequestUri?.GetLeftPart(UriPartial.Path));
        writer.WriteNumber("attempts", response.Attempts);
        writer.WriteBoolean("from_journal", response.FromJournal);
        writer.WriteBoolean("from_recording", response.FromRecording);
        writer.WriteBoolean("from_cache", response.FromCache);
        if (response.Transfer is { } transfer) CopyFacts.Write(writer, transfer);
        writer.WriteNumber("duration", response.Duration.Ticks);
        writer.WriteStartObject("headers");
        foreach (KeyValuePair<string, string> header in response.Headers) writer.WriteString(header.Key, header.Value);
        writer.WriteEndObject();
        writer.WriteNumber("requests", response.Requests);
        CopyFacts.Write(writer, response.RanCalls);
        CopyFacts.Write(writer, response.Retries);
        CopyRepairs.Write(writer, response);
        CopyRedactions.Write(writer, response.Redactions);
        if (response.RateLimit is { } limit) CopyFacts.Write(writer, limit);
        if (response.LeftOut is { } leftOut) WriteLeftOut(writer, leftOut);
        if (response.PartialResponses.Count > 0)
        {
            writer.WriteStartArray("partial_responses");
            foreach (GptResponse partial in response.PartialResponses)
            {
                writer.WriteStartObject();
                WriteResponse(writer, partial);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (response.Conversation is not { } conversation) return;
        writer.WriteStartObject("conversation");
        WriteConversation(writer, conversation);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }
}
