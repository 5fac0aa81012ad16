using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>An error that came through a job, remoting or Clixml reads as one that happened here: what happened, where, and its id.</summary>
internal static class CopiedError
{
    private const string TypeName = "Deserialized.System.Management.Automation.ErrorRecord";

    private static readonly string[] Details = { "ErrorDetails_ScriptStackTrace", "ErrorCategory_Message", "FullyQualifiedErrorId" };

    /// <summary>The text of such an error; false for everything else.</summary>
    public static bool TryGet(PSObject item, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (item.BaseObject is not PSCustomObject || item.TypeNames.Count == 0 || item.TypeNames[0] != TypeName) return false;
        var lines = new List<string> { item.ToString() };
        foreach (string name in Details)
        {
            if (item.Properties[name]?.Value?.ToString() is { Length: > 0 } detail) lines.Add((name == Details[0] ? string.Empty : "+ ") + detail);
        }

        text = string.Join("\n", lines);
        return true;
    }
}
