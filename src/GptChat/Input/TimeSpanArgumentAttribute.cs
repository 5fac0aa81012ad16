using System;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>
/// Takes a length of time as people write it, <c>2h30m</c> or <c>30 days</c>, as well as a <see cref="TimeSpan"/>. A number alone is refused: to
/// the engine it counts ten-millionths of a second, which nobody means.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeSpanArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        if (plain is TimeSpan) return plain;
        if (plain is null) throw Wrong("it is $null. Is the variable set?");

        // To PowerShell 30d and 90s are numbers with the suffix of their type; what was typed is kept beside them.
        string? text = plain as string ?? (LanguagePrimitives.TryConvertTo(plain, out decimal _) && plain is ValueType and not (bool or char or Enum) ? inputData!.ToString() : null);
        if (text is null) throw Wrong("this is " + Kind.Of(plain) + ".");
        if (SpanText.TryRead(text, out TimeSpan span)) return span;
        string shown = "'" + (text.Length <= 40 ? text : text.Substring(0, 40) + "…") + "'";
        throw Wrong(double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _) ? shown + " has no unit." : shown + (text.IndexOf(':') < 0 ? " is none." : " is none: hours end at 23 there, and 24 of them are '24h'."));
    }

    private static ArgumentTransformationMetadataException Wrong(string what) => new("It takes a length of time, such as " + SpanText.Forms + ", or a TimeSpan; " + what);
}
