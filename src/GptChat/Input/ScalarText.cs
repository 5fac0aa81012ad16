using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Xml;

namespace GptChat.Input;

/// <summary>Values that are better read as text than as objects, the same on every machine whatever its culture.</summary>
internal static class ScalarText
{
    /// <summary>The text of such a value; false for everything else.</summary>
    public static bool TryGet(object value, [NotNullWhen(true)] out string? text)
    {
        text = value switch
        {
            string or char => value.ToString(),
            bool => value.ToString(),
            Enum => value.ToString(),
            DateTime date => date.ToString("o", CultureInfo.InvariantCulture),
            DateTimeOffset date => date.ToString("o", CultureInfo.InvariantCulture),
            TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
            Guid or Version => value.ToString(),
            Uri uri => uri.IsAbsoluteUri ? uri.AbsoluteUri : uri.OriginalString,
            IPAddress => value.ToString(),
            XmlNode node => node.OuterXml,
            ErrorRecord error => Describe(error),
            Exception failure => failure.Message,
            Type type => type.FullName ?? type.Name,
            ScriptBlock script => script.ToString(),
            IFormattable date when value.GetType().FullName is "System.DateOnly" or "System.TimeOnly" => date.ToString("o", CultureInfo.InvariantCulture),
            IFormattable number when value is ValueType && value.GetType() is { IsPrimitive: false, Namespace: "System" } => number.ToString(null, CultureInfo.InvariantCulture),
            IFormattable number when value.GetType().IsPrimitive || value is decimal || value.GetType().FullName == "System.Numerics.BigInteger" => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
        return text is not null;
    }

    /// <summary>What happened, where, and its id: what a person would paste.</summary>
    private static string Describe(ErrorRecord error)
    {
        string position = error.InvocationInfo?.PositionMessage ?? string.Empty;
        string text = error.ToString();
        if (position.Length > 0) text += "\n" + position;
        return text + "\n+ " + error.CategoryInfo + "\n+ " + error.FullyQualifiedErrorId;
    }
}
