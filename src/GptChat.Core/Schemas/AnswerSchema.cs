using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GptChat.Wire;

namespace GptChat.Schemas;

/// <summary>What an answer must look like: the schema that it is checked against, and the form in which it is asked for.</summary>
internal sealed class AnswerSchema
{
    private static readonly Regex NotInNames = new("[^A-Za-z0-9_-]+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly string? _member;
    private readonly string _name;

    private AnswerSchema(JsonObject root, string? member, string name, GptSchemaMode mode)
    {
        JsonElement full = SchemaNodes.ToElement(root);
        IReadOnlyList<string> notChecked = SchemaReview.Unchecked(full);
        var sent = new SentSchema(mode == GptSchemaMode.Strict);
        Sent = SchemaNodes.ToJson(sent.From(root));
        _member = member;
        _name = name;
        Mode = mode;
        Check = new SchemaCheck(full);
        JsonElement answer = member is null ? full : full.GetProperty(SchemaWords.Properties).GetProperty(member);
        Answer = Check.Resolve(answer);
        IsList = member == SchemaRoot.ListMember;
        Remarks = Told(sent, notChecked).ToArray();
    }

    /// <summary>The schema as it is sent, as JSON.</summary>
    public string Sent { get; }

    /// <summary>How it is sent.</summary>
    public GptSchemaMode Mode { get; }

    /// <summary>Whether the answer is a list, of which each element is an answer to itself.</summary>
    public bool IsList { get; }

    /// <summary>What the user should know about it before it is sent.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>What checks answers.</summary>
    public SchemaCheck Check { get; }

    /// <summary>The schema of the answer without what it was wrapped in.</summary>
    public JsonElement Answer { get; }

    /// <summary>Makes a schema ready to be sent.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">What it is called; what no provider takes is taken out.</param>
    /// <param name="mode">How it is sent.</param>
    /// <exception cref="GptChatException">It is none, or cannot be sent so.</exception>
    public static AnswerSchema Create(JsonObject schema, string name, GptSchemaMode mode)
    {
        SchemaReview.Unchecked(SchemaNodes.ToElement(schema));
        (JsonObject root, string? member) = SchemaRoot.Wrap(schema, mode == GptSchemaMode.Strict);
        if (mode == GptSchemaMode.Strict) StrictSchema.Adapt(root);
        return new AnswerSchema(root, member, NameOf(name), mode);
    }

    /// <summary>The member <c>response_format</c> of the request; null where there is none.</summary>
    public JsonElement? ResponseFormat() => Mode switch
    {
        GptSchemaMode.Strict => Format("{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"" + _name + "\",\"strict\":true,\"schema\":" + Sent + "}}"),
        GptSchemaMode.Loose => Format("{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"" + _name + "\",\"schema\":" + Sent + "}}"),
        GptSchemaMode.JsonObject => Format("{\"type\":\"json_object\"}"),
        _ => null,
    };

    /// <summary>
    /// The messages with the schema as instructions, where it is sent so. It joins the instructions that are there: a second
    /// message of that kind is refused by some servers. It is part of the request, not of the conversation.
    /// </summary>
    public IReadOnlyList<GptMessage> Instruct(IReadOnlyList<GptMessage> messages, Func<string, string>? redact = null)
    {
        if (Mode is GptSchemaMode.Strict or GptSchemaMode.Loose) return messages;
        string words = "Answer with one JSON object that fits this JSON schema, and with nothing else: no explanation, no code fence.\n" + (redact is null ? Sent : redact(Sent));
        if (messages.Count > 0 && messages[0] is { IsInstruction: true, Content: { } before, Body: not { IsParts: true } } head)
        {
            return messages.Skip(1).Prepend(new GptMessage { Role = head.Role, Name = head.Name, Body = new MessageContent(before + "\n\n" + words) }).ToArray();
        }

        return messages.Prepend(GptMessage.FromText(Roles.System, words)).ToArray();
    }

    /// <summary>Takes the answer out of what it was wrapped in. A model that left the wrapping away is understood.</summary>
    public JsonElement Unwrap(JsonElement value) =>
        _member is not null && value.ValueKind == JsonValueKind.Object && value.TryGetProperty(_member, out JsonElement inner) ? inner : value;

    /// <summary>What does not fit in an answer, a sentence each.</summary>
    public IReadOnlyList<string> Problems(JsonElement value)
    {
        IReadOnlyList<string> problems = Check.Problems(value);
        if (problems.Count == 0 || _member is null || (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(_member, out _))) return problems;
        return Check.Problems(value, Answer, string.Empty).Count == 0 ? Array.Empty<string>() : problems;
    }

    /// <summary>What does not fit in an element of a list, a sentence each.</summary>
    public IReadOnlyList<string> Problems(JsonElement element, int index) =>
        Answer.TryGetProperty(SchemaWords.Items, out JsonElement items) ? Check.Problems(element, items, "[" + index + "]") : Array.Empty<string>();

    private static IEnumerable<string> Told(SentSchema sent, IReadOnlyList<string> notChecked)
    {
        if (sent.Unsaid.Count > 0) yield return "The model is not told of these rules, which the class itself checks: " + string.Join("; ", sent.Unsaid) + ".";
        if (sent.Remarks.Count > 0) yield return "Strict mode does not take all of the schema, so it is told to the model in words and checked on the answer: " + string.Join("; ", sent.Remarks) + ".";
        if (notChecked.Count > 0) yield return "The answer is not checked for these parts of the schema, which GptChat does not know: " + string.Join(", ", notChecked) + ".";
    }

    private static JsonElement Format(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
        return document.RootElement.Clone();
    }

    private static string NameOf(string name)
    {
        string clean = NotInNames.Replace(name, "_").Trim('_');
        return clean.Length == 0 ? "answer" : clean.Length > 64 ? clean.Substring(0, 64) : clean;
    }
}
