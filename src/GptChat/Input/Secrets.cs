using System;
using System.Management.Automation;
using System.Net;
using System.Security;

namespace GptChat.Input;

/// <summary>What is never sent, wherever it stands: passwords, and what holds one.</summary>
internal static class Secrets
{
    /// <summary>What the model sees in its place.</summary>
    public const string Shown = "(secret, not sent)";

    private static readonly string[] Copies =
    {
        "Deserialized.System.Security.SecureString",
        "Deserialized.System.Management.Automation.PSCredential",
        "Deserialized.System.Net.NetworkCredential",
    };

    /// <summary>Whether a value is one, or a copy of one that came through a job, remoting or Clixml.</summary>
    /// <param name="item">The value, in PowerShell's wrapper or without it.</param>
    public static bool IsOne(object? item)
    {
        object? plain = (item as PSObject)?.BaseObject ?? item;
        if (plain is SecureString or PSCredential or NetworkCredential) return true;
        return plain is PSCustomObject && item is PSObject { TypeNames.Count: > 0 } copy && Array.IndexOf(Copies, copy.TypeNames[0]) >= 0;
    }
}
