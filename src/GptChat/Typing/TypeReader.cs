using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Text.Json;
using GptChat.Errors;
using GptChat.Schemas;
using GptChat.Wire;

namespace GptChat.Typing;

/// <summary>
/// Makes objects of a type out of JSON that fits its schema. It runs on the pipeline thread, since the constructors and setters of
/// PowerShell classes need its runspace.
/// </summary>
internal static class TypeReader
{
    /// <summary>The value as an object of the type.</summary>
    /// <exception cref="GptChatException">The type itself refuses it.</exception>
    public static object? Read(Type type, JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        TypeShape shape = TypeShape.Of(type);
        switch (shape.Kind)
        {
            case ShapeKind.Scalar:
                return Scalar(shape.Type, value, path);
            case ShapeKind.Word:
                return Word(shape.Type, value, path);
            case ShapeKind.Words:
                string words = string.Join(",", value.EnumerateArray().Select(word => word.GetString()));
                return words.Length == 0 ? Enum.ToObject(shape.Type, 0) : Enum.Parse(shape.Type, words, ignoreCase: true);
            case ShapeKind.List:
                return List(shape, value, path);
            case ShapeKind.Map:
                return Map(shape, value, path);
            case ShapeKind.Object:
                return Object(shape.Type, value, path);
            default:
                return LanguagePrimitives.TryConvertTo(PlainReader.Read(value, path), type, CultureInfo.InvariantCulture, out object converted) ? converted : throw Mismatch(path, "cannot become " + Article.With(TypeShape.NameOf(type)), null);
        }
    }

    private static object Object(Type type, JsonElement value, string path)
    {
        object made = Try(() => Activator.CreateInstance(type)!, path, "could not be made: the constructor of " + type.Name + " failed");
        foreach (TypeMember member in TypeMember.Of(type))
        {
            if (!value.TryGetProperty(member.Name, out JsonElement given)) continue;
            string inner = path.Length == 0 ? member.Name : path + "." + member.Name;
            object? content = Read(member.Property.PropertyType, given, inner);
            if (content is null && member.Property.PropertyType.IsValueType && Nullable.GetUnderlyingType(member.Property.PropertyType) is null) continue;
            Try<object?>(
                () =>
                {
                    member.Property.SetValue(made, content);
                    return null;
                },
                inner,
                "was refused by " + type.Name);
        }

        return made;
    }

