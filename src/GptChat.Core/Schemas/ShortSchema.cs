using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace GptChat.Schemas;

/// <summary>
/// Reads the short form of a schema: <c>name, age int, tags string[], severity (low|medium|high)?: how bad</c>. Members are
/// separated by commas, or by line ends, and then a description may hold commas. <c>{…}</c> is an object, <c>[]</c> makes a list of what
/// stands before it, <c>?</c> says that there may be none.
/// </summary>
internal sealed class ShortSchema
{
    private const string Example = "It looks like 'name, age int, tags string[], severity (low|medium|high)?: how bad'; -Schema also takes a JSON schema as text, hashtable or file.";

    private static readonly Dictionary<string, (string Type, string? Format)> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["string"] = ("string", null), ["str"] = ("string", null), ["text"] = ("string", null),
        ["int"] = ("integer", null), ["integer"] = ("integer", null), ["long"] = ("integer", null),
        ["number"] = ("number", null), ["float"] = ("number", null), ["double"] = ("number", null), ["decimal"] = ("number", null),
        ["bool"] = ("boolean", null), ["boolean"] = ("boolean", null),
        ["datetime"] = ("string", "date-time"), ["date"] = ("string", "date"), ["time"] = ("string", "time"), ["timespan"] = ("string", "duration"), ["duration"] = ("string", "duration"),
        ["guid"] = ("string", "uuid"), ["uuid"] = ("string", "uuid"), ["uri"] = ("string", "uri"), ["url"] = ("string", "uri"), ["email"] = ("string", "email"),
        ["ipv4"] = ("string", "ipv4"), ["ipv6"] = ("string", "ipv6"), ["hostname"] = ("string", "hostname"),
    };

    private readonly string _text;
    private readonly bool _isStrict;
    private readonly bool _hasLines;
    private int _at;

    private ShortSchema(string text, bool isStrict)
    {
        _text = text;
        _isStrict = isStrict;
        _hasLines = text.Trim().IndexOf('\n') >= 0;
    }

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>The schema that a text means.</summary>
    /// <exception cref="GptChatException">It cannot be read; the message says where.</exception>
    public static JsonObject Parse(string text, bool isStrict)
    {
        var reader = new ShortSchema(text, isStrict);
        reader.SkipBlank(overLines: true);
        JsonObject schema = reader.IsWhole() ? reader.ReadWhole() : reader.ReadMembers('\0');
        reader.SkipBlank(overLines: true);
        return reader._at >= text.Length ? schema : throw reader.Unexpected("the end");
    }

    /// <summary>Whether the text is a type and not a list of members: it begins with a bracket, or is a word with brackets after it.</summary>
    private bool IsWhole()
    {
        if (Next is '(' or '{') return true;
        int end = _at;
        while (end < _text.Length && char.IsLetterOrDigit(_text[end])) end++;
        return Types.ContainsKey(_text.Substring(_at, end - _at)) && string.CompareOrdinal(_text, end, "[]", 0, 2) == 0;
    }

    private JsonObject ReadWhole()
    {
        (JsonObject schema, bool isOptional) = ReadType();
        if (isOptional) schema = SchemaNodes.Nullable(schema);
        SkipBlank(overLines: true);
        return Next == ':' ? SchemaNodes.Described(schema, ReadDescription('\0')) : schema;
    }

    private JsonObject ReadMembers(char end)
    {
        var members = new List<(string Name, JsonObject Schema, bool IsOptional)>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            while (SkipBlank(overLines: true) && Next == ',') _at++;
            if (Next == end || _at >= _text.Length) break;
            int start = _at;
            string name = ReadName();
            if (!names.Add(name)) throw Wrong("has the member '" + name + "' twice", start);
            members.Add(ReadMember(name, end));
        }

        if (members.Count == 0) throw Unexpected("a name");
        return SchemaNodes.Object(members, _isStrict);
    }

    private (string Name, JsonObject Schema, bool IsOptional) ReadMember(string name, char end)
    {
        SkipBlank(overLines: false);
        (JsonObject schema, bool isOptional) = Next is ',' or ':' or '?' or '[' or '\n' or '\0' || Next == end ? ReadSuffix(SchemaNodes.OfType("string")) : ReadType();
        SkipBlank(overLines: false);
        if (Next == ':') schema = SchemaNodes.Described(schema, ReadDescription(end));
        SkipBlank(overLines: false);
        if (!(Next is ',' or '\n' or '\0' || Next == end)) throw Unexpected("a comma");
        return (name, schema, isOptional);
    }

    private (JsonObject Schema, bool IsOptional) ReadType()
    {
        int start = _at;
        switch (Next)
        {
            case '(':
                return ReadSuffix(ReadWords());
            case '{':
                _at++;
                JsonObject inner = ReadMembers('}');
                if (Next != '}') throw Unexpected("'}'");
                _at++;
                return ReadSuffix(inner);
        }

        while (char.IsLetterOrDigit(Next) || Next == '-') _at++;
        string word = _text.Substring(start, _at - start);
        if (word.Length == 0) throw Unexpected("a type");
        if (!Types.TryGetValue(word, out (string Type, string? Format) known)) throw Wrong("has the type '" + word + "', and knows " + string.Join(", ", "string", "int", "number", "bool", "date", "datetime", "time", "timespan", "guid", "uri", "email", "hostname", "ipv4", "ipv6"), start);
        JsonObject schema = SchemaNodes.OfType(known.Type);
        if (known.Format is not null) schema[SchemaWords.Format] = known.Format;
        return ReadSuffix(schema);
    }

    private (JsonObject Schema, bool IsOptional) ReadSuffix(JsonObject schema)
    {
        while (true)
        {
            SkipBlank(overLines: false);
            if (Next == '?')
            {
                _at++;
                SkipBlank(overLines: false);
                if (Next != '[') return (schema, true);
                schema = SchemaNodes.Nullable(schema);
            }

            if (Next != '[') return (schema, false);
            _at++;
            SkipBlank(overLines: false);
            if (Next != ']') throw Unexpected("']'");
            _at++;
            schema = new JsonObject { [SchemaWords.Type] = "array", [SchemaWords.Items] = schema };
        }
    }

    private JsonObject ReadWords()
    {
        int start = _at;
        int end = _text.IndexOf(')', _at);
        if (end < 0) throw Wrong("has a '(' without a ')'", start);
        string[] words = _text.Substring(_at + 1, end - _at - 1).Split('|').Select(word => word.Trim().Trim('\'', '"')).ToArray();
        if (words.Any(word => word.Length == 0)) throw Wrong("has an empty word in its choices", start);
        if (words.Distinct(StringComparer.Ordinal).Count() < words.Length) throw Wrong("has a word twice in its choices", start);
        _at = end + 1;
        bool isWhole = words.All(word => long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        IEnumerable<JsonNode> values = isWhole ? words.Select(word => (JsonNode)long.Parse(word, CultureInfo.InvariantCulture)) : words.Select(word => (JsonNode)word);
        return new JsonObject { [SchemaWords.Type] = isWhole ? "integer" : "string", [SchemaWords.Enum] = new JsonArray(values.ToArray()) };
    }

    private string ReadDescription(char end)
    {
        _at++;
        var description = new StringBuilder();
        while (_at < _text.Length && Next != '\n' && Next != end && (_hasLines || Next != ',')) description.Append(_text[_at++]);
        return description.ToString().Trim().TrimEnd(',').TrimEnd();
    }

    private string ReadName()
    {
        int start = _at;
        while (char.IsLetterOrDigit(Next) || Next is '_' or '-' or '$' or '.') _at++;
        return _at > start ? _text.Substring(start, _at - start) : throw Unexpected("a name");
    }

    private bool SkipBlank(bool overLines)
    {
        while (_at < _text.Length && char.IsWhiteSpace(Next) && (overLines || Next != '\n')) _at++;
        return true;
    }

    private GptChatException Unexpected(string wanted) =>
        Wrong(_at < _text.Length ? "has '" + Next + "' where " + wanted + " should stand" : "ends where " + wanted + " should stand", _at);

    private GptChatException Wrong(string problem, int at) => new(GptErrorKind.InvalidParameter, string.Format(CultureInfo.InvariantCulture, "-Schema {0}, at character {1}", problem, at + 1))
    {
        Hint = Example + " Nothing was sent.",
        Target = _text,
    };
}
