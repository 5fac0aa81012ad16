using System;
using System.Linq;

namespace GptChat.Redaction.Finders;

/// <summary>What a setting's name says about its value.</summary>
/// <param name="Kind">What the placeholder says.</param>
/// <param name="IsPassword">Whether any value is one that must not leave; else only one that looks generated.</param>
/// <param name="IsShort">Whether the name stands alone and means other things too, as pass does in the output of tests.</param>
internal readonly record struct CredentialName(string Kind, bool IsPassword, bool IsShort)
{
    /// <summary>What a secret is called that has no better name.</summary>
    public const string Password = "PASSWORD";

    private const int Longest = 40;

    // Told from the end of a longer word only where a new word begins: a compass is no pass.
    private const int ShortestInside = 6;

    private static readonly (string End, string Kind, bool IsPassword)[] Ends =
    {
        ("password", Password, true), ("passwd", Password, true), ("passphrase", Password, true), ("passwort", Password, true), ("kennwort", Password, true),
        ("passcode", Password, true), ("pwd", Password, true), ("pass", Password, true), ("pw", Password, true),
        ("secretaccesskey", "AWS-SECRET", false), ("accountkey", "AZURE-KEY", false), ("sharedaccesskey", "AZURE-KEY", false), ("storagekey", "AZURE-KEY", false),
        ("subscriptionkey", "AZURE-KEY", false), ("functionkey", "AZURE-KEY", false), ("sharedsecret", "CLIENT-SECRET", false), ("secret", "CLIENT-SECRET", false),
        ("publickeytoken", string.Empty, false), ("cancellationtoken", string.Empty, false), ("continuationtoken", string.Empty, false), ("nexttoken", string.Empty, false),
        ("pagetoken", string.Empty, false), ("token", "TOKEN", false), ("apikey", "API-KEY", false), ("accesskey", "API-KEY", false), ("secretkey", "API-KEY", false),
        ("masterkey", "API-KEY", false), ("primarykey", "API-KEY", false), ("secondarykey", "API-KEY", false), ("encryptionkey", "API-KEY", false), ("signingkey", "API-KEY", false),
        ("presharedkey", "API-KEY", false), ("privatekey", "API-KEY", false), ("authkey", "API-KEY", false), ("sharedkey", "API-KEY", false), ("validationkey", "API-KEY", false),
        ("decryptionkey", "API-KEY", false), ("psk", "API-KEY", false), ("credential", "API-KEY", false), ("credentials", "API-KEY", false),
    };

    // Most names of a text end with another letter than any of these: they cost one look.
    private static readonly (string End, string Kind, bool IsPassword)[]?[] ByLast = Table();

    /// <summary>What a name says; null where it says nothing of a secret.</summary>
    public static CredentialName? Of(string text, int start, int end)
    {
        while (end > start && (CharSet.Digit.Has(text[end - 1]) || text[end - 1] is '.' or '_' or '-')) end--;
        if (end == start || char.ToLowerInvariant(text[end - 1]) is var last && (last >= ByLast.Length || ByLast[last] is null)) return null;
        foreach ((string ending, string kind, bool isPassword) in ByLast[char.ToLowerInvariant(text[end - 1])]!)
        {
            int from = EndsWith(text, start, end, ending);
            if (from < 0) continue;
            bool isAlone = from == start;
            if (ending.Length < ShortestInside && !isAlone && !IsNewWord(text, from)) continue;
            return kind.Length == 0 ? null : new CredentialName(kind, isPassword, isAlone && ending is "pass" or "pw");
        }

        return null;
    }

    private static (string End, string Kind, bool IsPassword)[]?[] Table()
    {
        var table = new (string End, string Kind, bool IsPassword)[]?[128];
        foreach (var group in Ends.GroupBy(one => one.End[one.End.Length - 1])) table[group.Key] = group.ToArray();
        return table;
    }

    /// <summary>Where the ending begins, its dashes, dots and underscores left out; -1 if the name ends otherwise.</summary>
    private static int EndsWith(string text, int start, int end, string ending)
    {
        int at = end;
        int least = Math.Max(start, end - Longest);
        for (int i = ending.Length - 1; i >= 0; i--)
        {
            while (at > least && text[at - 1] is '_' or '-' or '.') at--;
            if (at == least || char.ToLowerInvariant(text[at - 1]) != ending[i]) return -1;
            at--;
        }

        return at;
    }

    private static bool IsNewWord(string text, int at) =>
        !CharSet.Alnum.Has(text[at - 1]) || CharSet.Digit.Has(text[at - 1]) || (char.IsUpper(text[at]) && char.IsLower(text[at - 1]));
}