    private static object List(TypeShape shape, JsonElement value, string path)
    {
        Type inner = shape.Inner!;
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(inner))!;
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray()) items.Add(Read(inner, item, path + "[" + index++ + "]"));
        if (shape.Type.IsArray)
        {
            Array array = Array.CreateInstance(inner, items.Count);
            items.CopyTo(array, 0);
            return array;
        }

        if (shape.Type.IsInstanceOfType(items)) return items;
        Type concrete = shape.Type.IsInterface ? typeof(HashSet<>).MakeGenericType(inner) : shape.Type;
        return Try(() => Activator.CreateInstance(concrete, items)!, path, "could not become " + Article.With(TypeShape.NameOf(concrete)));
    }

    private static object Map(TypeShape shape, JsonElement value, string path)
    {
        Type concrete = shape.Type.IsInterface ? typeof(Dictionary<,>).MakeGenericType(shape.Key!, shape.Inner!) : shape.Type;
        var map = (IDictionary)Activator.CreateInstance(concrete)!;
        foreach ((string key, JsonElement inner) in Pairs(value))
        {
            object? name = shape.Key == typeof(string) ? key : Enum.TryParseName(shape.Key!, key) ?? throw Mismatch(path, "has the name '" + key + "', which is none of " + string.Join(", ", System.Enum.GetNames(shape.Key!)), null);
            map[name] = Read(shape.Inner!, inner, path.Length == 0 ? key : path + "." + key);
        }

        return map;
    }

    private static IEnumerable<(string Key, JsonElement Value)> Pairs(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select(pair => (JsonValues.String(pair.GetProperty(MapPairs.Key)), pair.GetProperty(MapPairs.Value)))
        : value.EnumerateObject().Select(member => (JsonValues.Name(member), member.Value));

    private static object Word(Type type, JsonElement value, string path) =>
        Enum.TryParseName(type, JsonValues.String(value)) ?? throw Mismatch(path, "is none of " + string.Join(", ", System.Enum.GetNames(type)), null);

    private static object Scalar(Type type, JsonElement value, string path)
    {
        if (type == typeof(bool)) return value.GetBoolean();
        if (type == typeof(SwitchParameter)) return new SwitchParameter(value.GetBoolean());
        if (value.ValueKind == JsonValueKind.Number) return Try(() => Number(type, value), path, "does not fit into " + type.Name);
        string text = JsonValues.String(value);
        return type == typeof(string) ? text : Try(() => Text(type, text), path, "is '" + text + "', which is no " + type.Name);
    }

    private static object Number(Type type, JsonElement value)
    {
        if (type == typeof(double)) return JsonNumber.ToDouble(value);
        if (type == typeof(float)) return (float)JsonNumber.ToDouble(value);
        if (type == typeof(BigInteger)) return value.TryGetDecimal(out decimal exact) && Math.Abs(exact) < 1e27m ? new BigInteger(exact) : BigInteger.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
        return Convert.ChangeType(value.GetDecimal(), type, CultureInfo.InvariantCulture);
    }

    private static object Text(Type type, string text)
    {
        if (type == typeof(char)) return text[0];
        if (type == typeof(DateTime)) return SchemaFormats.TryDateTime(text, out DateTime moment) ? moment : throw new FormatException(text);
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (type == typeof(TimeSpan)) return SchemaFormats.TryDuration(text, out TimeSpan span) ? span : throw new FormatException(text);
        if (type == typeof(Guid)) return Guid.Parse(text);
        if (type == typeof(Uri)) return new Uri(text, UriKind.Absolute);
        if (type == typeof(Version)) return Version.Parse(text);
        if (type == typeof(IPAddress)) return IPAddress.Parse(text);
        if (type == typeof(byte[])) return Convert.FromBase64String(text);
#if NET
        if (type == typeof(DateOnly)) return DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (type == typeof(TimeOnly)) return SchemaFormats.TryTime(text, out TimeSpan time) ? TimeOnly.FromTimeSpan(time) : throw new FormatException(text);
#endif
        throw new FormatException(text);
    }

    /// <summary>
    /// Runs code that is not ours: constructors, setters, parsers. What it throws means that the value does not fit, except for what
    /// stops or leaves the pipeline.
    /// </summary>
    private static T Try<T>(Func<T> make, string path, string problem)
    {
        try
        {
            return make();
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not (PipelineStoppedException or FlowControlException or null))
        {
            throw Mismatch(path, problem + ": " + failure.InnerException.Message, failure.InnerException);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(failure.InnerException).Throw();
            throw;
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or InvalidCastException or ArgumentException or RuntimeException and not PipelineStoppedException)
        {
            throw Mismatch(path, problem, failure);
        }
    }

    internal static GptChatException Mismatch(string path, string problem, Exception? inner) => new(GptErrorKind.SchemaMismatch, "The answer cannot be used: " + (path.Length == 0 ? "it" : path) + " " + problem, inner)
    {
        Hint = "Its text is in the error's PartialText.",
    };

    /// <summary>Enums by the names of their values, and by nothing else: a number would pass as a value that has no name.</summary>
    private static class Enum
    {
        public static object? TryParseName(Type type, string name)
        {
            string? known = System.Enum.GetNames(type).FirstOrDefault(word => string.Equals(word, name, StringComparison.Ordinal)) ?? System.Enum.GetNames(type).FirstOrDefault(word => string.Equals(word, name, StringComparison.OrdinalIgnoreCase));
            return known is null ? null : System.Enum.Parse(type, known);
        }

        public static object ToObject(Type type, int value) => System.Enum.ToObject(type, value);

        public static object Parse(Type type, string words, bool ignoreCase) => System.Enum.Parse(type, words, ignoreCase);
    }
}
