using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Text.Json.Nodes;
using GptChat.Errors;
using GptChat.Schemas;

namespace GptChat.Typing;

/// <summary>Makes the JSON schema of a type of .NET or PowerShell.</summary>
internal sealed class TypeSchema
{
    private readonly bool _isStrict;
    private readonly Type _root;
    private readonly Dictionary<Type, int> _uses = new();
    private readonly Dictionary<Type, string> _names = new();
    private readonly JsonObject _definitions = new();

    private TypeSchema(Type root, bool isStrict)
    {
        _root = root;
        _isStrict = isStrict;
    }

    /// <summary>The schema of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isStrict">Whether strict mode is to take it: then a dictionary becomes a list of pairs, and what is optional is null.</param>
    /// <exception cref="GptChatException">The type cannot come from JSON, or says nothing about what it holds.</exception>
    public static JsonObject Of(Type type, bool isStrict)
    {
        TypeShape shape = TypeShape.Of(type);
        if (shape.Kind == ShapeKind.Anything || (shape.Kind == ShapeKind.List && TypeShape.Of(shape.Inner!).Kind == ShapeKind.Anything))
        {
            throw Refused(type, "it says nothing about what the answer holds", "Give a class with the members that you want, or a -Schema such as 'name, age int'.");
        }

        var schema = new TypeSchema(type, isStrict);
        schema.Count(type, string.Empty);
        JsonObject root = schema.Write(type, isRoot: true);
        if (schema._definitions.Count > 0) root[SchemaWords.Definitions] = schema._definitions;
        return root;
    }

    /// <summary>Whether a type holds classes of PowerShell, whose code runs in the runspace that defined them.</summary>
    public static bool HasScript(Type type) => HasScript(type, new HashSet<Type>());

    private static bool HasScript(Type type, HashSet<Type> seen)
    {
        TypeShape shape = TypeShape.Of(type);
        if (shape.Kind is ShapeKind.List or ShapeKind.Map) return HasScript(shape.Inner!, seen);
        if (shape.Kind != ShapeKind.Object || !seen.Add(shape.Type)) return false;
        return shape.Type.Assembly.IsDynamic || TypeMember.Of(shape.Type).Any(member => HasScript(member.Property.PropertyType, seen));
    }

    /// <summary>Counts how often each class is used: one that is used twice, by itself for instance, is written once and referred to.</summary>
    private void Count(Type type, string path)
    {
        TypeShape shape = TypeShape.Of(type);
        switch (shape.Kind)
        {
            case ShapeKind.List:
                Count(shape.Inner!, path + "[]");
                break;
            case ShapeKind.Map:
                if (TypeShape.Of(shape.Key!) is not { Kind: ShapeKind.Word } && shape.Key != typeof(string)) throw Refused(type, "its keys are " + TypeShape.NameOf(shape.Key!), "Names in JSON are text: take string or an enum for the keys.", path);
                Count(shape.Inner!, path + "[]");
                break;
            case ShapeKind.Object:
                _uses.TryGetValue(shape.Type, out int uses);
                _uses[shape.Type] = uses + 1;
                if (uses > 0) break;
                RequireFillable(shape.Type, path);
                foreach (TypeMember member in TypeMember.Of(shape.Type)) Count(member.Property.PropertyType, path.Length == 0 ? member.Name : path + "." + member.Name);
                break;
        }
    }

    private static void RequireFillable(Type type, string path)
    {
        if (type.IsAbstract || type.IsInterface) throw Refused(type, "it is " + (type.IsInterface ? "an interface" : "abstract") + ", so that no object of it can be made", "Take a class.", path);
        if (type.IsArray || type.IsPointer || typeof(Delegate).IsAssignableFrom(type)) throw Refused(type, "no JSON can say it", "Take a class, a list or a plain value.", path);
        if (!type.IsValueType && type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw Refused(type, "it has no constructor without parameters, so that no object of it can be made before it is filled", type.Assembly.IsDynamic ? "Add one: " + type.Name.Split('`')[0] + "() { }." : "Take a class of your own with the members that you want.", path);
        }

        if (TypeMember.Of(type).Count == 0) throw Refused(type, "it has no member that could be filled in", "Public properties that can be set are filled; hidden and static ones are not.", path);
    }

    private JsonObject Write(Type type, bool isRoot = false)
    {
        TypeShape shape = TypeShape.Of(type);
        JsonObject schema = shape.Kind switch
        {
            ShapeKind.Scalar => Scalar(shape.Type),
            ShapeKind.Word => Words(shape.Type),
            ShapeKind.Words => new JsonObject { [SchemaWords.Type] = "array", [SchemaWords.Items] = Words(shape.Type), [SchemaWords.OwnWhole] = true },
            ShapeKind.List => List(shape),
            ShapeKind.Map => Map(shape),
            ShapeKind.Object => isRoot || _uses[shape.Type] == 1 ? Members(shape.Type) : Reference(shape.Type),
            _ => new JsonObject(),
        };
        return shape.IsNullable && shape.Kind != ShapeKind.Anything ? SchemaNodes.Nullable(schema) : schema;
    }

    private JsonObject Reference(Type type)
    {
        if (type == _root) return new JsonObject { [SchemaWords.Ref] = "#" };
        if (!_names.TryGetValue(type, out string? name))
        {
            string plain = new(type.Name.Split('`')[0].Where(char.IsLetterOrDigit).ToArray());
            name = plain;
            for (int i = 2; _names.ContainsValue(name); i++) name = plain + i;
            _names.Add(type, name);
            _definitions[name] = Members(type);
        }

        return new JsonObject { [SchemaWords.Ref] = "#/" + SchemaWords.Definitions + "/" + name };
    }

