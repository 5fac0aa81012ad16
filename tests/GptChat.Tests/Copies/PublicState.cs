using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace GptChat.Tests.Copies;

/// <summary>Everything that an object of the module shows to a script, as lines: to compare one with its copy.</summary>
internal static class PublicState
{
    public static IReadOnlyList<string> Of(object? item)
    {
        var lines = new List<string>();
        Add(lines, string.Empty, item);
        return lines;
    }

    private static void Add(List<string> lines, string path, object? item)
    {
        object? plain = item is PSObject wrapped ? wrapped.BaseObject : item;
        switch (plain)
        {
            case null:
                lines.Add(path + " = null");
                break;
            case string or IFormattable or bool or Uri:
                lines.Add(path + " = " + Convert.ToString(plain, CultureInfo.InvariantCulture));
                break;
            case IDictionary entries:
                foreach (DictionaryEntry entry in entries) Add(lines, path + "[" + entry.Key + "]", entry.Value);
                break;
            case IEnumerable<KeyValuePair<string, string>> pairs:
                foreach ((string key, string value) in pairs) Add(lines, path + "[" + key + "]", value);
                break;
            case IEnumerable list:
                int index = 0;
                foreach (object? one in list) Add(lines, path + "[" + index++ + "]", one);
                lines.Add(path + ".Count = " + index);
                break;
            default:
                lines.Add(path + " : " + plain.GetType().Name + " " + plain);
                foreach (PropertyInfo property in plain.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
                {
                    Add(lines, path + "." + property.Name, property.GetValue(plain));
                }

                break;
        }
    }
}
