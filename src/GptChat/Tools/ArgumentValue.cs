using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Tools;

/// <summary>Makes values of arguments. They are data and stay data: nothing in them is ever parsed as code.</summary>
internal static class ArgumentValue
{
    /// <summary>All values of a call.</summary>
    /// <param name="arguments">What the model gives; nulls are left out.</param>
    /// <param name="parameters">The parameters that it may give.</param>
    /// <param name="bound">What the user gives.</param>
    /// <param name="asks">Whether the command would ask by itself: whoever was to be asked has been asked.</param>
    /// <param name="input">What is piped in; null where nothing is.</param>
    public static Hashtable Bind(JsonElement arguments, IReadOnlyDictionary<string, ToolParameter> parameters, IDictionary bound, bool asks, out object? input)
    {
        var values = new Hashtable(StringComparer.OrdinalIgnoreCase);
        input = null;
        foreach (DictionaryEntry entry in bound) values[entry.Key] = entry.Value;
        foreach (JsonProperty argument in arguments.EnumerateObject().Where(argument => argument.Value.ValueKind != JsonValueKind.Null))
        {
            ToolParameter parameter = parameters[argument.Name];
            object? value = From(argument.Value, parameter.Type);
            if (parameter.IsPiped) input = value;
            else values[parameter.Name] = value;
        }

        if (asks && !values.ContainsKey("Confirm")) values["Confirm"] = false;
        return values;
    }

    /// <summary>The value for a parameter: hashtables where it wants dictionaries, else custom objects, as ConvertFrom-Json makes them.</summary>
    public static object? From(JsonElement element, Type type)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when typeof(IDictionary).IsAssignableFrom(type):
                // Names in any case, as in every hashtable of PowerShell.
                var table = new Hashtable(StringComparer.CurrentCultureIgnoreCase);
                foreach (JsonProperty member in element.EnumerateObject()) table[JsonValues.Name(member)] = From(member.Value, typeof(object));
                return table;
            case JsonValueKind.Object:
                var item = new PSObject();
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    string name = JsonValues.Name(member);
                    if (name.Length > 0 && item.Properties[name] is null) item.Properties.Add(new PSNoteProperty(name, From(member.Value, typeof(object))));
                }

                return item;
            case JsonValueKind.Array:
                Type inner = type.IsArray ? type.GetElementType()! : typeof(object);
                return element.EnumerateArray().Select(value => From(value, inner)).ToArray();
            case JsonValueKind.Number when element.TryGetInt32(out int whole):
                return whole;
            default:
                return JsonValues.ToClr(element);
        }
    }
}
