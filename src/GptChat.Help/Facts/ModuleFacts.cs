using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using GptChat.Help.Text;

namespace GptChat.Help.Facts;

/// <summary>Reads the module as it was built.</summary>
public static class ModuleFacts
{
    /// <summary>The module's assembly below the root.</summary>
    public static string Assembly(string root) => Path.Combine(root, "bin", "net8.0", "GptChat.dll");

    /// <summary>Reads every cmdlet of a checkout, by name.</summary>
    public static IReadOnlyList<CmdletFacts> Read(string root)
    {
        string assembly = Assembly(root);
        var docs = new XmlDocs(Path.ChangeExtension(assembly, ".xml"), Path.Combine(Path.GetDirectoryName(assembly)!, "GptChat.Core.xml"));
        return [.. System.Reflection.Assembly.LoadFrom(assembly).GetExportedTypes().Where(IsCmdlet).Select(type => Read(type, docs)).OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }

    /// <summary>Reads one cmdlet.</summary>
    public static CmdletFacts Read(Type type, XmlDocs docs)
    {
        CmdletAttribute attribute = type.GetCustomAttribute<CmdletAttribute>()!;
        List<ParameterFacts> parameters = ParameterReader.Read(type, docs);
        if (attribute.SupportsShouldProcess) parameters.AddRange(CommonFacts.ShouldProcess);
        string[] sets =
        [
            .. parameters.SelectMany(parameter => parameter.Places.Keys).Where(set => set != ParameterAttribute.AllParameterSets).Distinct()
                .OrderBy(set => set != attribute.DefaultParameterSetName).ThenBy(set => set, StringComparer.Ordinal),
        ];
        return new CmdletFacts(
            attribute.VerbName + "-" + attribute.NounName,
            attribute.HelpUri,
            [.. parameters.OrderBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)],
            sets.Length == 0 ? [ParameterAttribute.AllParameterSets] : sets,
            Outputs(type, docs));
    }

    private static bool IsCmdlet(Type type) => !type.IsAbstract && type.IsDefined(typeof(CmdletAttribute));

    /// <summary>A type's own summary says what it is, unless the cmdlet says it in an element of its docs, output, as it must for types of .NET.</summary>
    private static OutputFacts[] Outputs(Type type, XmlDocs docs) =>
    [
        .. type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(attribute => attribute.Type).Select(output =>
            new OutputFacts(TypeNames.Short(output.Type), docs.Output(type, output.Type) ?? docs.Summary(output.Type))),
    ];
}
