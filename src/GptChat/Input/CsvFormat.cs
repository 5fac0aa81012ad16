using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>Objects as a table: a header for as long as they have the same members, then a row each, quoted by RFC 4180.</summary>
internal sealed class CsvFormat(ObjectJson json) : RowFormat(json)
{
    private static readonly char[] Quoted = { ',', '"', '\r', '\n' };

    private string[]? _header;

    /// <inheritdoc/>
    public override bool IsBlock => false;

    /// <inheritdoc/>
    public override void Break() => _header = null;

    /// <inheritdoc/>
    private protected override string WriteOne(PSObject item)
    {
        List<ObjectField> fields = Reader.Read(item, isOuter: true, keepsUnreadable: true);
        if (fields.Count == 0) return SafeValue.Text(item);

        // The order of a hashtable is nobody's choice, so it makes no other table.
        if (_header is { } header && header.Length == fields.Count && fields.All(field => Array.IndexOf(header, field.Name) >= 0)) return Row(header.Select(name => Inner(fields.First(field => field.Name == name).Value)));
        _header = fields.Select(field => field.Name).ToArray();
        return Row(_header) + "\n" + Row(fields.Select(field => Inner(field.Value)));
    }

    private static string Row(IEnumerable<string?> cells) => string.Join(",", cells.Select(Cell));

    /// <summary>Nothing is nothing, and an empty text is a pair of quotes.</summary>
    private static string Cell(string? value)
    {
        if (value is null) return string.Empty;
        bool isBare = value.Length > 0 && value.IndexOfAny(Quoted) < 0 && value.Trim().Length == value.Length;
        return isBare ? value : "\"" + value.Replace("\"", "\"\"") + "\"";
    }
}
