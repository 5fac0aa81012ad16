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
internal sealed class ObjectJson : IObjectFormat
{
    /// <summary>How much of one object is sent: more than any model reads. Past it the object is cut where that can be seen.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>How many items of a list inside an object are sent.</summary>
    public const int MostItems = 1000;

    /// <summary>How deep a parameter's hashtable may nest; as deep as JSON readers go.</summary>
    private const int DeepestParameter = 60;

    private const int MostParameterBytes = 64 * 1024 * 1024;
    private const string More = "… more, not sent";
    private const string Itself = "(holds itself)";

    private readonly ObjectReader _reader;
    private readonly int _depth;
    private readonly Action<string>? _warn;
    private readonly CancellationToken _stop;
    private readonly string? _parameter;
    private readonly Stack<object> _around = new();
    private bool _hasWarned;

    /// <summary>Sets what is written.</summary>
    /// <param name="properties">What is sent of the object itself, as Select-Object takes it; null for the usual properties.</param>
    /// <param name="depth">How deep objects inside objects are written; beyond it they become text.</param>
    /// <param name="verbose">Is told, once, which properties were left out.</param>
    /// <param name="stop">Fires when the user stops: what objects hold of other objects may have no end.</param>
    /// <param name="warn">Is told, once, that an object was too large to be sent whole.</param>
    public ObjectJson(object[]? properties, int depth, Action<string>? verbose, CancellationToken stop, Action<string>? warn = null)
    {
        _reader = new ObjectReader(PropertyChoice.From(properties), depth, verbose);
        _depth = depth;
        _stop = stop;
        _warn = warn;
    }

    private ObjectJson(string parameter)
    {
        _reader = new ObjectReader(null, DeepestParameter, null);
        _parameter = parameter;
        _depth = DeepestParameter;
    }

    /// <inheritdoc/>
    public ObjectReader Reader => _reader;

    /// <inheritdoc/>
    public bool IsBlock => false;

    /// <inheritdoc/>
    public string Write(PSObject item) => ToLine(item);

    /// <inheritdoc/>
    public void Break()
    {
    }

    /// <summary>One object as one line.</summary>
    public string ToLine(object? item) => Line(item, 0);

    /// <summary>A value inside an object as one line.</summary>
    public string ToInnerLine(object? value) => Line(value, 1);

    /// <summary>A text, cut where that can be seen if it is more than one object may be.</summary>
    public string Cut(string text) => Cut(text, MostBytes);

