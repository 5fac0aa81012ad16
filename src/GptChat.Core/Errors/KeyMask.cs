using System;
using System.Text.RegularExpressions;

namespace GptChat.Errors;

/// <summary>Takes keys out of text that a provider wrote: some quote the key, or most of it, in their error messages.</summary>
internal static class KeyMask
{
    private const string Masked = "***";
    private const int ShortestKey = 8;

    // What well-known issuers' keys look like, also when the provider has starred out their middle.
    private static readonly Regex KnownKeys = new(
        @"\b(?:sk|pk|rk|cfut|cfat|hf|gsk|xai|r8)[-_][A-Za-z0-9_*\-\.]{6,}|\bBearer\s+[A-Za-z0-9_\-\.=+/~]{8,}",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>The text without the given key and without anything that looks like one.</summary>
    public static string Apply(string text, string? key)
    {
        if (key is { Length: >= ShortestKey })
        {
            text = text.Replace(key, Masked);
        }

        return KnownKeys.Replace(text, Masked);
    }
}
