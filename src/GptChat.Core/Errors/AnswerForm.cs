using System;
using System.Linq;

namespace GptChat.Errors;

/// <summary>Tells what to do where a provider does not take the form in which a typed answer was asked for.</summary>
internal static class AnswerForm
{
    private const string Advice = " What -As and -Schema ask for can be asked for in another way: -SchemaMode Loose, JsonObject or Prompt.";

    private static readonly string[] Words = { "response_format", "json_schema", "json schema", "json_object", "structured output", "guided decoding", "grammar" };

    /// <summary>The diagnosis, with the advice where the failure is about the form of the answer.</summary>
    public static (GptErrorKind Kind, string? Hint) Advise((GptErrorKind Kind, string? Hint) diagnosis, ErrorDetail detail) =>
        diagnosis.Kind is GptErrorKind.UnsupportedParameter or GptErrorKind.BadRequest && IsMeant(detail) ? (diagnosis.Kind, (diagnosis.Hint + Advice).TrimStart()) : diagnosis;

    /// <summary>The same for a diagnosis that there may not be.</summary>
    public static (GptErrorKind Kind, string? Hint)? Advise((GptErrorKind Kind, string? Hint)? diagnosis, ErrorDetail detail) =>
        diagnosis is { } known ? Advise(known, detail) : null;

    private static bool IsMeant(ErrorDetail detail) =>
        detail.Param?.StartsWith("response_format", StringComparison.Ordinal) == true || Words.Any(word => detail.Message.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
