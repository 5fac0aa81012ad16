using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>
/// Takes an amount of US dollars: a number, or its text with a point. The engine would make 25 of '2,5', and 1 of $true.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DollarArgumentAttribute : ArgumentTransformationAttribute
{
    private const NumberStyles Style = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        if (plain is null) throw Wrong("it is $null. Is the variable set?");
        if (plain is string text)
        {
            if (decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal read)) return read;
            throw Wrong(text.Trim().Length == 0 ? "this text is empty. Is the variable set?" : "'" + (text.Length <= 40 ? text : text.Substring(0, 40) + "…") + "' is none.");
        }

        if (plain is IList) throw Wrong("this is a list. A comma makes one: the decimal sign is the point.");
        if (plain is ValueType and not (bool or char or Enum) && LanguagePrimitives.TryConvertTo(plain, CultureInfo.InvariantCulture, out decimal number)) return number;
        throw Wrong(plain is double or float ? plain is double.NaN or float.NaN ? "this is no number." : "this number is too large." : "this is " + Kind.Of(plain) + ".");
    }

    private static ArgumentTransformationMetadataException Wrong(string what) => new("It takes US dollars as a number, such as 0.05 for five cents; " + what);
}
