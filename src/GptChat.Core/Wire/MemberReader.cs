using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GptChat.Wire;

/// <summary>
/// What the readers share that go through an answer by hand. The serializer's own way costs a first call several hundred methods
/// to be compiled, and a stream twice the time; what is rare in an answer is left to it all the same.
/// </summary>
internal static class MemberReader
{
    private static readonly RepeatedStringConverter RepeatedString = new();
    private static readonly LenientStringConverter LenientString = new();
    private static readonly LenientInt64Converter LenientInt64 = new();
    private static readonly TextMapConverter TextMap = new();
    private static readonly LogprobsConverter LogprobsObject = new();

    /// <summary>Moves to the name of the next member; false at the end of the object.</summary>
    public static bool Next(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the member has this name; if so the reader moves to its value.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    /// <summary>Moves to the next element; false at the end of the array.</summary>
    public static bool NextElement(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Stops where the value is another than it must be.</summary>
    /// <exception cref="JsonException">It is.</exception>
    public static void Require(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type) throw new JsonException("An answer does not have the shape of one.");
    }

    /// <summary>Keeps a member that is not known.</summary>
    public static Dictionary<string, JsonElement> Keep(Dictionary<string, JsonElement>? members, ref Utf8JsonReader reader)
    {
        string name = Name(ref reader);
        reader.Read();
        members ??= new Dictionary<string, JsonElement>();
        members[name] = JsonElement.ParseValue(ref reader);
        return members;
    }

    /// <summary>The name of a member; half a surrogate pair in it, or bytes that are no UTF-8, become replacement characters.</summary>
    private static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            string raw = Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
            string name = reader.ValueIsEscaped ? LenientStringConverter.Unescape(raw) : raw;
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));
        }
    }

    /// <summary>Where the value stands, which is no object and no array.</summary>
    public static JsonPlace Place(ref Utf8JsonReader reader) => new((int)reader.TokenStartIndex, (int)reader.BytesConsumed);

    /// <summary>A text that a model wrote.</summary>
    public static string? Text(ref Utf8JsonReader reader) => LenientString.Read(ref reader, typeof(string), WireJson.Default.Options);

    /// <summary>A text that is the same in answer after answer.</summary>
    public static string? Repeated(ref Utf8JsonReader reader) => RepeatedString.Read(ref reader, typeof(string), WireJson.Default.Options);

    /// <summary>A whole number.</summary>
    public static long Whole(ref Utf8JsonReader reader) => LenientInt64.Read(ref reader, typeof(long), WireJson.Default.Options);

    /// <summary>Texts by name.</summary>
    public static Dictionary<string, string>? Texts(ref Utf8JsonReader reader) => TextMap.Read(ref reader, typeof(Dictionary<string, string>), WireJson.Default.Options);

    /// <summary>How likely each token was.</summary>
    public static GptLogprobs? Logprobs(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : LogprobsObject.Read(ref reader, typeof(GptLogprobs), WireJson.Default.Options);

    /// <summary>Left to the serializer; but null, which is all that most answers have here, is not worth the call.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="type">Asked for only when it is needed: what the serializer knows of a type is work to make.</param>
    public static T? Rare<T>(ref Utf8JsonReader reader, Func<JsonTypeInfo<T>> type)
        where T : class => reader.TokenType == JsonTokenType.Null ? null : JsonSerializer.Deserialize(ref reader, type());

    /// <summary>Left to the serializer too, unless it is empty, as in most answers.</summary>
    public static List<T>? RareList<T>(ref Utf8JsonReader reader, Func<JsonTypeInfo<List<T>>> type)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            Utf8JsonReader ahead = reader;
            if (!NextElement(ref ahead))
            {
                reader = ahead;
                return new List<T>();
            }
        }

        return Rare(ref reader, type);
    }
}
