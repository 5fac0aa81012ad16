using System.Collections.Generic;
using System.Linq;
using GptChat.Help.Facts;
using GptChat.Help.Text;

namespace GptChat.Help.Pages;

/// <summary>How a cmdlet is called, in the signs of Get-Command -Syntax.</summary>
internal static class SyntaxLine
{
    private const int Width = 110;

    /// <summary>One parameter set, broken between parameters.</summary>
    public static string Write(CmdletFacts cmdlet, string set)
    {
        var lines = new List<string> { cmdlet.Name };
        foreach (string word in Ordered(cmdlet, set).Select(parameter => Word(parameter, parameter.In(set)!)).Append("[<CommonParameters>]"))
        {
            if (lines[^1].Length + 1 + word.Length > Width) lines.Add("    " + word);
            else lines[^1] += " " + word;
        }

        return string.Join('\n', lines);
    }

    /// <summary>Those with a position, those that must be given, the others by name; -WhatIf and -Confirm are like any.</summary>
    public static IEnumerable<ParameterFacts> Ordered(CmdletFacts cmdlet, string set) =>
        cmdlet.Parameters.Where(parameter => parameter.In(set) is not null)
            .OrderBy(parameter => parameter.In(set)!.Position ?? int.MaxValue)
            .ThenByDescending(parameter => parameter.In(set)!.IsMandatory);

    private static string Word(ParameterFacts parameter, Place place)
    {
        string name = "-" + parameter.Name;
        if (parameter.IsSwitch) return place.IsMandatory ? name : "[" + name + "]";
        string value = " <" + TypeNames.Short(parameter.Type) + ">";
        string given = (place.Position is null ? name : "[" + name + "]") + value;
        return place.IsMandatory ? given : "[" + given + "]";
    }
}
