using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>Reads a whole number that some servers send as a float (<c>1777319575.0</c>), as text or as null (then 0).</summary>
internal sealed class LenientInt64Converter : JsonConverter<long>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetInt64(out long whole):
                return whole;
            case JsonTokenType.Number:
                // .NET Framework refuses what is out of range, where .NET says that it is infinite; neither may cost the answer.
                return reader.TryGetDouble(out double value) ? Whole(value) : 0;
            case JsonTokenType.String when double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed):
                return Whole(parsed);
            default:
                reader.Skip();
                return 0;
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    // A cast from a double out of range is undefined before .NET 9, so the range is checked first.
    private static long Whole(double value) => value is > -9e18 and < 9e18 ? (long)value : 0;
}
