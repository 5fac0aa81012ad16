using System;
using System.Collections.Generic;

namespace GptChat.Input;

/// <summary>The ways to write objects, by the words of <c>-InputFormat</c>.</summary>
internal static class ObjectFormats
{
    public const string Json = "Json";
    public const string Csv = "Csv";
    public const string List = "List";
    public const string Text = "Text";

    /// <summary>The way that a word means.</summary>
    /// <param name="word">The word.</param>
    /// <param name="json">Reads objects, and writes what is inside them.</param>
    public static IObjectFormat Create(string word, ObjectJson json) =>
        Is(word, Csv) ? new CsvFormat(json) : Is(word, List) ? new ListFormat(json) : Is(word, Text) ? new TextFormat(json) : json;

    /// <summary>Throws where a parameter would say nothing.</summary>
    /// <param name="word">The word.</param>
    /// <param name="bound">The parameters that were given.</param>
    /// <exception cref="GptChatException">Names it.</exception>
    public static void RequireUse(string word, IReadOnlyDictionary<string, object> bound)
    {
        if (!Is(word, Text)) return;
        foreach (string parameter in new[] { "Property", "Depth" })
        {
            if (!bound.ContainsKey(parameter)) continue;
            throw new GptChatException(GptErrorKind.InvalidParameter, "-InputFormat Text and -" + parameter + " cannot be used together")
            {
                Hint = "Text is what an object is in a string, whatever its properties: choose List or Csv to send properties. Nothing was sent.",
            };
        }
    }

    private static bool Is(string word, string known) => string.Equals(word, known, StringComparison.OrdinalIgnoreCase);
}
