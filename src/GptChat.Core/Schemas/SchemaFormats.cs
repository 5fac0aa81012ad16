using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Xml;

namespace GptChat.Schemas;

/// <summary>The forms that texts and numbers can be checked for. Those of .NET types are stricter than JSON Schema's names tell.</summary>
internal static class SchemaFormats
{
    private static readonly string[] TimesOfDay = { @"hh\:mm", @"hh\:mm\:ss", @"hh\:mm\:ss\.FFFFFFF" };
    private static readonly Regex Offset = Make(@"(?:[Zz]|[+-]\d\d:?\d\d)$");
    private static readonly Regex Email = Make(@"^[^@\s]+@[^@\s]+$");
    private static readonly Regex HostName = Make(@"^(?=.{1,253}\.?$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?$");

    /// <summary>Whether a format is one that is checked.</summary>
    public static bool IsKnown(string format) => format is "date-time" or "date" or "time" or "duration" or "email" or "hostname" or "ipv4" or "ipv6" or "uuid" or "uri"
        or "uri-reference" or "regex" or "byte" or "version" or "ip" or "int8" or "int16" or "int32" or "int64" or "uint8" or "uint16" or "uint32" or "uint64" or "float" or "double" or "decimal";

    /// <summary>Whether a text has a form; an unknown form fits everything.</summary>
    public static bool Fits(string format, string text) => format switch
    {
        "date-time" => TryDateTime(text, out _),
        "date" => TryDate(text, out _),
        "time" => TryTime(text, out _),
        "duration" => TryDuration(text, out _),
        "email" => Email.IsMatch(text),
        "hostname" => HostName.IsMatch(text),
        "ipv4" => IPAddress.TryParse(text, out IPAddress? four) && four.AddressFamily == AddressFamily.InterNetwork && text.Split('.').Length == 4,
        "ipv6" => IPAddress.TryParse(text, out IPAddress? six) && six.AddressFamily == AddressFamily.InterNetworkV6,
        "ip" => IPAddress.TryParse(text, out _),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && text.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase),
        "uri-reference" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        "regex" => EcmaPattern.TryParse(text, false) is not null,
        "byte" => IsBase64(text),
        "version" => Version.TryParse(text, out _),
        _ => true,
    };

    /// <summary>Whether a number has a form.</summary>
    public static bool Fits(string format, decimal number) => format switch
    {
        "int8" => IsWhole(number, sbyte.MinValue, sbyte.MaxValue),
        "int16" => IsWhole(number, short.MinValue, short.MaxValue),
        "int32" => IsWhole(number, int.MinValue, int.MaxValue),
        "int64" => IsWhole(number, long.MinValue, long.MaxValue),
        "uint8" => IsWhole(number, byte.MinValue, byte.MaxValue),
        "uint16" => IsWhole(number, ushort.MinValue, ushort.MaxValue),
        "uint32" => IsWhole(number, uint.MinValue, uint.MaxValue),
        "uint64" => IsWhole(number, ulong.MinValue, ulong.MaxValue),
        _ => true,
    };

    /// <summary>A moment; without an offset it has none.</summary>
    public static bool TryDateTime(string text, out DateTime moment) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out moment) && text.Length >= 10 && text[4] == '-' && text[7] == '-';

    /// <summary>A day.</summary>
    public static bool TryDate(string text, out DateTime day) => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>A time of day; an offset is passed over.</summary>
    public static bool TryTime(string text, out TimeSpan time)
    {
        string plain = Offset.Replace(text, string.Empty);
        return TimeSpan.TryParseExact(plain, TimesOfDay, CultureInfo.InvariantCulture, out time);
    }

    /// <summary>A span of time, as ISO 8601 has it (PT5M) or .NET (00:05:00).</summary>
    public static bool TryDuration(string text, out TimeSpan span)
    {
        if (text.IndexOf(':') > 0) return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span);
        try
        {
            span = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            span = default;
            return false;
        }
    }

    private static bool IsWhole(decimal number, decimal least, decimal most) => number >= least && number <= most && decimal.Truncate(number) == number;

    private static bool IsBase64(string text)
    {
        try
        {
            Convert.FromBase64String(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static Regex Make(string pattern) => new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
