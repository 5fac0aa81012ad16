using System;
using System.Globalization;
using System.Text.Json;

namespace GptChat.Schemas;

/// <summary>Numbers of JSON, which may be larger or finer than any type of .NET.</summary>
internal static class JsonNumber
{
    /// <summary>The number as nearly as a double has it.</summary>
    public static double ToDouble(JsonElement number)
    {
        string text = number.GetRawText();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) return value;

        // Only what is out of range is not one: .NET Framework refuses it, where .NET says that it is infinite.
        return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
    }

    /// <summary>Whether it has no fraction.</summary>
    public static bool IsWhole(JsonElement number)
    {
        if (number.TryGetDecimal(out decimal exact)) return decimal.Truncate(exact) == exact;
        double value = ToDouble(number);
        return !double.IsInfinity(value) && Math.Truncate(value).Equals(value);
    }

    /// <summary>Whether it is a multiple of another.</summary>
    public static bool IsMultiple(JsonElement number, JsonElement step)
    {
        if (number.TryGetDecimal(out decimal exact) && step.TryGetDecimal(out decimal by) && by != 0) return exact % by == 0;
        double quotient = ToDouble(number) / ToDouble(step);
        return Math.Abs(quotient - Math.Round(quotient)) < 1e-9;
    }

    /// <summary>Whether it fits into a type of .NET.</summary>
    public static bool Fits(JsonElement number, string format)
    {
        if (format is "double" or "float") return !double.IsInfinity(ToDouble(number)) && (format == "double" || !float.IsInfinity((float)ToDouble(number)));
        return number.TryGetDecimal(out decimal exact) ? SchemaFormats.Fits(format, exact) : !SchemaFormats.IsKnown(format) || format is not ("decimal" or "int8" or "int16" or "int32" or "int64" or "uint8" or "uint16" or "uint32" or "uint64");
    }
}
