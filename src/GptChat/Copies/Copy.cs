using System;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace GptChat.Copies;

/// <summary>
/// Makes whole again what came through a job, remoting or Clixml. Where the module is loaded when that happens the engine does it
/// by itself (see GptChat.Types.ps1xml); where it was loaded later, a copy of properties is what a cmdlet gets.
/// </summary>
internal static class Copy
{
    /// <summary>The property that holds all of an object as one text.</summary>
    public const string Property = "SerializationData";

    private const string Prefix = "Deserialized.GptChat.";

    // The same copy given twice is the same conversation, whose second turn follows its first.
    private static readonly ConditionalWeakTable<string, object> Known = new();

    /// <summary>The object itself, without PowerShell's wrapper; a copy of one of ours is that again.</summary>
    /// <exception cref="GptChatException">It is a copy that lost parts on its way.</exception>
    public static object? BaseOf(object? value) => value is PSObject item && KindOf(item) is { } kind ? Revive(item, kind) : (value as PSObject)?.BaseObject ?? value;

    /// <summary>The name of the type that a copy is of; null for what is no copy of ours.</summary>
    public static string? KindOf(PSObject item)
    {
        if (item.BaseObject is not PSCustomObject || item.TypeNames.Count == 0) return null;
        string type = item.TypeNames[0];
        if (!type.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        string kind = type.Substring(Prefix.Length);
        return CopyReader.Kinds.Contains(kind) ? kind : null;
    }

    /// <summary>What a copy was before.</summary>
    /// <param name="item">The copy.</param>
    /// <param name="kind">What it is a copy of.</param>
    /// <exception cref="GptChatException">It lost parts on its way.</exception>
    public static object Revive(PSObject item, string kind)
    {
        if (item.Properties[Property]?.Value is not { } value || ((value as PSObject)?.BaseObject ?? value) is not string text)
        {
            throw Incomplete(kind, "only some of its properties arrived", "Import the module by its manifest (GptChat.psd1) where the object is made, not the assembly alone.", item, null);
        }

        try
        {
            object whole = Known.GetValue(text, data => CopyReader.Read(kind, data));
            if (whole is GptChunk chunk) chunk.Source = item.Properties[nameof(GptChunk.Source)]?.Value;
            return whole;
        }
        catch (FormatException damage)
        {
            throw Incomplete(kind, damage.Message, "Use the same version of the module on both sides, and the file as it was written.", item, damage);
        }
    }

    private static GptChatException Incomplete(string kind, string problem, string hint, PSObject item, Exception? inner) =>
        new(GptErrorKind.InvalidInput, "A " + kind + " that came through a job, remoting or Clixml is not whole: " + problem, inner)
        {
            Hint = hint + " Nothing was sent.",
            Target = item,
        };
}
