using System;
using System.Text;

namespace GptChat.Wire;

/// <summary>JSON readers pass over malformed UTF-8 and fail much later, when somebody wants the string: so it is repaired before.</summary>
internal static class Utf8Text
{
#if !NET
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
#endif

    /// <summary>The bytes themselves where they are valid, else with a replacement character for each malformed sequence.</summary>
    public static ReadOnlySpan<byte> Repaired(ReadOnlySpan<byte> utf8) =>
        IsValid(utf8) ? utf8 : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8.ToArray()));

#if NET
    private static bool IsValid(ReadOnlySpan<byte> utf8) => System.Text.Unicode.Utf8.IsValid(utf8);
#else
    private static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Strict.GetCharCount(utf8.ToArray()) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
#endif
}
