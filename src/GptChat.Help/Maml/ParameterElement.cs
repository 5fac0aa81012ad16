using System.Collections.Generic;
using System.Globalization;
using System.Xml.Linq;
using GptChat.Help.Facts;
using GptChat.Help.Text;
using static GptChat.Help.Maml.Names;

namespace GptChat.Help.Maml;

/// <summary>A parameter, in the list of all and in the syntax.</summary>
internal static class ParameterElement
{
    /// <summary>With all that is said of it.</summary>
    public static XElement Make(ParameterFacts parameter, Place place)
    {
        XElement element = Start(parameter, place);
        element.Add(
            new XElement(Names.Maml + "description", Paragraphs(Texts(parameter))),
            Value(parameter),
            new XElement(Dev + "type", new XElement(Names.Maml + "name", TypeNames.Short(parameter.Type)), new XElement(Names.Maml + "uri")),
            new XElement(Dev + "defaultValue", parameter.Default ?? "None"));
        return element;
    }

    /// <summary>As the syntax needs it. A switch that showed a value would look as if it took one.</summary>
    public static XElement MakeBrief(ParameterFacts parameter, Place place)
    {
        XElement element = Start(parameter, place);
        if (!parameter.IsSwitch) element.Add(Value(parameter));
        return element;
    }

    private static XElement Start(ParameterFacts parameter, Place place) => new(
        Command + "parameter",
        new XAttribute("required", place.IsMandatory ? "true" : "false"),
        new XAttribute("variableLength", parameter.Type.IsArray ? "true" : "false"),
        new XAttribute("globbing", parameter.Wildcards ? "true" : "false"),
        new XAttribute("pipelineInput", place.Pipeline),
        new XAttribute("position", place.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Names.Maml + "name", parameter.Name));

    private static XElement Value(ParameterFacts parameter) => new(
        Command + "parameterValue",
        new XAttribute("required", parameter.IsSwitch ? "false" : "true"),
        new XAttribute("variableLength", parameter.Type.IsArray ? "true" : "false"),
        TypeNames.Short(parameter.Type));

    private static IEnumerable<string> Texts(ParameterFacts parameter)
    {
        foreach (string text in parameter.Text.Plain) yield return text;
        if (parameter.Values.Count > 0) yield return "Accepted values: " + string.Join(", ", parameter.Values) + ".";
        if (parameter.Range is { } range) yield return "Accepted numbers: " + range + ".";
    }
}
