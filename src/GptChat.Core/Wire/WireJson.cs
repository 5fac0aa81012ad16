using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>
/// The source-generated serializer of the wire: no reflection at run time, snake_case names, unset members never written. Its
/// converters hold for every number and every text that has none of its own: a page's title may be cut inside a character too.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LenientInt64Converter), typeof(LenientStringConverter)])]
[JsonSerializable(typeof(List<ToolCallFragment>))]
[JsonSerializable(typeof(List<GptAnnotation>))]
[JsonSerializable(typeof(GptLogprobs))]
[JsonSerializable(typeof(GptToolCall))]
[JsonSerializable(typeof(GptUsage))]
[JsonSerializable(typeof(GptPromptTokensDetails))]
[JsonSerializable(typeof(GptCompletionTokensDetails))]
[JsonSerializable(typeof(GptResponse))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>
    /// Text of nearly all scripts goes out as UTF-8, not as escapes: half the bytes or less. What the default encoder guards
    /// against (JSON pasted into HTML) does not arise in a request body. Only what lies beyond the basic plane, such as emoji,
    /// is still escaped.
    /// </summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
