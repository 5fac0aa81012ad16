using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>
/// Chooses which properties of an object a model gets to see. All of them would be 73,000 characters for one process: so those
/// that PowerShell shows by default, else the plain ones.
/// </summary>
internal static class ObjectProperties
{
    private const string StandardMembers = "PSStandardMembers";
    private const string DefaultDisplay = "DefaultDisplayPropertySet";

    /// <summary>The properties to write, in their order.</summary>
    /// <param name="item">The object.</param>
    /// <param name="names">What the user asked for, wildcards allowed; null for the usual ones.</param>
    /// <param name="depth">How deep objects are written; above 1 every property counts.</param>
    public static IEnumerable<PSPropertyInfo> Choose(PSObject item, string[]? names, int depth)
    {
        if (names is { Length: > 0 }) return Named(item, names);
        if (depth > 1) return item.Properties.Where(property => property.IsGettable);
        return Displayed(item) ?? item.Properties.Where(property => property.IsGettable && IsPlain(property));
    }

    private static IEnumerable<PSPropertyInfo> Named(PSObject item, string[] names)
    {
        foreach (string name in names)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(name))
            {
                if (item.Properties[name] is { IsGettable: true } property) yield return property;
                continue;
            }

            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            foreach (PSPropertyInfo property in item.Properties)
            {
                if (property.IsGettable && pattern.IsMatch(property.Name)) yield return property;
            }
        }
    }

    private static List<PSPropertyInfo>? Displayed(PSObject item)
    {
        if (item.Members[StandardMembers]?.Value is not PSMemberSet standard || standard.Members[DefaultDisplay] is not PSPropertySet display) return null;
        List<PSPropertyInfo> properties = display.ReferencedPropertyNames
            .Select(name => item.Properties[name])
            .Where(property => property is { IsGettable: true })
            .ToList();
        return properties.Count > 0 ? properties : null;
    }

    /// <summary>Whether a property's value reads as a value and not as an object with parts of its own.</summary>
    private static bool IsPlain(PSPropertyInfo property)
    {
        try
        {
            object? value = (property.Value as PSObject)?.BaseObject ?? property.Value;
            return value is null || IsScalar(value) || (value is IList list && list.Cast<object?>().All(item => item is null || IsScalar((item as PSObject)?.BaseObject ?? item)));
        }
        catch (GetValueException)
        {
            return false;
        }
    }

    private static bool IsScalar(object value) => value is string or char || value.GetType().IsPrimitive || value is decimal || ScalarText.TryGet(value, out _);
}
