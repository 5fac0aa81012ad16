using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace GptChat.Tools;

/// <summary>
/// Reads the syntax of a command, as Get-Command -Syntax shows it. From another machine, an endpoint that allows no scripts among
/// them, that is all that arrives of a command's parameters.
/// </summary>
internal static class SyntaxShape
{
    private const string Name = @"-(?<name>[\w?]+)";
    private const string Value = @"\s+(?:<(?<type>[^>]+)>|\{(?<words>[^}]*)\})";

    // Brackets around the name alone mean that the name may be left out; around all of it, that the parameter may.
    private static readonly Regex Parameter = new(
        @"\[\[" + Name + @"\]" + Value + @"(?<optional>\])|\[" + Name + Value + @"(?<optional>\])|\[" + Name + @"\]" + Value + @"|\[" + Name + @"(?<optional>\])|" + Name + Value + "|" + Name,
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    private static readonly Dictionary<string, Type> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["string"] = typeof(string), ["int"] = typeof(int), ["int32"] = typeof(int), ["long"] = typeof(long), ["int64"] = typeof(long), ["uint"] = typeof(uint), ["ulong"] = typeof(ulong),
        ["short"] = typeof(short), ["ushort"] = typeof(ushort), ["byte"] = typeof(byte), ["bool"] = typeof(bool), ["boolean"] = typeof(bool), ["switch"] = typeof(SwitchParameter),
        ["double"] = typeof(double), ["single"] = typeof(float), ["float"] = typeof(float), ["decimal"] = typeof(decimal), ["datetime"] = typeof(DateTime), ["timespan"] = typeof(TimeSpan),
        ["guid"] = typeof(Guid), ["uri"] = typeof(Uri), ["version"] = typeof(Version), ["hashtable"] = typeof(System.Collections.Hashtable), ["Object"] = typeof(object), ["psobject"] = typeof(object),
        ["char"] = typeof(char), ["regex"] = typeof(Regex), ["FileInfo"] = typeof(System.IO.FileInfo), ["Encoding"] = typeof(System.Text.Encoding), ["IPAddress"] = typeof(System.Net.IPAddress),
    };

    private static readonly char[] Bars = { '|', ' ' };

    /// <summary>The parameters of one parameter set.</summary>
    public static ParameterSetShape Read(string name, string syntax)
    {
        var parameters = new List<ParameterShape>();
        foreach (Match found in Parameter.Matches(syntax.Replace("[<CommonParameters>]", string.Empty)))
        {
            bool isOptional = found.Groups["optional"].Success;
            string[] words = found.Groups["words"].Value.Split(Bars, StringSplitOptions.RemoveEmptyEntries);
            string type = found.Groups["type"].Value;
            bool isList = type.EndsWith("[]", StringComparison.Ordinal);
            Type plain = words.Length > 0 ? typeof(string) : type.Length == 0 ? typeof(SwitchParameter) : Types.TryGetValue(isList ? type.Substring(0, type.Length - 2) : type, out Type? known) ? known : typeof(Unknown);
            parameters.Add(new ParameterShape(found.Groups["name"].Value, isList ? plain.MakeArrayType() : plain, !isOptional)
            {
                Attributes = words.Length > 0 ? new Attribute[] { new ValidateSetAttribute(words) } : Array.Empty<Attribute>(),
            });
        }

        return new ParameterSetShape(name, parameters);
    }

    /// <summary>A type of which only the name is known: no JSON value is meant by it.</summary>
    private sealed class Unknown;
}
