using System.Globalization;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>Writes fractions as people write them: in the fewest digits that give the same number back.</summary>
internal static class ShortNumber
{
    /// <summary>Writes a value.</summary>
    /// <exception cref="System.ArgumentException">It is not finite.</exception>
    public static void WriteShortNumberValue(this Utf8JsonWriter writer, double value)
    {
#if !NET
        // .NET Framework would make 0.20000000000000001 of 0.2. Its shortest form is wrong for some numbers, and then not taken.
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double again) && again.Equals(value) && !double.IsNaN(value) && !double.IsInfinity(value))
        {
            writer.WriteRawValue(text, skipInputValidation: true);
            return;
        }
#endif
        writer.WriteNumberValue(value);
    }
}
