using System;
using System.Collections.Generic;

namespace GptChat.Schemas;

/// <summary>The keywords of JSON Schema, by what is done with them here.</summary>
internal static class SchemaWords
{
    public const string Type = "type";
    public const string Properties = "properties";
    public const string Required = "required";
    public const string Additional = "additionalProperties";
    public const string Items = "items";
    public const string AnyOf = "anyOf";
    public const string OneOf = "oneOf";
    public const string Enum = "enum";
    public const string Const = "const";
    public const string Ref = "$ref";
    public const string Definitions = "$defs";
    public const string OldDefinitions = "definitions";
    public const string Description = "description";
    public const string Format = "format";
    public const string Pattern = "pattern";
    public const string Null = "null";

    /// <summary>Keywords of this program begin so; they are checked on the answer and never sent.</summary>
    public const string Own = "x-gptchat-";

    /// <summary>A form that .NET wants and JSON Schema has no name for.</summary>
    public const string OwnFormat = Own + "format";

    /// <summary>Whether words are compared in any case, as ValidateSet, ValidatePattern and enums do.</summary>
    public const string OwnIgnoreCase = Own + "ignore-case";

    /// <summary>An array of pairs that stands for a dictionary.</summary>
    public const string OwnMap = Own + "map";

    /// <summary>An array that is one value and not a list of answers.</summary>
    public const string OwnWhole = Own + "whole";

    /// <summary>A rule that the model is not told of and that only the class itself checks.</summary>
    public const string OwnUnsaid = Own + "unsaid";

    /// <summary>What the answer is checked for.</summary>
    public static readonly HashSet<string> Checked = new(StringComparer.Ordinal)
    {
        Type, Properties, Required, Additional, Items, AnyOf, OneOf, "allOf", "not", Enum, Const, Ref, Format, Pattern,
        "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
    };

    /// <summary>What says something to readers and forbids nothing.</summary>
    public static readonly HashSet<string> Notes = new(StringComparer.Ordinal)
    {
        "title", Description, "default", "examples", "$schema", "$id", "$comment", Definitions, OldDefinitions, "deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType",
    };

    /// <summary>What strict mode takes, beside notes.</summary>
    public static readonly HashSet<string> Strict = new(StringComparer.Ordinal)
    {
        Type, Properties, Required, Additional, Items, AnyOf, Enum, Const, Ref, Format, Pattern, Definitions, OldDefinitions, "title", Description,
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems",
    };

    /// <summary>What strict mode refuses and cannot do without: leaving it out would change what is asked for.</summary>
    public static readonly HashSet<string> Structural = new(StringComparer.Ordinal)
    {
        "allOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "dependencies", "patternProperties", "propertyNames",
        "prefixItems", "contains", "unevaluatedItems", "unevaluatedProperties", "$dynamicRef", "$recursiveRef",
    };

    /// <summary>The formats that strict mode takes.</summary>
    public static readonly HashSet<string> StrictFormats = new(StringComparer.Ordinal)
    {
        "date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid",
    };
}
