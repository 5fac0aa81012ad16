using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Numerics;

namespace GptChat.Input;

/// <summary>Takes a whole number, or its digits as text. The engine would make 15 of '1,5', 2 of 1.5, 0 of '' and 1 of $true.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WholeNumberArgumentAttribute : NumberArgumentAttribute
{
    private const NumberStyles Digits = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingSign;

    /// <summary>Whether the parameter holds 64 bits; else it holds 32.</summary>
    public bool IsLong { get; set; }

    /// <summary>Whether the parameter takes several.</summary>
    public bool IsList { get; set; }

    private protected override string Forms => IsList ? "It takes whole numbers, such as 0, 1" : "It takes a whole number, such as 4000";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        IsList && ((inputData as PSObject)?.BaseObject ?? inputData) is IList several
            ? several.Cast<object?>().Select(one => base.Transform(engineIntrinsics, one)).ToArray()
            : base.Transform(engineIntrinsics, inputData);

    private protected override bool TryRead(string text, out object? number) => Fits(Parse(text), out number);

    private protected override bool TryConvert(object value, out object? number)
    {
        // What was typed is kept beside the number: 1.000 may mean a thousand.
        string typed = (value as PSObject)?.ToString() ?? string.Empty;
        number = null;
        return (typed.IndexOf('.') < 0 || typed.IndexOfAny(['e', 'E']) >= 0) && Fits(Whole((value as PSObject)?.BaseObject ?? value), out number);
    }

    private protected override string Unread(string text)
    {
        if (Parse(text) is not null) return TooLarge;
        string shown = base.Unread(text);
        string plain = text.Trim();
        string? zeros = plain.Length is < 2 or > 12 ? null : plain[plain.Length - 1] switch { 'k' or 'K' => "000", 'm' or 'M' => "000000", _ => null };
        return zeros is not null && Parse(plain.Substring(0, plain.Length - 1)) is { } front ? shown + " In digits it is " + front + zeros + "." : shown;
    }

    private protected override string Unfit(object value)
    {
        object plain = (value as PSObject)?.BaseObject ?? value;
        if (Whole(plain) is { } whole && !Fits(whole, out _)) return TooLarge;
        if (plain is double.NaN or double.PositiveInfinity or double.NegativeInfinity or float.NaN or float.PositiveInfinity or float.NegativeInfinity) return "this is no number.";
        return plain is double or float or decimal ? "this is no whole number: it has a point." : "this is " + Kind.Of(plain) + ".";
    }

    private protected override string UnfitList => IsList ? "a list in a list is none." : "this is a list. A comma makes one.";

    private static BigInteger? Parse(string text) => BigInteger.TryParse(text, Digits, CultureInfo.InvariantCulture, out BigInteger read) ? read : null;

    private static BigInteger? Whole(object value) => value switch
    {
        float number => Whole((double)number),
        double number => Math.Floor(number) == number && !double.IsInfinity(number) ? new BigInteger(number) : null,
        decimal number => decimal.Truncate(number) == number ? new BigInteger(number) : null,
        ulong number => number,
        BigInteger number => number,
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private bool Fits(BigInteger? read, out object? number)
    {
        bool isOne = read is { } whole && (IsLong ? whole >= long.MinValue && whole <= long.MaxValue : whole >= int.MinValue && whole <= int.MaxValue);
        number = !isOne ? null : IsLong ? (object)(long)read!.Value : (int)read!.Value;
        return isOne;
    }
}
