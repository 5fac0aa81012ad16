using System;
using System.Collections.Generic;
using System.Globalization;

namespace GptChat.Redaction;

/// <summary>How a placeholder reads: <c>[SECRET:AWS-KEY:1]</c>.</summary>
internal static class PlaceholderText
{
    /// <summary>What each begins with.</summary>
    public const string Opening = "[SECRET:";

    /// <summary>The longest name of a kind.</summary>
    public const int LongestKind = 40;

    // The sign that Unicode has for something that is no text.
    private const char Blank = '\uFFFC';

    private const int MostDigits = 9;

    /// <summary>The longest a placeholder can be.</summary>
    public const int Longest = 8 + LongestKind + 1 + MostDigits + 1;

    /// <summary>The placeholder of a kind and a number.</summary>
    public static string Of(string kind, int number) => Opening + kind + ":" + number.ToString(CultureInfo.InvariantCulture) + "]";

    /// <summary>Whether a kind may be called so.</summary>
    public static bool IsKind(string name)
    {
        if (name.Length is 0 or > LongestKind) return false;
        foreach (char character in name)
        {
            if (!IsOfKind(character)) return false;
        }

        return true;
    }

    /// <summary>The placeholders in a text, in order.</summary>
    public static List<Place> In(string text)
    {
        var places = new List<Place>();
        for (int at = text.IndexOf(Opening, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Opening, at + 1, StringComparison.Ordinal))
        {
            if (Read(text, at) is { } place) places.Add(place);
        }

        return places;
    }

    /// <summary>The text with something in the place of each that is no letter, no digit and no blank.</summary>
    public static string Blanked(string text, List<Place> places)
    {
        if (places.Count == 0) return text;
        char[] blanked = text.ToCharArray();
        foreach (Place place in places)
        {
            for (int i = place.Start; i < place.End; i++) blanked[i] = Blank;
        }

        return new string(blanked);
    }

    /// <summary>Whether a text that ends here may go on as a placeholder.</summary>
    public static bool MayGrow(string text, int at)
    {
        int length = text.Length - at;
        if (length >= Longest) return false;
        if (length <= Opening.Length) return string.CompareOrdinal(text, at, Opening, 0, length) == 0;
        if (string.CompareOrdinal(text, at, Opening, 0, Opening.Length) != 0) return false;
        int kind = at + Opening.Length;
        while (kind < text.Length && IsOfKind(text[kind])) kind++;
        if (kind == text.Length) return true;
        if (text[kind] != ':') return false;
        for (kind++; kind < text.Length; kind++)
        {
            if (!CharSet.Digit.Has(text[kind])) return false;
        }

        return true;
    }

    private static Place? Read(string text, int at)
    {
        int kindStart = at + Opening.Length;
        int kindEnd = kindStart;
        while (kindEnd < text.Length && kindEnd - kindStart < LongestKind && IsOfKind(text[kindEnd])) kindEnd++;
        if (kindEnd == kindStart || kindEnd >= text.Length || text[kindEnd] != ':') return null;
        int end = kindEnd + 1;
        while (end < text.Length && end - kindEnd <= MostDigits && CharSet.Digit.Has(text[end])) end++;
        if (end == kindEnd + 1 || end >= text.Length || text[end] != ']') return null;
        int number = int.Parse(text.Substring(kindEnd + 1, end - kindEnd - 1), CultureInfo.InvariantCulture);
        return new Place(at, end + 1, text.Substring(kindStart, kindEnd - kindStart), number);
    }

    private static bool IsOfKind(char character) => character is '-' or (>= 'A' and <= 'Z') or (>= '0' and <= '9');

    /// <summary>A placeholder in a text.</summary>
    internal readonly record struct Place(int Start, int End, string Kind, int Number)
    {
        /// <summary>The placeholder.</summary>
        public string Text => Of(Kind, Number);
    }
}
