using System;
using System.IO;
using System.Management.Automation;
using System.Security;

namespace GptChat.Input;

/// <summary>What can be piped in and must not be sent as it is: secrets, and what would be taken for something else than was meant.</summary>
internal static class RefusedInput
{
    /// <summary>Why a value is refused; null for one that is not.</summary>
    /// <param name="value">The value.</param>
    /// <param name="item">The same with its type names.</param>
    public static GptChatException? Reason(object value, PSObject item)
    {
        if (value is DirectoryInfo folder)
        {
            return Refuse("'" + folder.Name + "' is a folder, and a folder has no content to send", "Use Get-ChildItem -File, or (Get-ChildItem).Name to send the names.", item);
        }

        if (value is SecureString or PSCredential)
        {
            return Refuse("A " + value.GetType().Name + " is a secret and is never sent", "Leave it out of the input.", null);
        }

        string? type = value.GetType().FullName;
        return type is not null && type.StartsWith("Microsoft.PowerShell.Commands.Internal.Format.", StringComparison.Ordinal)
            ? Refuse("The input is the layout that a Format- cmdlet makes, not data", "Remove Format-Table or Format-List from the pipeline; use Select-Object to choose properties.", null)
            : null;
    }

    private static GptChatException Refuse(string message, string hint, object? target) => new(GptErrorKind.InvalidInput, message) { Hint = hint, Target = target };
}
