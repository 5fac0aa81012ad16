using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>Objects as Format-List shows them: a line for each property, the names aligned, whole values.</summary>
internal sealed class ListFormat(ObjectJson json) : RowFormat(json)
{
    private const string Colon = " : ";

    private static readonly string[] LineEnds = { "\r\n", "\n" };

    /// <inheritdoc/>
    public override bool IsBlock => true;

    /// <inheritdoc/>
    private protected override string WriteOne(PSObject item)
    {
        List<ObjectField> fields = Reader.Read(item, isOuter: true, keepsUnreadable: true);
        if (fields.Count == 0) return SafeValue.Text(item);
        int width = fields.Max(field => field.Name.Length);
        string indent = "\n" + new string(' ', width + Colon.Length);
        return string.Join("\n", fields.Select(field => (field.Name.PadRight(width) + Colon + Indented(Inner(field.Value), indent)).TrimEnd(' ')));
    }

    private static string Indented(string? value, string indent) =>
        value is null ? string.Empty : value.IndexOf('\n') < 0 ? value : string.Join(indent, value.Split(LineEnds, StringSplitOptions.None));
}
