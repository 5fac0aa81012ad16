using System;
using System.Collections;
using System.ComponentModel;
using System.Data;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace GptChat.Input;

/// <summary>Tables of data as lists of their rows, which PowerShell makes of one that is piped in, but not of one inside an object.</summary>
internal static class DataTables
{
    /// <summary>What a row has beside its columns, and PowerShell does not show either.</summary>
    public static readonly string[] OfRows = { "RowError", "RowState", "Table", "ItemArray", "HasErrors", "DataView", "RowVersion", "Row", "IsNew", "IsEdit", "Error" };

    /// <summary>Whether an object is a row, or a copy of one.</summary>
    public static bool IsRow(PSObject item) => item.TypeNames.Any(type => type.EndsWith("System.Data.DataRow", StringComparison.Ordinal) || type.EndsWith("System.Data.DataRowView", StringComparison.Ordinal));

    /// <summary>The rows; null for what is no table.</summary>
    public static IEnumerable? Rows(object value) => value is IListSource ? RowsOf(value) : null;

    // On its own, so that nobody else loads the assembly of data.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DataRowCollection? RowsOf(object value) => (value as DataTable)?.Rows;
}