    private JsonObject Members(Type type)
    {
        JsonObject schema = SchemaNodes.Object(TypeMember.Of(type).Select(member => (member.Name, Member(member), member.IsOptional || IsEndless(member, type, new HashSet<Type>()))), _isStrict);
        SchemaNodes.Describe(schema, TypeMember.DescriptionOf(type));
        return schema;
    }

    /// <summary>Whether a member must hold its own class again, at once or through others: unless it may be null, no answer comes to an end.</summary>
    private static bool IsEndless(TypeMember member, Type owner, HashSet<Type> seen)
    {
        TypeShape shape = TypeShape.Of(member.Property.PropertyType);
        if (member.IsOptional || shape.Kind != ShapeKind.Object) return false;
        return shape.Type == owner || (seen.Add(shape.Type) && TypeMember.Of(shape.Type).Any(inner => IsEndless(inner, owner, seen)));
    }

    private JsonObject Member(TypeMember member)
    {
        // What may be null is said of the whole, after its rules.
        JsonObject schema = Write(Nullable.GetUnderlyingType(member.Property.PropertyType) ?? member.Property.PropertyType);
        MemberRules.Apply(schema, member.Property);
        return SchemaNodes.Described(schema, TypeMember.DescriptionOf(member.Property));
    }

    private JsonObject List(TypeShape shape)
    {
        var list = new JsonObject { [SchemaWords.Type] = "array", [SchemaWords.Items] = Write(shape.Inner!) };
        if (typeof(ISet<>).MakeGenericType(shape.Inner!).IsAssignableFrom(shape.Type)) SchemaNodes.Describe(list, "Each only once.");
        return list;
    }

    /// <summary>Strict mode has no objects whose names are not known: there a dictionary travels as a list of pairs.</summary>
    private JsonObject Map(TypeShape shape)
    {
        if (!_isStrict)
        {
            var open = new JsonObject { [SchemaWords.Type] = "object", [SchemaWords.Additional] = Write(shape.Inner!) };
            if (shape.Key!.IsEnum) SchemaNodes.Describe(open, "Its names are of: " + string.Join(", ", Enum.GetNames(shape.Key)) + ".");
            return open;
        }

        JsonObject pair = SchemaNodes.Object(new[] { (MapPairs.Key, Write(shape.Key!), false), (MapPairs.Value, Write(shape.Inner!), false) }, true);
        return new JsonObject { [SchemaWords.Type] = "array", [SchemaWords.Items] = pair, [SchemaWords.OwnMap] = true, [SchemaWords.OwnWhole] = true };
    }

    private static JsonObject Words(Type type)
    {
        JsonObject schema = SchemaNodes.OfType("string");
        schema[SchemaWords.Enum] = new JsonArray(Enum.GetNames(type).Select(name => (JsonNode)name).ToArray());
        schema[SchemaWords.OwnIgnoreCase] = true;
        string[] meanings = type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (field.Name, Text: TypeMember.DescriptionOf(field))).Where(word => word.Text is not null).Select(word => word.Name + ": " + word.Text).ToArray();
        if (meanings.Length > 0) SchemaNodes.Describe(schema, string.Join("; ", meanings));
        return schema;
    }

    private static JsonObject Scalar(Type type)
    {
        (string kind, string? format, string? own, string? words) = ScalarWords(type);
        JsonObject schema = SchemaNodes.OfType(kind);
        if (format is not null) schema[SchemaWords.Format] = format;
        if (own is not null) schema[SchemaWords.OwnFormat] = own;
        if (type == typeof(char))
        {
            schema["minLength"] = 1;
            schema["maxLength"] = 1;
        }

        SchemaNodes.Describe(schema, words);
        return schema;
    }

    private static (string Kind, string? Format, string? Own, string? Words) ScalarWords(Type type)
    {
        if (type == typeof(bool) || type.Name == "SwitchParameter") return ("boolean", null, null, null);
        if (type == typeof(BigInteger)) return ("integer", null, null, null);
        if (type == typeof(float)) return ("number", null, "float", null);
        if (type == typeof(double)) return ("number", null, "double", null);
        if (type == typeof(decimal)) return ("number", null, "decimal", null);
        if (type.IsPrimitive && type != typeof(char)) return ("integer", null, (type.Name[0] == 'U' || type == typeof(byte) ? "uint" : "int") + (8 * System.Runtime.InteropServices.Marshal.SizeOf(type)), null);
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset)) return ("string", "date-time", null, null);
        if (type == typeof(TimeSpan)) return ("string", "duration", null, null);
        if (type == typeof(Guid)) return ("string", "uuid", null, null);
        if (type == typeof(Uri)) return ("string", null, "uri", "An absolute URI.");
        if (type == typeof(Version)) return ("string", null, "version", "A version such as 1.2.3.");
        if (type == typeof(System.Net.IPAddress)) return ("string", null, "ip", "An IP address.");
        if (type == typeof(byte[])) return ("string", null, "byte", "Bytes as Base64.");
        return type.Name switch
        {
            "DateOnly" => ("string", "date", null, null),
            "TimeOnly" => ("string", "time", null, null),
            _ => ("string", null, null, null),
        };
    }

    private static GptChatException Refused(Type type, string problem, string hint, string path = "") =>
        new(GptErrorKind.InvalidParameter, "-As cannot make " + Article.With(TypeShape.NameOf(type)) + (path.Length == 0 ? string.Empty : " (of '" + path + "')") + ": " + problem) { Hint = hint + " Nothing was sent.", Target = type };
}
