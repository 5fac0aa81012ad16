using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using System.Threading;
using GptChat.Wire;

namespace GptChat.Input;

/// <summary>
/// Writes PowerShell objects as JSON: for the model to read, and for parameters that take a hashtable where the protocol
/// wants an object. It needs neither ConvertTo-Json, which a hosted engine may lack, nor reflection.
/// </summary>
internal sealed class ObjectJson
{
    /// <summary>How deep a parameter's hashtable may nest; as deep as JSON readers go.</summary>
    private const int DeepestParameter = 60;

    private readonly string[]? _properties;
    private readonly int _depth;
    private readonly Action<string>? _verbose;
    private readonly CancellationToken _stop;
    private readonly string? _parameter;
    private bool _hasTold;

    /// <summary>Sets what is written.</summary>
    /// <param name="properties">The properties of the object itself, wildcards allowed; null for the usual ones.</param>
    /// <param name="depth">How deep objects inside objects are written; beyond it they become text.</param>
    /// <param name="verbose">Is told, once, which properties were left out.</param>
    /// <param name="stop">Fires when the user stops: what objects hold of other objects may have no end.</param>
    public ObjectJson(string[]? properties, int depth, Action<string> verbose, CancellationToken stop)
    {
        _verbose = verbose;
        _properties = properties;
        _depth = depth;
        _stop = stop;
    }

    private ObjectJson(string parameter)
    {
        _parameter = parameter;
        _depth = DeepestParameter;
    }

    /// <summary>One object as one line.</summary>
    public string ToLine(object item)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions)) Write(writer, item, 0);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>A parameter's value as the JSON that the protocol wants: a hashtable, an object, or text that is JSON already.</summary>
    /// <param name="value">What the user gave.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    /// <exception cref="GptChatException">It is neither.</exception>
    public static JsonElement ToElement(object value, string parameter)
    {
        object plain = (value as PSObject)?.BaseObject ?? value;
        if (plain is JsonElement element) return element;
        try
        {
            string json = plain is string text ? text : new ObjectJson(parameter).ToLine(value);
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException failure)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, parameter + " is not valid JSON: " + failure.Message, failure)
            {
                Hint = "Give a hashtable, or a JSON object as text.",
                Target = value,
            };
        }
    }

    private void Write(Utf8JsonWriter writer, object? item, int level)
    {
        _stop.ThrowIfCancellationRequested();
        object? plain = (item as PSObject)?.BaseObject ?? item;
        if (_parameter is not null) RequireData(plain, level);
        switch (plain)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case string or char:
                writer.WriteStringValue(plain.ToString());
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal when !plain.GetType().IsEnum:
                writer.WriteRawValue(((IFormattable)plain).ToString(null, CultureInfo.InvariantCulture));
                break;
            case double or float:
                WriteFloat(writer, Convert.ToDouble(plain, CultureInfo.InvariantCulture));
                break;
            case SwitchParameter given:
                writer.WriteBooleanValue(given.IsPresent);
                break;
            case JsonElement json:
                json.WriteTo(writer);
                break;
            case var _ when ScalarText.TryGet(plain, out string? text):
                writer.WriteStringValue(text);
                break;
            case IDictionary dictionary:
                WriteDictionary(writer, dictionary, level);
                break;
            case IEnumerable list:
                WriteList(writer, list, level);
                break;
            default:
                WriteObject(writer, PSObject.AsPSObject(item!), level);
                break;
        }
    }

    /// <summary>
    /// The protocol's objects are made of hashtables, not of what a command happens to output: a file would be sent as its
    /// properties, and those of its folders.
    /// </summary>
    private void RequireData(object? plain, int level)
    {
        if (level > DeepestParameter) throw Refused(" nests deeper than " + DeepestParameter + " levels", "Does it hold itself?", plain);
        bool isData = plain is null or PSCustomObject or IDictionary or JsonElement or SwitchParameter || plain.GetType().Assembly.IsDynamic || plain is IEnumerable and not string || ScalarText.TryGet(plain, out _);
        if (!isData) throw Refused(" holds a " + plain!.GetType().Name, "Give a hashtable, a [pscustomobject] or JSON as text; of a file its content: (Get-Content file -Raw).", plain);
    }

    private GptChatException Refused(string what, string hint, object? target) => new(GptErrorKind.InvalidParameter, _parameter + what) { Hint = hint, Target = target };

    /// <summary>JSON knows no NaN and no infinity; as text they are at least not lost.</summary>
    private static void WriteFloat(Utf8JsonWriter writer, double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number)) writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        else writer.WriteNumberValue(number);
    }

    private void WriteDictionary(Utf8JsonWriter writer, IDictionary dictionary, int level)
    {
        if (level > _depth)
        {
            writer.WriteStringValue(dictionary.ToString());
            return;
        }

        writer.WriteStartObject();
        foreach (DictionaryEntry entry in dictionary)
        {
            writer.WritePropertyName(entry.Key.ToString() ?? string.Empty);
            Write(writer, entry.Value, level + 1);
        }

        writer.WriteEndObject();
    }

    private void WriteList(Utf8JsonWriter writer, IEnumerable list, int level)
    {
        if (level > _depth + 1)
        {
            writer.WriteStringValue(list.ToString());
            return;
        }

        writer.WriteStartArray();
        foreach (object? item in list) Write(writer, item, level + 1);
        writer.WriteEndArray();
    }

    private void WriteObject(Utf8JsonWriter writer, PSObject item, int level)
    {
        if (level > _depth)
        {
            writer.WriteStringValue(item.ToString());
            return;
        }

        writer.WriteStartObject();
        var written = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (PSPropertyInfo property in ObjectProperties.Choose(item, level == 0 ? _properties : null, _depth))
        {
            if (!written.Add(property.Name) || !TryRead(property, out object? value)) continue;
            writer.WritePropertyName(property.Name);
            Write(writer, value, level + 1);
        }

        writer.WriteEndObject();
        if (level == 0) TellLeftOut(item, written);
    }

    /// <summary>An answer may miss what the model never saw: whoever looks for it finds it in the verbose text.</summary>
    private void TellLeftOut(PSObject item, HashSet<string> written)
    {
        if (_verbose is null || _hasTold || _properties is not null) return;
        string[] leftOut = item.Properties.Select(property => property.Name).Where(name => !written.Contains(name)).ToArray();
        if (leftOut.Length == 0) return;
        _hasTold = true;
        _verbose("Of objects such as the first, these properties are not sent: " + string.Join(", ", leftOut) + ". -Property or -Depth sends them.");
    }

    /// <summary>A property may throw when it is read (a process that has ended, a file that is gone): it is left out, the rest is not.</summary>
    private static bool TryRead(PSPropertyInfo property, out object? value)
    {
        try
        {
            value = property.Value;
            return true;
        }
        catch (GetValueException)
        {
            value = null;
            return false;
        }
    }
}