    /// <summary>What stands where a list was cut.</summary>
    public string TellCut()
    {
        WarnOfCut();
        return More;
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

    private string Line(object? item, int level)
    {
        _around.Clear();
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions)) Write(writer, item, level);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void Write(Utf8JsonWriter writer, object? item, int level)
    {
        _stop.ThrowIfCancellationRequested();
        object? plain = (item as PSObject)?.BaseObject ?? item;
        if (_parameter is not null) RequireData(plain, level);
        switch (plain)
        {
            case null or DBNull:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case string or char:
                WriteText(writer, plain.ToString()!);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                writer.WriteRawValue(((IFormattable)plain).ToString(null, CultureInfo.InvariantCulture));
                break;
            case double or float:
                WriteFloat(writer, Convert.ToDouble(plain, CultureInfo.InvariantCulture));
                break;
            case SwitchParameter given:
                writer.WriteBooleanValue(given.IsPresent);
                break;
            case JsonElement json when Left(writer) > json.GetRawText().Length:
                json.WriteTo(writer);
                break;
            case var _ when Secrets.IsOne(item):
                writer.WriteStringValue(Secrets.Shown);
                break;
            case var _ when InnerText.TryGet(plain, level, out string? text) || ScalarText.TryGet(plain, out text):
                WriteText(writer, text);
                break;
            default:
                WriteParts(writer, PSObject.AsPSObject(item!), plain, level);
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
        bool isData = plain is null or PSCustomObject or IDictionary or JsonElement or SwitchParameter || NamedValues.IsOfClass(plain) || plain is IEnumerable and not string || ScalarText.TryGet(plain, out _);
        if (!isData) throw Refused(" holds " + Kind.Of(plain), "Give a hashtable, a [pscustomobject] or JSON as text; of a file its content: (Get-Content file -Raw).", plain);
    }

    private GptChatException Refused(string what, string hint, object? target) => new(GptErrorKind.InvalidParameter, _parameter + what) { Hint = hint, Target = target };

    /// <summary>JSON knows no NaN and no infinity; as text they are at least not lost.</summary>
    private static void WriteFloat(Utf8JsonWriter writer, double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number)) writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        else writer.WriteShortNumberValue(number);
    }

    private void WriteText(Utf8JsonWriter writer, string text) => writer.WriteStringValue(Cut(text, Left(writer)));

    private string Cut(string text, int left)
    {
        if (text.Length <= left) return text;
        WarnOfCut();
        int kept = left > 0 && char.IsHighSurrogate(text[left - 1]) ? left - 1 : left;
        return text.Substring(0, kept) + "… " + (text.Length - kept).ToString(CultureInfo.InvariantCulture) + " more characters, not sent";
    }

    private void WriteParts(Utf8JsonWriter writer, PSObject item, object plain, int level)
    {
        // All custom objects have one and the same base.
        object identity = plain is PSCustomObject ? item : plain;
        IDictionary? entries = plain as IDictionary;
        IEnumerable? list = entries is null ? plain as IEnumerable ?? DataTables.Rows(plain) : null;
        bool isTooDeep = level > (list is null ? _depth : _depth + 1);
        if (isTooDeep || plain is JsonElement) WriteText(writer, SafeValue.Text(item));
        else if (_around.Any(outer => ReferenceEquals(outer, identity))) WriteAround(writer, plain);
        else
        {
            _around.Push(identity);
            if (list is not null) WriteList(writer, list, level);
            else if (entries is not null && !(level == 0 && _reader.HasChoice)) WriteMembers(writer, ObjectProperties.Entries(entries), level);
            else WriteFields(writer, item, level);
            _around.Pop();
        }
    }

    private void WriteAround(Utf8JsonWriter writer, object plain)
    {
        if (_parameter is not null) throw Refused(" holds itself", "Take the part out that leads back.", plain);
        writer.WriteStringValue(Itself);
    }

    private void WriteFields(Utf8JsonWriter writer, PSObject item, int level)
    {
        List<ObjectField> fields = _reader.Read(item, level == 0);

        // Of an object without properties its text is all there is; what a script made may be empty on purpose.
        bool mayBeEmpty = _parameter is not null || item.BaseObject is PSCustomObject || (level == 0 && _reader.HasChoice);
        if (fields.Count == 0 && !mayBeEmpty) WriteText(writer, SafeValue.Text(item));
        else WriteMembers(writer, fields.Select(field => (field.Name, field.Value)), level);
    }

    private void WriteMembers(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> members, int level)
    {
        writer.WriteStartObject();
        int count = 0;
        foreach ((string name, object? value) in members)
        {
            if (IsFull(writer, name.Length) || (level > 0 && ++count > MostItems && _parameter is null))
            {
                WarnOfCut();
                writer.WriteString("…", More);
                break;
            }

            writer.WritePropertyName(name);
            Write(writer, value, level + 1);
        }

        writer.WriteEndObject();
    }

    private void WriteList(Utf8JsonWriter writer, IEnumerable list, int level)
    {
        writer.WriteStartArray();
        int count = 0;
        foreach (object? item in SafeValue.Items(list))
        {
            if (IsFull(writer, 0) || (level > 0 && count >= MostItems && _parameter is null))
            {
                WarnOfCut();
                writer.WriteStringValue(list is ICollection { Count: var all } && all > count ? "… " + (all - count).ToString(CultureInfo.InvariantCulture) + " more, not sent" : More);
                break;
            }

            Write(writer, item, level + 1);
            count++;
        }

        writer.WriteEndArray();
    }

    /// <summary>How many characters the object may still have.</summary>
    private int Left(Utf8JsonWriter writer) =>
        _parameter is not null ? int.MaxValue : (int)Math.Max(0, MostBytes - writer.BytesCommitted - writer.BytesPending);

    private bool IsFull(Utf8JsonWriter writer, int coming)
    {
        if (_parameter is null) return Left(writer) <= coming;
        if (writer.BytesCommitted + writer.BytesPending < MostParameterBytes) return false;
        throw Refused(" is larger than " + (MostParameterBytes / (1024 * 1024)) + " MiB", "Does a list in it have no end?", null);
    }

    private void WarnOfCut()
    {
        if (_hasWarned || _warn is null) return;
        _hasWarned = true;
        _warn("An object is too large to be sent whole: the model is shown where it was cut. -Property chooses what is sent, a lower -Depth sends less of what it holds.");
    }
}
