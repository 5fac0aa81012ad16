using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using GptChat.Help.Text;

namespace GptChat.Help.Facts;

/// <summary>Reads the parameters of a cmdlet.</summary>
internal static class ParameterReader
{
    /// <summary>All of them, those of base classes included.</summary>
    public static List<ParameterFacts> Read(Type cmdlet, XmlDocs docs)
    {
        object instance = Activator.CreateInstance(cmdlet)!;
        return [.. cmdlet.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))).Select(property => Read(property, instance, docs))];
    }

    private static ParameterFacts Read(PropertyInfo property, object instance, XmlDocs docs)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return new ParameterFacts
        {
            Name = property.Name,
            Type = type,
            Text = docs.Summary(property),
            Default = Default(property, instance),
            Aliases = property.GetCustomAttribute<AliasAttribute>()?.AliasNames.ToArray() ?? [],
            Values = Values(property, type),
            Range = Range(property),
            Wildcards = property.IsDefined(typeof(SupportsWildcardsAttribute)),
            Places = property.GetCustomAttributes<ParameterAttribute>().ToDictionary(attribute => attribute.ParameterSetName, Placed),
        };
    }

    private static Place Placed(ParameterAttribute attribute) =>
        new(attribute.Position == int.MinValue ? null : attribute.Position, attribute.Mandatory, attribute.ValueFromPipeline, attribute.ValueFromPipelineByPropertyName);

    /// <summary>What the property holds before anything is bound. A zero that nobody set is no default: the text says what happens then.</summary>
    private static string? Default(PropertyInfo property, object instance)
    {
        object? value = property.GetValue(instance);
        return value switch
        {
            null => null,
            SwitchParameter given => given.IsPresent ? "True" : "False",
            string text => text,
            Enum word => word.ToString(),
            IEnumerable list => string.Join(", ", list.Cast<object>()),
            IFormattable number when !value.Equals(Activator.CreateInstance(value.GetType())) => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private static string[] Values(PropertyInfo property, Type type)
    {
        if (property.GetCustomAttribute<ValidateSetAttribute>() is { } set) return [.. set.ValidValues];
        Type item = type.IsArray ? type.GetElementType()! : type;
        return item.IsEnum ? Enum.GetNames(item) : [];
    }

    private static string? Range(PropertyInfo property)
    {
        if (property.GetCustomAttribute<ValidateRangeAttribute>() is not { } range) return null;
        string least = Number(range.MinRange);
        return IsOpen(range.MaxRange) ? "at least " + least : least + " to " + Number(range.MaxRange);
    }

    private static bool IsOpen(object? most) => most is int.MaxValue or long.MaxValue;

    private static string Number(object number) => Convert.ToString(number, CultureInfo.InvariantCulture)!;
}
