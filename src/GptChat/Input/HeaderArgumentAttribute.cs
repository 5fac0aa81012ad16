using System;
using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>
/// Takes headers as people write them: a table, or text such as <c>'X-Team: ops'</c>, one or several. What is wrong with one is
/// told without its value, which may be a key.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HeaderArgumentAttribute() : TableArgumentAttribute("@{ 'X-Team' = 'ops' }")
{
    private string Forms => "Headers are a hashtable, " + Example + ", an object with properties, or text, 'X-Team: ops'.";

    private protected override IDictionary Read(object given)
    {
        var headers = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (object? one in given is IEnumerable several and not string ? several : new[] { given })
        {
            if (NamedValues.Of(one) is { } table)
            {
                foreach (DictionaryEntry entry in table) Add(headers, entry.Key.ToString() ?? string.Empty, entry.Value);
                continue;
            }

            if (((one as PSObject)?.BaseObject ?? one) is not string text) throw new ArgumentTransformationMetadataException(Forms + " This is " + Kind.Of(one) + ".");
            int colon = text.IndexOf(':');
            string name = colon < 0 ? string.Empty : text.Substring(0, colon).Trim();
            if (name.Length == 0) throw new ArgumentTransformationMetadataException(Forms + " This text has no name with a colon behind it.");
            Add(headers, name, text.Substring(colon + 1).Trim());
        }

        return headers;
    }

    private static void Add(OrderedDictionary headers, string name, object? value)
    {
        if (headers.Contains(name)) throw new ArgumentTransformationMetadataException("The header '" + name + "' is given twice.");
        headers.Add(name, value);
    }
}
