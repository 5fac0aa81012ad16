using System;
using System.Globalization;
using System.Text;

namespace GptChat.TestServer;

/// <summary>Writes JSON strings so that every UTF-16 text survives.</summary>
internal static class JsonText
{
    /// <summary>
    /// <paramref name="text"/> as a JSON string, or <c>null</c>. Text beyond ASCII stays as it is, as on the real wire;
    /// half of a surrogate pair becomes an escape, which is the only way to send it.
    /// </summary>
    public static string Quote(string? text)
    {
        if (text is null) return "null";
        StringBuilder quoted = new StringBuilder(text.Length + 2).Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                quoted.Append(c).Append(text[++i]);
            else if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (c == '\n')
                quoted.Append("\\n");
            else if (char.IsControl(c) || char.IsSurrogate(c))
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }
}
