namespace GptChat;

/// <summary>How a typed answer is asked for: what guards its form differs from provider to provider.</summary>
public enum GptSchemaMode
{
    /// <summary>A schema that the provider keeps to exactly (response_format json_schema, strict). OpenAI's own models know it.</summary>
    Strict,

    /// <summary>A schema that the provider follows as far as it does (response_format json_schema, not strict); any schema can be said.</summary>
    Loose,

    /// <summary>Any JSON object (response_format json_object), with the schema as instructions to the model.</summary>
    JsonObject,

    /// <summary>The schema as instructions to the model and nothing else, for servers that know no response_format.</summary>
    Prompt,
}
