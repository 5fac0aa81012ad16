using System;

namespace GptChat.Redaction;

/// <summary>A set of ASCII characters, such as those that a token is made of.</summary>
internal sealed class CharSet
{
    private const string Digits = "0123456789";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>0 to 9.</summary>
    public static readonly CharSet Digit = new(Digits);

    /// <summary>Hexadecimal digits of either case.</summary>
    public static readonly CharSet Hex = new(Digits + "abcdefABCDEF");

    /// <summary>Letters and digits.</summary>
    public static readonly CharSet Alnum = new(Digits + Lower + Upper);

    /// <summary>What names are made of.</summary>
    public static readonly CharSet Word = new(Digits + Lower + Upper + "_");

    /// <summary>What names of settings are made of.</summary>
    public static readonly CharSet Name = new(Digits + Lower + Upper + "_-.");

    /// <summary>Base64 for addresses.</summary>
    public static readonly CharSet Url64 = new(Digits + Lower + Upper + "_-");

    /// <summary>The same with the dots between its parts, and what else stands in bearer tokens.</summary>
    public static readonly CharSet Token = new(Digits + Lower + Upper + "_-.~+/=");

    /// <summary>Base64, padding included.</summary>
    public static readonly CharSet Base64 = new(Digits + Lower + Upper + "+/=");

    /// <summary>What addresses of the internet protocol are made of.</summary>
    public static readonly CharSet Address = new(Digits + "abcdefABCDEF:.");

    /// <summary>What names of hosts are made of.</summary>
    public static readonly CharSet Host = new(Digits + Lower + Upper + "-.");

    /// <summary>What stands before the @ of a mail address.</summary>
    public static readonly CharSet MailName = new(Digits + Lower + Upper + "._%+-'");

    private readonly bool[] _has = new bool[128];

    private CharSet(string characters)
    {
        foreach (char character in characters) _has[character] = true;
    }

    /// <summary>Whether a character is in it.</summary>
    public bool Has(char character) => character < 128 && _has[character];
}
