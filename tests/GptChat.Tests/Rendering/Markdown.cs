using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Text.RegularExpressions;

namespace GptChat.Tests.Rendering;

/// <summary>Renders Markdown with the module's own writer, which no test is linked to.</summary>
internal static partial class Markdown
{
    private static readonly Type Writer = Assembly.LoadFrom(Path.Combine(Path.GetDirectoryName(Repository.Manifest)!, "bin", "net8.0", "GptChat.dll")).GetType("GptChat.Rendering.MarkdownWriter", throwOnError: true)!;

    /// <summary>What is shown, piece by piece; the last is what the end of the text adds.</summary>
    public static List<string> Shown(IEnumerable<string> deltas, int width = 40, bool color = true)
    {
        var now = new List<string>();
        object writer = Activator.CreateInstance(Writer, new Action<string>(now.Add), width, color)!;
        var append = Writer.GetMethod("Append")!.CreateDelegate<Action<string>>(writer);
        var pieces = new List<string>();
        foreach (string delta in deltas)
        {
            now.Clear();
            append(delta);
            pieces.Add(string.Concat(now));
        }

        now.Clear();
        Writer.GetMethod("Complete")!.CreateDelegate<Action>(writer)();
        pieces.Add(string.Concat(now));
        return pieces;
    }

    /// <summary>The whole text as it is shown.</summary>
    public static string Render(string text, int width = 40, bool color = true) => string.Concat(Shown([text], width, color));

    /// <summary>The same without colours.</summary>
    public static string Visible(string text, int width = 40) => Colors().Replace(Render(text, width), string.Empty);

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    public static partial Regex Colors();
}
