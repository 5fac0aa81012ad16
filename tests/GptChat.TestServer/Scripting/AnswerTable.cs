using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace GptChat.TestServer.Scripting;

/// <summary>Answers by what is asked: a table in JSON, of which the first row whose words the question holds counts.</summary>
/// <remarks>
/// A row is <c>{"when":"words", "answer":…}</c>. The question is the last message of the user. <c>when</c> may be a list, all of
/// which must occur. <c>answer</c> is a text, or JSON that is sent as text. <c>calls</c>, a list of <c>{"name":…,"arguments":{…}}</c>
/// or of such lists, is what the model asks for first, a round each. <c>audio</c>, in Base64, is spoken besides. <c>error</c>, with <c>status</c>, <c>message</c> and perhaps <c>code</c>, stands in place of an answer. A question without a row is an error that quotes it, so that
/// no example is answered with what its author did not mean.
/// </remarks>
internal sealed class AnswerTable
{
    private readonly Row[] _rows;

    private AnswerTable(Row[] rows) => _rows = rows;

    /// <summary>How many rows it has.</summary>
    public int Count => _rows.Length;

    /// <exception cref="FormatException">The table is malformed.</exception>
    public static AnswerTable Read(JsonElement table)
    {
        if (table.ValueKind != JsonValueKind.Array) throw new FormatException("A table of answers is a JSON array of rows.");
        return new([.. table.EnumerateArray().Select(ReadRow)]);
    }

    /// <summary>The reply to <paramref name="request"/>.</summary>
    public Reply Answer(ReceivedRequest request)
    {
        string question = EchoText.Of(request);
        bool typed = request.Json.ValueKind == JsonValueKind.Object && request.Json.TryGetProperty("response_format", out _);
        if (_rows.FirstOrDefault(row => row.Fits(question, typed)) is not { } row)
            return Reply.Error(400, $"No row of the table of answers fits: {question}", "test_server_error");
        if (row.Error is { } error) return error;
        int round = RoundsSoFar(request.Json);
        if (round < row.Rounds.Length) return Asking(row.Rounds[round], round, request.WantsStream);
        return row.Audio is { } audio
            ? Spoken(row.Answer, audio)
            : Reply.AsAsked(row.Answer).WithUsage(Tokens(request.BodyText), Tokens(row.Answer));
    }

    private static Row ReadRow(JsonElement description)
    {
        if (description.ValueKind != JsonValueKind.Object) throw new FormatException("A row is a JSON object.");
        ScriptMembers members = new(description);
        Reply? error = members.Optional("error") is { } refusal ? ErrorOf(new ScriptMembers(refusal)) : null;
        JsonElement? answer = error is null ? members.Required("answer") : null;
        Row row = new(
            Words(members.Required("when")),
            answer is { } given ? given.ValueKind != JsonValueKind.String : null,
            answer is { } text ? TextOf(text) : "",
            Rounds(members.Optional("calls")),
            members.OptionalString("audio"),
            error);
        return members.Rest().Select(member => member.Name).FirstOrDefault() is { } unknown
            ? throw new FormatException($"The member '{unknown}' of a row is not known.")
            : row;
    }

    private static Reply ErrorOf(ScriptMembers members) =>
        Reply.Error(members.Integer("status"), members.String("message"), members.OptionalString("type"), members.OptionalString("code"), members.OptionalString("param"));

    private static string[] Words(JsonElement when)
    {
        string[] words = when.ValueKind == JsonValueKind.Array ? [.. when.EnumerateArray().Select(word => word.GetString() ?? "")] : [when.GetString() ?? ""];
        return words.Length == 0 || words.Any(string.IsNullOrWhiteSpace) ? throw new FormatException("A row without words would answer everything.") : words;
    }

    private static string TextOf(JsonElement answer) => answer.ValueKind == JsonValueKind.String ? answer.GetString()! : answer.GetRawText();

    private static Call[][] Rounds(JsonElement? calls) => calls?.ValueKind switch
    {
        null => [],
        JsonValueKind.Array when calls.Value.EnumerateArray().All(round => round.ValueKind == JsonValueKind.Array) => [.. calls.Value.EnumerateArray().Select(CallsOf)],
        JsonValueKind.Array => [CallsOf(calls.Value)],
        _ => throw new FormatException("The calls of a row are a list."),
    };

    private static Call[] CallsOf(JsonElement round) =>
        [.. round.EnumerateArray().Select(call => new Call(call.GetProperty("name").GetString()!, call.TryGetProperty("arguments", out JsonElement arguments) ? arguments.GetRawText() : "{}"))];

    /// <summary>How many answers with calls stand behind the last message of the user.</summary>
    private static int RoundsSoFar(JsonElement body)
    {
        int rounds = 0;
        foreach (JsonElement message in body.GetProperty("messages").EnumerateArray())
        {
            if (message.GetProperty("role").GetString() == "user") rounds = 0;
            else if (message.TryGetProperty("tool_calls", out _)) rounds++;
        }

        return rounds;
    }

    private static Reply Asking(Call[] calls, int round, bool stream)
    {
        CompletionShape shape = new() { FinishReason = "tool_calls" };
        string list = string.Join(',', calls.Select((call, index) => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"index":{{{index}}},"id":"call_{{{round + 1}}}_{{{index + 1}}}","type":"function","function":{"name":{{{JsonText.Quote(call.Name)}}},"arguments":{{{JsonText.Quote(call.Arguments)}}}}}""")));
        if (!stream) return Plain($$"""{"role":"assistant","content":null,"refusal":null,"tool_calls":[{{list}}]}""", shape);
        return Reply.Events(
            Payloads.RoleChunk(shape),
            Payloads.Chunk($$"""{"tool_calls":[{{list}}]}""", shape: shape),
            Payloads.FinishChunk(shape),
            Payloads.UsageChunk(shape),
            Payloads.Done);
    }

    private static Reply Spoken(string text, string audio) => Plain(
        $$$"""{"role":"assistant","content":null,"refusal":null,"audio":{"id":"audio_1","data":"{{{audio}}}","expires_at":1893456000,"transcript":{{{JsonText.Quote(text)}}}}}""",
        new());

    private static Reply Plain(string message, CompletionShape shape) => Reply.Json(
        $$$"""{"id":"{{{shape.Id}}}","object":"chat.completion","created":{{{shape.Created}}},"model":"{{{shape.Model}}}","choices":[{"index":0,"finish_reason":"{{{shape.FinishReason}}}","message":{{{message}}}}],"usage":{"prompt_tokens":80,"completion_tokens":20,"total_tokens":100}}""");

    /// <summary>About as many as a text has: four characters are one.</summary>
    private static int Tokens(string text) => Math.Max(1, text.Length / 4);

    /// <summary>A row; one that is null for <paramref name="IsTyped"/> answers requests for text and for JSON.</summary>
    private sealed record Row(string[] When, bool? IsTyped, string Answer, Call[][] Rounds, string? Audio, Reply? Error)
    {
        public bool Fits(string question, bool typed) => (IsTyped ?? typed) == typed && When.All(words => question.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    private sealed record Call(string Name, string Arguments);
}
