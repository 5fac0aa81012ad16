using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>Takes a number, or its text with a point, the same on every machine. The engine would make 5 of '0,5', and 1 of $true.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class NumberArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>How the text of a number may look.</summary>
    private protected const NumberStyles Style = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Whether the number counts seconds: then a length of time is taken too.</summary>
    public bool IsSeconds { get; set; }

    /// <summary>What is taken, for the error.</summary>
    private protected virtual string Forms => IsSeconds ? "It takes a number of seconds, such as 30, or a length of time, such as '90s' or '2m'" : "It takes a number, such as 0.5";

    /// <inheritdoc/>
    public sealed override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        if (plain is null) throw Wrong("it is $null. Is the variable set?");
        if (IsSeconds)
        {
            // To PowerShell 1d is the number 1; what was typed is kept beside it.
            if (plain is TimeSpan span || SpanText.TryRead(inputData!.ToString() ?? string.Empty, out span)) return span.TotalSeconds;
        }

        if (plain is string text)
        {
            if (TryRead(text, out object? read)) return read!;
            throw Wrong(text.Trim().Length == 0 ? "this text is empty. Is the variable set?" : "'" + (text.Length <= 40 ? text : text.Substring(0, 40) + "…") + "' is none.");
        }

        if (plain is IList) throw Wrong("this is a list. A comma makes one: the decimal sign is the point.");
        if (plain is ValueType and not (bool or char or Enum) && TryConvert(plain, out object? number)) return number!;
        throw Wrong(plain is double.NaN or float.NaN ? "this is no number." : plain is double or float ? "this number is too large." : "this is " + Kind.Of(plain) + ".");
    }

    /// <summary>The number that a text says.</summary>
    private protected virtual bool TryRead(string text, out object? number)
    {
        bool isOne = double.TryParse(text, Style, CultureInfo.InvariantCulture, out double read);
        number = read;
        return isOne;
    }

    /// <summary>A number as this parameter has it.</summary>
    private protected virtual bool TryConvert(object value, out object? number)
    {
        bool isOne = LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double converted);
        number = converted;
        return isOne;
    }

    private ArgumentTransformationMetadataException Wrong(string what) => new(Forms + "; " + what);
}
