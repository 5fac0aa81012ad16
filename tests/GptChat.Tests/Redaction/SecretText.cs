using System;
using System.Linq;
using Xunit;

namespace GptChat.Tests.Redaction;

/// <summary>A text that holds a secret of each sort, and a search for any of them.</summary>
internal static class SecretText
{
    public const string Password = "Zq9!vR2.kL7w";

    // Put together here, so that no scanner of source code takes them for real.
    private static readonly string GitHub = "ghp_" + "0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R";
    private static readonly string Aws = "AKIA" + "Z7Q2M4X6B3N5T2R7";
    private static readonly string Jwt = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dBjftJeZ4CVPmB92K27uhbUJU1p1rwW1gFWFOEjXk0Q";
    private static readonly string KeyLine = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7x1x9a8b7c6d5";

    /// <summary>The text, over several lines.</summary>
    public static readonly string Text = string.Join(
        '\n',
        "Server=db1;User Id=sa;Password=" + Password + ";Encrypt=true",
        "token " + GitHub + " and " + Aws,
        "Authorization: Bearer " + Jwt,
        "-----BEGIN " + "PRIVATE KEY-----",
        KeyLine,
        KeyLine,
        "-----END " + "PRIVATE KEY-----",
        "the end");

    private static readonly string[] Secrets = [Password, GitHub, Aws, Jwt, KeyLine];

    /// <summary>Checks that a text holds none of them, and no part of eight characters.</summary>
    public static void IsAbsent(string text)
    {
        foreach (string secret in Secrets)
        {
            foreach (int at in Enumerable.Range(0, secret.Length - 7))
            {
                int found = text.IndexOf(secret.Substring(at, 8), StringComparison.Ordinal);
                if (found >= 0) Assert.Fail("A secret shows: …" + text[Math.Max(0, found - 200)..Math.Min(text.Length, found + 60)] + "…");
            }
        }
    }

    /// <summary>Checks that a text tells what is missing in it.</summary>
    public static void IsRedacted(string text)
    {
        IsAbsent(text);
        foreach (string kind in new[] { "PASSWORD", "GITHUB-TOKEN", "AWS-KEY", "JWT", "PRIVATE-KEY" }) Assert.Contains("[SECRET:" + kind + ":1]", text, StringComparison.Ordinal);
    }
}
