using System;
using System.Collections.Generic;

namespace GptChat.Tools;

/// <summary>The verbs of commands that change nothing, by PowerShell's own rules for verbs. Read and Show are none: they wait for somebody.</summary>
internal static class ReadOnlyVerbs
{
    private static readonly HashSet<string> Verbs = new(StringComparer.OrdinalIgnoreCase)
    {
        "Get", "Test", "Measure", "Select", "ConvertTo", "ConvertFrom", "Compare", "Find", "Group", "Join", "Resolve", "Search", "Sort", "Split",
    };

    /// <summary>Whether a command of this name is expected to change nothing.</summary>
    public static bool Reads(string name)
    {
        int dash = name.IndexOf('-');
        return dash > 0 && Verbs.Contains(name.Substring(0, dash));
    }
}
