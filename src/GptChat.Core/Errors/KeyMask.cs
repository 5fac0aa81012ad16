using System;
using System.Collections.Generic;
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

    /// <summary>An error message without the given secrets and without anything that may be a key or a part of one.</summary>
    public static string InError(string text, IReadOnlyList<string> secrets)
    {
        string left = text;
        foreach (string secret in secrets) left = WithoutCut(Without(left, secret), secret);
        return KnownKeys.Replace(left, KeyForms.Masked);
    }

    /// <summary>A failure of the network stack, which quotes a damaged head or chunk; itself if it holds no secret.</summary>
    public static Exception InException(Exception failure, IReadOnlyList<string> secrets)
    {
        if (InError(Chain(failure), secrets) == Chain(failure)) return failure;
        Exception? inner = failure.InnerException is { } cause ? InException(cause, secrets) : null;
        string message = InError(failure.Message, secrets);
        return failure is System.Net.Http.HttpRequestException ? new System.Net.Http.HttpRequestException(message, inner) : new System.IO.IOException(message, inner);
    }

    /// <summary>Prompts and answers, which may be of any length, without the given secrets and without anything that is a key.</summary>
    public static string InContent(string text, IReadOnlyList<string> secrets) => InContent(text, KeyForms.Of(secrets));

    /// <summary>The same for many texts, whose secrets' shapes are made once.</summary>
    public static string InContent(string text, IReadOnlyList<KeyForms> secrets)
    {
        string left = text;
        foreach (KeyForms secret in secrets) left = secret.Mask(left);
        return WholeKeys.Replace(left, KeyForms.Masked);
    }

    /// <summary>Whether a text looks like a key.</summary>
    public static bool IsLikeKey(string text) => KnownKeys.IsMatch(text);

    private static string Chain(Exception? failure) => failure is null ? string.Empty : failure.Message + "\n" + Chain(failure.InnerException);

    /// <summary>The cut of a long text may leave the beginning of the key before the mark of the cut.</summary>
    private static string WithoutCut(string text, string key)
    {
        if (!text.EndsWith(ErrorBody.CutMark, StringComparison.Ordinal)) return text;
        for (int length = Math.Min(key.Length, text.Length) - 1; length >= ShortestCut; length--)
        {
            string part = key.Substring(0, length) + ErrorBody.CutMark;
            if (text.EndsWith(part, StringComparison.Ordinal)) return text.Substring(0, text.Length - part.Length) + KeyForms.Masked + ErrorBody.CutMark;
        }

        return text;
    }

    private static string Without(string text, string secret) => secret.Length == 0 ? text : new KeyForms(secret).Mask(text);
}
