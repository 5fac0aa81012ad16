using System;
using System.Runtime.InteropServices;
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

    /// <summary>The text, for the length of one request. Callers keep it no longer than that.</summary>
    public static string Reveal(SecureString secret)
    {
        IntPtr text = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(text)!;
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(text);
        }
    }
}
