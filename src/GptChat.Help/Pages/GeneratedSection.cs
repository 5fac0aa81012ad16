using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using GptChat.Help.Facts;
using GptChat.Help.Text;

namespace GptChat.Help.Pages;

/// <summary>The end of a page: syntax, parameters, what goes in and what comes out.</summary>
public static class GeneratedSection
{
    private const string Begin = "<!-- Generated from here to the end: dotnet run --project src/GptChat.Help -- . --pages -->";
    private const string End = "<!-- Generated up to here. -->";
    private const string CommonParameters = "https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_commonparameters";

    /// <summary>The page with its section as it should be.</summary>
    public static string Replace(string page, CmdletFacts cmdlet)
    {
        int start = page.IndexOf("<!-- Generated from here", StringComparison.Ordinal);
        string written = (start < 0 ? page : page[..start]).ReplaceLineEndings("\n").TrimEnd();
        return written + "\n\n" + Begin + "\n" + Write(cmdlet) + "\n" + End + "\n";
    }

    /// <summary>The section itself.</summary>
    public static string Write(CmdletFacts cmdlet)
    {
        var text = new StringBuilder();
        text.Append("\n## Syntax\n\n```text\n").AppendJoin("\n\n", cmdlet.Sets.Select(set => SyntaxLine.Write(cmdlet, set))).Append("\n```\n");
        text.Append("\n## Parameters\n");
        foreach (ParameterFacts parameter in cmdlet.Parameters)
        {
            text.Append("\n### -").Append(parameter.Name).Append("\n\n").Append(parameter.Text.Markdown).Append("\n\n").AppendJoin("\n", Facts(cmdlet, parameter)).Append('\n');
        }

        text.Append("\n### Common parameters\n\nThis cmdlet has the [common parameters](").Append(CommonParameters).Append(") of all cmdlets.\n");
        text.Append("\n## Inputs\n\n").Append(Inputs(cmdlet));
        text.Append("\n## Outputs\n\n").Append(Outputs(cmdlet));
        return text.ToString();
    }

    private static IEnumerable<string> Facts(CmdletFacts cmdlet, ParameterFacts parameter)
    {
        yield return "- Type: `" + TypeNames.Short(parameter.Type) + "`";
        if (parameter.Aliases.Count > 0) yield return "- Aliases: " + List(parameter.Aliases.Select(alias => "-" + alias));
        if (parameter.Values.Count > 0) yield return "- Accepted values: " + List(parameter.Values);
        if (parameter.Range is { } range) yield return "- Accepted numbers: " + range;
        if (!parameter.IsSwitch && parameter.Default is { } value) yield return "- Default: `" + value + "`";
        bool isEverywhere = parameter.Places.ContainsKey(System.Management.Automation.ParameterAttribute.AllParameterSets);
        if (!isEverywhere && cmdlet.Sets.Count > 1) yield return "- Parameter sets: " + string.Join(", ", parameter.Places.Keys.Order(StringComparer.Ordinal));
        Place place = parameter.MainPlace;
        if (place.IsMandatory) yield return "- Required";
        if (place.Position is { } position) yield return "- Position: " + position;
        if (place.ByValue || place.ByName) yield return "- From the pipeline: " + (place.ByValue ? "by value" : "by property name") + (place.ByValue && place.ByName ? " and by property name" : string.Empty);
        if (parameter.Wildcards) yield return "- Wildcards: yes";
    }

    private static string Inputs(CmdletFacts cmdlet)
    {
        ParameterFacts[] piped = [.. cmdlet.Parameters.Where(parameter => parameter.Places.Values.Any(place => place.ByValue || place.ByName))];
        if (piped.Length == 0) return "None: nothing is piped in.\n";
        return string.Concat(piped.Select(parameter => "- `" + TypeNames.Short(parameter.Type) + "` (-" + parameter.Name + "): " + parameter.Text.Markdown + "\n"));
    }

    private static string Outputs(CmdletFacts cmdlet) => cmdlet.Outputs.Count == 0
        ? "None.\n"
        : string.Concat(cmdlet.Outputs.Select(output => "- `" + output.Type + "`: " + output.Text.Markdown + "\n"));

    private static string List(IEnumerable<string> words) => string.Join(", ", words.Select(word => "`" + word + "`"));
}
