using System;
using System.Text.Json;
using GptChat.Redaction.Finders;
using GptChat.Wire;

namespace GptChat.Redaction;

/// <summary>Takes secrets out of the texts of a JSON value; names stay as they are, and say what their values are.</summary>
/// <param name="redact">Takes them out of one text.</param>
internal sealed class JsonRedactor(Func<string, string> redact)
{
    /// <summary>The value without them; itself if it holds none.</summary>
    public JsonElement Redact(JsonElement value) => new JsonTexts((name, text) => name is null ? redact(text) : Redact(name, text)).Changed(value);

    /// <summary>A text under its name: <c>password</c> says that its text is one.</summary>
    public string Redact(string name, string text)
    {
        string clean = redact(text);
        if (!ReferenceEquals(clean, text) || CredentialName.Of(name, 0, name.Length) is null) return clean;
        string pair = name + "=" + JsonSerializer.Serialize(text, WireJson.Default.String);
        string cleanPair = redact(pair);
        if (ReferenceEquals(cleanPair, pair)) return text;
        int from = name.Length + 2;
        return cleanPair.Substring(from, cleanPair.Length - from - 1);
    }
}
