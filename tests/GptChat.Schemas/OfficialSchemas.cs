using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;

namespace GptChat.Schemas;

/// <summary>
/// The official schemas of Chat Completions, which may lie beside the checkout. Where they do not, tests that need them are
/// skipped: they must not pass unseen.
/// </summary>
public static class OfficialSchemas
{
    private const string FileName = "openai-chat.schema.json";
    private const string Request = "CreateChatCompletionRequest";
    private const string Answer = "CreateChatCompletionResponse";
    private const string Chunk = "CreateChatCompletionStreamResponse";

    private static readonly string? Path = Find();
    private static readonly Lazy<JsonObject> Definitions = new(() => SchemaRewriter.Definitions(JsonNode.Parse(File.ReadAllText(Path!))!.AsObject()));
    private static readonly Lazy<IDictionary<string, JsonSchema>> Open = new(() => Load(Definitions.Value));
    private static readonly Lazy<IDictionary<string, JsonSchema>> Closed = new(() => Load(SchemaRewriter.Closed(Definitions.Value)));

    /// <summary>Why nothing can be compared with them; null where it can.</summary>
    public static string? Missing { get; } = Path is null ? "Not compared with the official schemas: they do not lie beside the checkout." : null;

    /// <summary>The schema of a plain answer, for those who make answers from it.</summary>
    public static JsonObject AnswerSchema => Schema(Answer);

    /// <summary>The schema of a chunk of a stream.</summary>
    public static JsonObject ChunkSchema => Schema(Chunk);

    /// <summary>The schema that is known by this name.</summary>
    public static JsonObject Schema(string name) => Definitions.Value[name]!.AsObject();

    /// <summary>The name of the schema that another one refers to; null where it stands for itself.</summary>
    public static string? Target(JsonObject schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return SchemaRewriter.Target(schema);
    }

    /// <summary>
    /// What is wrong with a request. Its members must be those of the schema: one that the schema does not know would pass every
    /// JSON Schema validator, and be a spelling mistake more often than not.
    /// </summary>
    public static IReadOnlyList<string> RequestErrors(string json)
    {
        try
        {
            JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false }).Dispose();
        }
        catch (JsonException broken)
        {
            return ["It is no JSON, or has a member twice: " + broken.Message];
        }

        return Errors(Closed.Value[Request], json);
    }

    /// <summary>What is wrong with a plain answer; members that the schema does not know are not.</summary>
    public static IReadOnlyList<string> AnswerErrors(string json) => Errors(Open.Value[Answer], json);

    /// <summary>What is wrong with a chunk; members that the schema does not know are not.</summary>
    public static IReadOnlyList<string> ChunkErrors(string json) => Errors(Open.Value[Chunk], json);

    private static string[] Errors(JsonSchema schema, string json)
    {
        // The cache of a schema's validators is not made for several threads.
        lock (Definitions) return [.. schema.ActualSchema.Validate(json, SchemaType.JsonSchema).Select(Describe)];
    }

    private static string Describe(ValidationError error) => error.ToString().Trim();

    private static IDictionary<string, JsonSchema> Load(JsonObject definitions)
    {
        var root = new JsonObject { ["definitions"] = definitions.DeepClone() };
        return JsonSchema.FromJsonAsync(root.ToJsonString()).GetAwaiter().GetResult().Definitions;
    }

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(at.FullName, "GptChat.sln"))) continue;
            string file = System.IO.Path.GetFullPath(System.IO.Path.Combine(at.FullName, "..", "shared", "reference", FileName));
            return File.Exists(file) ? file : null;
        }

        return null;
    }
}
