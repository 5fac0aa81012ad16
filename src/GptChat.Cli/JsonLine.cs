using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GptChat.Cli;

/// <summary>Objects of typed answers as other shells read them: one line of JSON each.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line; null for what is text anyway: strings, numbers, words.</summary>
    public static string? Of(PSObject item)
    {
        if (IsPlain(item.BaseObject)) return null;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options)) Write(writer, item);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static bool IsPlain(object value) => value is string or ValueType or Uri or Version;

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        object? plain = (value as PSObject)?.BaseObject ?? value;
        switch (plain)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case DateTime moment:
                writer.WriteStringValue(moment);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case IFormattable when plain.GetType().IsPrimitive && plain is not (char or double or float) || plain is decimal:
                writer.WriteRawValue(((IFormattable)plain).ToString(null, CultureInfo.InvariantCulture));
                break;
            case var _ when IsPlain(plain):
                writer.WriteStringValue(Convert.ToString(plain, CultureInfo.InvariantCulture));
                break;
            case IDictionary dictionary:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in dictionary) Member(writer, entry.Key.ToString()!, entry.Value);
                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (object? item in list) Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject();
                foreach (PSPropertyInfo property in PSObject.AsPSObject(value!).Properties) Member(writer, property.Name, property.Value);
                writer.WriteEndObject();
                break;
        }
    }

    private static void Member(Utf8JsonWriter writer, string name, object? value)
    {
        writer.WritePropertyName(name);
        Write(writer, value);
    }
}
