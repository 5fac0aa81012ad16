using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GptChat.Wire;

namespace GptChat.Errors;

/// <summary>
/// Finds the message in an error body. Providers and the proxies before them agree on no shape, so the known ones are
/// tried in order, from the most telling to the least; what is no JSON is cut to something that a person can read.
/// </summary>
internal static class ErrorBody
{
    /// <summary>What ends a text that was cut.</summary>
    public const string CutMark = "…";

    private const int LongestText = 500;
    private const int LongestHead = 8192;
    private const int DeepestNesting = 4;

    private static readonly Regex Title = new("<title[^<>]*>(?<title>[^<]*)</title>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex WorkersAi = new(
        @"^(?:AiError:\s*)+(?<rest>.*?)(?:\((?<id>[0-9a-fA-F]{8}-[0-9a-fA-F-]{27})\))?$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>Reads a body.</summary>
    /// <param name="body">The bytes; they may be cut off.</param>
    /// <param name="statusLine">What to say when the body says nothing, such as <c>502 Bad Gateway</c>.</param>
    public static ErrorDetail Parse(ReadOnlySpan<byte> body, string statusLine)
    {
        string text = Encoding.UTF8.GetString(body.ToArray()).TrimStart('\uFEFF').Trim();
        if (text.Length == 0) return new ErrorDetail(statusLine);
        if (TryParse(text, out JsonElement root))
        {
            ErrorDetail detail = Read(root) ?? new ErrorDetail(statusLine + ": " + Short(text));
            return detail.Message.Length == 0 ? detail with { Message = statusLine } : detail;
        }

        if (text[0] == '<')
        {
            Match title = Title.Match(text.Length <= LongestHead ? text : text.Substring(0, LongestHead));
            string name = title.Success ? WebUtility.HtmlDecode(title.Groups["title"].Value).Trim() : string.Empty;
            return new ErrorDetail(name.Length == 0 ? statusLine + " (an HTML page)" : statusLine + ": " + Short(name));
        }

        return new ErrorDetail(statusLine + ": " + Short(text));
    }

    /// <summary>Whether a member <c>error</c> reports one. Servers that always send it leave it null, false, 0 or empty.</summary>
    public static bool IsReported(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String or JsonValueKind.Number => error.GetRawText() is not ("\"\"" or "0"),
        _ => true,
    };

    /// <summary>Reads a JSON value that is known to report a failure; null if it reports none in any known shape.</summary>
    public static ErrorDetail? FromJson(JsonElement root, int depth = 0)
    {
        if (depth > DeepestNesting) return null;
        if (root.ValueKind == JsonValueKind.String) return FromText(JsonValues.String(root), depth);
        if (root.ValueKind == JsonValueKind.Array) return Joined(root, depth);
        if (root.ValueKind != JsonValueKind.Object) return null;

        return FromMember(root, "error", depth)
            ?? FromErrors(root, depth)
            ?? FromMember(root, "detail", depth)
            ?? FromObject(root, depth);
    }

    /// <summary>An error object itself: <c>{message, type, param, code}</c> in one of its spellings.</summary>
    public static ErrorDetail? FromObject(JsonElement error, int depth = 0)
    {
        string? message = error.Text("message") ?? error.Text("msg") ?? error.Text("title") ?? error.Text("error_description");
        if (message is null)
        {
            // An error whose message is an object is still better shown than dropped.
            if (error.TryGetProperty("message", out JsonElement odd) && odd.ValueKind == JsonValueKind.Object) message = odd.GetRawText();
            else return null;
        }

        string? code = error.Text("code") ?? error.Text("internalCode");
        ErrorDetail inner = FromText(message, depth);
        return inner with
        {
            Type = inner.Type ?? error.Text("type") ?? error.Text("name"),
            Code = inner.Code ?? code ?? InnerCode(error),
            Param = inner.Param ?? error.Text("param"),
            Filtered = inner.Filtered ?? FilterFacts.Categories(error),
        };
    }

    private static ErrorDetail? Read(JsonElement root)
    {
        try
        {
            return FromJson(root, 0);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in the name of a member.
            return null;
        }
    }

    private static ErrorDetail? FromMember(JsonElement root, string name, int depth)
    {
        if (!root.TryGetProperty(name, out JsonElement member)) return null;
        switch (member.ValueKind)
        {
            case JsonValueKind.Object:
                // {"detail": {"error": {…}}} nests once more; an error object with nothing readable is shown whole.
                return FromObject(member, depth + 1) ?? FromJson(member, depth + 1) ?? new ErrorDetail(Short(member.GetRawText()));
            case JsonValueKind.String:
                ErrorDetail detail = FromText(JsonValues.String(member), depth);
                return detail with { Type = detail.Type ?? root.Text("type"), Code = detail.Code ?? root.Text("code"), Param = detail.Param ?? root.Text("param") };
            case JsonValueKind.Array:
                return Joined(member, depth);
            default:
                return null;
        }
    }

    private static ErrorDetail? FromErrors(JsonElement root, int depth) =>
        root.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array ? Joined(errors, depth) : null;

    private static ErrorDetail? Joined(JsonElement errors, int depth)
    {
        List<ErrorDetail> details = errors.EnumerateArray()
            .Select(error => error.ValueKind == JsonValueKind.Object ? Located(error, depth + 1) : FromJson(error, depth + 1))
            .Where(detail => detail is not null)
            .Select(detail => detail!)
            .ToList();
        if (details.Count == 0) return null;
        ErrorDetail first = details[0];
        return details.Count == 1 ? first : first with { Message = Short(string.Join("; ", details.Select(detail => detail.Message))) };
    }

    /// <summary>One of several errors; those of FastAPI say where: <c>{"loc":["body","messages"],"msg":"…"}</c>.</summary>
    private static ErrorDetail? Located(JsonElement error, int depth)
    {
        ErrorDetail? detail = FromObject(error, depth) ?? FromJson(error, depth);
        if (detail is null || !error.TryGetProperty("loc", out JsonElement place) || place.ValueKind != JsonValueKind.Array) return detail;
        string path = string.Join(".", place.EnumerateArray().Select(step => step.ToString()));
        return detail with { Message = path + ": " + detail.Message, Param = detail.Param ?? path };
    }

    /// <summary>A message that may itself be an error: Workers AI wraps the model server's body in text.</summary>
    private static ErrorDetail FromText(string text, int depth)
    {
        string? requestId = null;
        string rest = text.Trim();
        Match wrapped = rest.Length <= 64 * 1024 ? WorkersAi.Match(rest) : Match.Empty;
        if (wrapped.Success)
        {
            rest = wrapped.Groups["rest"].Value.Trim();
            if (wrapped.Groups["id"].Success) requestId = wrapped.Groups["id"].Value;
        }

        if (rest.Length > 1 && rest[0] == '{' && TryParse(rest, out JsonElement inner) && FromJson(inner, depth + 1) is { } nested)
        {
            return nested with { RequestId = nested.RequestId ?? requestId };
        }

        return new ErrorDetail(Short(rest), RequestId: requestId);
    }

    private static string? InnerCode(JsonElement error) =>
        error.TryGetProperty("innererror", out JsonElement inner) ? inner.Text("code") : null;

    private static bool TryParse(string text, out JsonElement root)
    {
        root = default;
        if (text[0] is not ('{' or '[' or '"')) return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
            return true;
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            // The latter for half a surrogate pair, which an escape within a string has made.
            return false;
        }
    }

    private static string Short(string text) => text.Length <= LongestText ? text : text.Substring(0, LongestText) + CutMark;
}
