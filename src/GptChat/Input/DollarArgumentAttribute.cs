using System;
using System.Globalization;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>Takes an amount of US dollars: a number, or its text with a point.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DollarArgumentAttribute : NumberArgumentAttribute
{
    private protected override string Forms => "It takes US dollars as a number, such as 0.05 for five cents";

    private protected override bool TryRead(string text, out object? number)
    {
        bool isOne = decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal read);
        number = read;
        return isOne;
    }

    private protected override bool TryConvert(object value, out object? number)
    {
        bool isOne = LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out decimal converted);
        number = converted;
        return isOne;
    }
}
