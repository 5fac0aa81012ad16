using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace GptChat.TestServer.Scripting;

/// <summary>Makes replies of their description in JSON.</summary>
/// <remarks>
/// A reply is an object with a <c>kind</c>, the members of that kind, and those of <see cref="Modify"/>. A member that is not
/// known, or does not belong to the kind, is an error, so that a slip in a test does not pass unseen.
/// </remarks>
internal static class ScriptReader
{
    /// <summary>The replies of a JSON array, or the only one of an object.</summary>
    /// <exception cref="FormatException">The script is malformed.</exception>
    public static Reply[] ReadAll(JsonElement script) => script.ValueKind switch
    {
        JsonValueKind.Array => [.. script.EnumerateArray().Select(Read)],
        JsonValueKind.Object => [Read(script)],
        _ => throw new FormatException("A script is a JSON array of replies."),
    };

    private static Reply Read(JsonElement description)
    {
        if (description.ValueKind != JsonValueKind.Object) throw new FormatException("A reply is a JSON object.");
        ScriptMembers members = new(description);
        Reply reply = Create(members);
        foreach ((string name, JsonElement value) in members.Rest()) reply = ModifyNamed(reply, name, value);
        return reply;
    }

    private static Reply ModifyNamed(Reply reply, string name, JsonElement value)
    {
        try
        {
            return Modify(reply, name, value);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            throw new FormatException($"The member '{name}' does not fit: {error.Message}", error);
        }
    }

    private static Reply Create(ScriptMembers members) => members.String("kind") switch
    {
        "completion" => Reply.Completion(members.String("text")),
        "stream" => members.Optional("deltas") is { } deltas ? Reply.Stream(Strings(deltas)) : Reply.Stream(members.String("text")),
        "asAsked" => Reply.AsAsked(members.String("text")),
        "echo" => Reply.Echo(),
        "error" => Reply.Error(
            members.Integer("status"),
            members.String("message"),
            members.OptionalString("type"),
            members.OptionalString("code"),
            members.OptionalString("param")),
        "cloudflareError" => Reply.CloudflareError(members.Integer("status"), members.Integer("code"), members.String("message")),
        "json" => Reply.Json(members.Required("body").GetRawText()),
        "raw" => Reply.Raw(200, members.OptionalString("contentType"), members.String("body")),
        "events" => Reply.Events(Strings(members.Required("payloads"))),
        "sse" => Reply.Sse(members.String("body")),
        "redirect" => Reply.Redirect(members.Integer("status"), members.String("location")),
        string kind => throw new FormatException($"The kind '{kind}' is not known."),
    };

    private static Reply Modify(Reply reply, string name, JsonElement value) => name switch
    {
        "status" => reply.WithStatus(value.GetInt32()),
        "headers" => value.EnumerateObject().Aggregate(reply, (changed, header) => changed.WithHeader(header.Name, header.Value.GetString() ?? "")),
        "id" => reply.WithId(value.GetString() ?? ""),
        "model" => reply.WithModel(value.GetString() ?? ""),
        "finishReason" => reply.WithFinishReason(value.GetString() ?? ""),
        "keySource" => reply.WithGatewayMetadata(value.GetString() ?? ""),
        "splitting" => reply.Splitting(value.GetInt32()),
        "splitAt" => reply.SplitAt([.. value.EnumerateArray().Select(offset => offset.GetInt32())]),
        "repeating" => reply.Repeating(Encoding.UTF8.GetBytes(value.GetProperty("text").GetString() ?? ""), value.GetProperty("count").GetInt64()),
        "delayHeaders" => reply.DelayHeaders(TimeSpan.FromMilliseconds(value.GetInt32())),
        "hangAfter" => reply.HangAfter(Place(value)),
        "truncateAfter" => reply.TruncateAfter(Place(value)),
        "resetAfter" => reply.ResetAfter(Place(value)),
        "closeWithoutLength" => value.ValueKind == JsonValueKind.True ? reply.CloseWithoutLength() : reply.CloseWithoutLength(Place(value)),
        "hangBeforeHeaders" => Switch(reply, value, reply.HangBeforeHeaders),
        "closeBeforeHeaders" => Switch(reply, value, reply.CloseBeforeHeaders),
        "keepOpenAfterEnd" => Switch(reply, value, reply.KeepOpenAfterEnd),
        "chunked" => Switch(reply, value, reply.Chunked),
        _ => throw new FormatException($"The member '{name}' is not known, or not for this kind of reply."),
    };

    private static Reply Switch(Reply reply, JsonElement value, Func<Reply> on) => value.GetBoolean() ? on() : reply;

    /// <summary>A number of bytes, or an object such as <c>{"events":3}</c>.</summary>
    private static Offset Place(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? Offset.Events(value.GetProperty("events").GetInt32()) : Offset.Bytes(value.GetInt64());

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(item => item.GetString() ?? "");
}
