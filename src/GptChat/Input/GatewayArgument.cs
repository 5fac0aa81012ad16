using System;
using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using GptChat.Connections;

namespace GptChat.Input;

/// <summary>Reads the options of a gateway from a hashtable, whose mistyped names and units would otherwise be dropped in silence.</summary>
internal static class GatewayArgument
{
    private static readonly PropertyInfo[] Properties = typeof(GptGatewayOption).GetProperties();

    /// <summary>The options.</summary>
    /// <param name="value">A hashtable or a <see cref="GptGatewayOption"/>; null for nothing.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    /// <exception cref="GptChatException">It is neither, or an option is not known or of another type.</exception>
    public static GptGatewayOption? Read(object? value, string parameter)
    {
        switch ((value as PSObject)?.BaseObject ?? value)
        {
            case null:
                return null;
            case GptGatewayOption typed:
                return GatewayHeaders.Copy(typed);
            case var _ when NamedValues.Of(value) is { } entries:
                var option = new GptGatewayOption();
                foreach (DictionaryEntry entry in entries) Set(option, entry.Key.ToString() ?? string.Empty, entry.Value, parameter);
                return option;
            case var other:
                throw Invalid(parameter + " takes a hashtable or an object with properties, not " + Kind.Of(other), "Such as " + parameter + " @{ SkipCache = $true }. The name of a gateway is -GatewayId.");
        }
    }

    private static void Set(GptGatewayOption option, string name, object? value, string parameter)
    {
        PropertyInfo property = Properties.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw Invalid(parameter + " has no option '" + name + "'", "Known are: " + string.Join(", ", GatewayHeaders.Options) + ".");
        if (value is null) throw Invalid(parameter + ": " + property.Name + " is empty", "Is the variable set? Leave the option out for the setting of the gateway.");
        property.SetValue(option, property.PropertyType == typeof(IDictionary) ? Table(property, value, parameter) : Convert(property, (value as PSObject)?.BaseObject ?? value, parameter), null);
    }

    private static object Convert(PropertyInfo property, object value, string parameter)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(double) && (value is TimeSpan time || (value is string text && SpanText.TryRead(text, out time)))) return time.TotalSeconds;

        // PowerShell takes any text for true; 'false' must not turn something on.
        bool isGood = type != typeof(bool) || value is bool or SwitchParameter;
        if (isGood && LanguagePrimitives.TryConvertTo(value, type, CultureInfo.InvariantCulture, out object converted)) return converted;
        string wanted = type == typeof(bool) ? "$true or $false" : type == typeof(string) ? "text" : type == typeof(int) ? "a whole number" : "a number of seconds, a text such as '2h30m' or a TimeSpan";
        throw Wrong(property, wanted, value, parameter);
    }

    private static OrderedDictionary Table(PropertyInfo property, object value, string parameter) =>
        NamedValues.Of(value) is { } entries ? Plain(entries) : throw Wrong(property, "a hashtable", value, parameter);

    /// <summary>The entries without PowerShell's wrappers, in their order.</summary>
    private static OrderedDictionary Plain(IDictionary entries)
    {
        var plain = new OrderedDictionary();
        foreach (DictionaryEntry entry in entries) plain.Add(entry.Key, (entry.Value as PSObject)?.BaseObject ?? entry.Value);
        return plain;
    }

    private static GptChatException Wrong(PropertyInfo property, string wanted, object value, string parameter) => Invalid(
        parameter + ": " + property.Name + " is " + wanted + ", not " + Kind.Of(value), "Such as " + parameter + " @{ SkipCache = $true; CacheTtlSeconds = 3600; Metadata = @{ team = 'ops' } }.");

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint };
}
