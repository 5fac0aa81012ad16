using System;
using System.Text.RegularExpressions;

namespace GptChat.Errors;

/// <summary>Takes keys out of text: providers quote the key, or most of it, in error messages, and people paste keys into prompts.</summary>
internal static class KeyMask
{
    private const int ShortestCut = 3;

    // What well-known issuers' keys look like, also when the provider has starred out their middle.
    private static readonly Regex KnownKeys = new(
        @"\b(?:sk|pk|rk|cfut|cfat|hf|gsk|xai|r8)[-_][A-Za-z0-9_*\-\.]{6,}|\bBearer\s+[A-Za-z0-9_\-\.=+/~]{8,}",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    // In what users and models write only a whole key counts: names of tables and packages begin with sk- and pk_ too.
    // Inside JSON the letter of an escaped line break stands right before it.
    private static readonly Regex WholeKeys = new(
        @"(?:\b|(?<=\\[nrt]))(?:sk-|rk-|xai-|gsk_|hf_|r8_|cfut_|cfat_|Bearer\s+)(?=[A-Za-z0-9_\-\.=+/~]*[0-9])[A-Za-z0-9_\-\.=+/~]{20,}",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(10));

    /// <summary>An error message without the given key and without anything that may be one or a part of one.</summary>
    public static string InError(string text, string? key) => KnownKeys.Replace(WithoutCut(Without(text, key), key), KeyForms.Masked);

    /// <summary>A failure of the network stack, which quotes a damaged head or chunk; itself if it holds no key.</summary>
    public static Exception InException(Exception failure, string? key)
    {
        if (InError(Chain(failure), key) == Chain(failure)) return failure;
        Exception? inner = failure.InnerException is { } cause ? InException(cause, key) : null;
        string message = InError(failure.Message, key);
        return failure is System.Net.Http.HttpRequestException ? new System.Net.Http.HttpRequestException(message, inner) : new System.IO.IOException(message, inner);
    }

    /// <summary>Prompts and answers, for a recording, without the given key and without anything that is one.</summary>
    public static string InContent(string text, string? key) => WholeKeys.Replace(Without(text, key), KeyForms.Masked);

    private static string Chain(Exception? failure) => failure is null ? string.Empty : failure.Message + "\n" + Chain(failure.InnerException);

    /// <summary>The cut of a long text may leave the beginning of the key before the mark of the cut.</summary>
    private static string WithoutCut(string text, string? key)
    {
        if (key is null || !text.EndsWith(ErrorBody.CutMark, StringComparison.Ordinal)) return text;
        for (int length = Math.Min(key.Length, text.Length) - 1; length >= ShortestCut; length--)
        {
            string part = key.Substring(0, length) + ErrorBody.CutMark;
            if (text.EndsWith(part, StringComparison.Ordinal)) return text.Substring(0, text.Length - part.Length) + KeyForms.Masked + ErrorBody.CutMark;
        }

        return text;
    }

    private static string Without(string text, string? key) => string.IsNullOrEmpty(key) ? text : new KeyForms(key!).Mask(text);
}
