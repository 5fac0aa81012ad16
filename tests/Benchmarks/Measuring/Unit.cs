using System;
using System.Globalization;

namespace GptChat.Benchmarks.Measuring;

/// <summary>How numbers are shown.</summary>
internal enum Unit
{
    /// <summary>Measured in milliseconds.</summary>
    Time,

    /// <summary>Measured in bytes.</summary>
    Bytes,

    /// <summary>A plain number.</summary>
    Count,
}

/// <summary>Numbers as people read them.</summary>
internal static class UnitText
{
    private static readonly string[] ByteNames = ["B", "KB", "MB", "GB"];

    /// <summary>The number with three digits that count and its unit.</summary>
    public static string Show(this Unit unit, double value) => unit switch
    {
        Unit.Time => value switch
        {
            >= 1000 => Digits(value / 1000) + " s",
            >= 1 => Digits(value) + " ms",
            _ => Digits(value * 1000) + " µs",
        },
        Unit.Bytes => ShowBytes(value),
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>Three digits that count, and never an exponent.</summary>
    public static string Digits(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    private static string ShowBytes(double value)
    {
        int name = 0;
        for (; Math.Abs(value) >= 1024 && name < ByteNames.Length - 1; name++) value /= 1024;
        return (name == 0 ? value.ToString("0", CultureInfo.InvariantCulture) : Digits(value)) + " " + ByteNames[name];
    }
}
