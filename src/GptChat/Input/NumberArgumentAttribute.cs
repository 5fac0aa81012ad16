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

    /// <summary>Why a number beyond all that is taken is none.</summary>
    private protected const string TooLarge = "this number is too large.";

    /// <summary>Whether the number counts seconds: then a length of time is taken too.</summary>
    public bool IsSeconds { get; set; }

    /// <summary>What is taken, for the error.</summary>
    private protected virtual string Forms => IsSeconds ? "It takes a number of seconds, such as 30, or a length of time, such as '90s' or '2m'" : "It takes a number, such as 0.5";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        if (plain is null) throw Wrong("it is $null. Is the variable set?");
        if (IsSeconds)
        {
            // To PowerShell 1d is the number 1; what was typed is kept beside it.
            if (plain is TimeSpan span || SpanText.TryRead(inputData!.ToString() ?? string.Empty, out span)) return span.TotalSeconds;
        }

        if (plain is string text) return TryRead(text, out object? read) ? read! : throw Wrong(text.Trim().Length == 0 ? "this text is empty. Is the variable set?" : Unread(text));
        if (plain is IList) throw Wrong(UnfitList);
        return plain is ValueType and not (bool or char or Enum or SwitchParameter) && TryConvert(inputData!, out object? number) ? number! : throw Wrong(Unfit(inputData!));
    }

    /// <summary>Why a text is none.</summary>
    private protected virtual string Unread(string text) => "'" + (text.Length <= 40 ? text : text.Substring(0, 40) + "…") + "' is none.";

    /// <summary>Why something that is no text is none.</summary>
    private protected virtual string Unfit(object value) => ((value as PSObject)?.BaseObject ?? value) switch
    {
        double.NaN or float.NaN => "this is no number.",
        double or float => TooLarge,
        _ => "this is " + Kind.Of(value) + ".",
    };

    /// <summary>Why a list is none.</summary>
    private protected virtual string UnfitList => "this is a list. A comma makes one: the decimal sign is the point.";

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
