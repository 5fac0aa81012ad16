using System;
using System.Management.Automation;

namespace GptChat.Help.Text;

/// <summary>Names of types as PowerShell shows them.</summary>
internal static class TypeNames
{
    /// <summary>An accelerator where there is one, and the type's own name alone where not, as in the syntax of Get-Command.</summary>
    public static string Short(Type type)
    {
        if (type.IsArray) return Short(type.GetElementType()!) + "[]";
        string name = LanguagePrimitives.ConvertTo<string>(type);
        return name.StartsWith("GptChat.", StringComparison.Ordinal) || name == type.FullName ? type.Name : name;
    }

    /// <summary>With its namespace, as Get-Help shows what goes in and comes out.</summary>
    public static string Full(Type type) => type.FullName ?? type.Name;
}
