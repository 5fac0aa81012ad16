using System;
using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>Names with values as people have them: a hashtable, a custom object (that of ConvertFrom-Json is one), an instance of a PowerShell class.</summary>
internal static class NamedValues
{
    /// <summary>Them as a table; null where it is something else. What a command outputs has properties too, and is not meant.</summary>
    public static IDictionary? Of(object? value)
    {
        object? plain = (value as PSObject)?.BaseObject ?? value;
        if (plain is IDictionary table) return table;
        if (plain is not PSCustomObject && !IsOfClass(plain)) return null;
        var read = new OrderedDictionary(StringComparer.Ordinal);
        foreach (PSPropertyInfo property in PSObject.AsPSObject(value!).Properties)
        {
            if (property.IsGettable && SafeValue.TryRead(property, out object? found, out _)) read[property.Name] = found;
        }

        return read;
    }

    /// <summary>Whether it is an instance of a class that a script defines.</summary>
    public static bool IsOfClass(object? plain) => plain is not (null or Enum or Delegate) && plain.GetType().Assembly.IsDynamic;
}
