using System.Security;

namespace GptChat.Connections;

/// <summary>Text that is kept out of sight.</summary>
internal static class SecureText
{
    /// <summary>A read-only SecureString of a key, without the white space that pasting leaves around it; null for blank text.</summary>
    public static SecureString? From(string? text)
    {
        string trimmed = text?.Trim() ?? string.Empty;
        if (trimmed.Length == 0) return null;
        var secure = new SecureString();
        foreach (char character in trimmed) secure.AppendChar(character);
        secure.MakeReadOnly();
        return secure;
    }
}
