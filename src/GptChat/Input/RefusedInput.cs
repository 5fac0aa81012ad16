using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;

namespace GptChat.Input;

/// <summary>What can be piped in and must not be sent as it is: secrets, and what would be taken for something else than was meant.</summary>
internal static class RefusedInput
{
    private const string Copied = "Deserialized.";
    private const string Layout = "Microsoft.PowerShell.Commands.Internal.Format.";

    /// <summary>Why a value is refused; null for one that is not.</summary>
    /// <param name="value">The value.</param>
    /// <param name="item">The same with its type names.</param>
    /// <param name="isChosenFrom">Whether -Property says that its properties are meant, not its content.</param>
    public static GptChatException? Reason(object value, PSObject item, bool isChosenFrom)
    {
        if (Secrets.IsOne(item))
        {
            string kind = value is PSCustomObject ? item.TypeNames[0].Split('.').Last() : value.GetType().Name;
            return Refuse("A " + kind + " is a secret and is never sent", "Leave it out of the input.", null);
        }

        if (IsLayout(value.GetType().FullName) || (value is PSCustomObject && item.TypeNames.Count > 0 && IsLayout(item.TypeNames[0])))
        {
            // What they make of one object is several of these, and none of them is an item.
            return new GptChatException(GptErrorKind.InvalidInput, "The input is the layout that a Format- cmdlet makes, not data")
            {
                Hint = "Remove Format-Table or Format-List from the pipeline; use Select-Object or -Property to choose properties, -InputFormat to choose a form.",
                IsOfAllInput = true,
            };
        }

        if (value is Stream or TextReader or Task)
        {
            return Refuse("A " + value.GetType().Name + " cannot be sent, only what is read from it", value is Task ? "Send its result: $task.GetAwaiter().GetResult()." : "Read it first: [IO.StreamReader]::new($stream).ReadToEnd(), or give the file.", item);
        }

        return isChosenFrom ? null : OfFileSystem(value, item);
    }

    private static GptChatException? OfFileSystem(object value, PSObject item)
    {
        const string Names = "Use Get-ChildItem -File, or -Property Name, Length to send properties of files and folders.";
        if (value is DirectoryInfo folder) return Refuse("'" + folder.Name + "' is a folder, and a folder has no content to send", Names, item);
        if (value is not PSCustomObject || item.TypeNames.Count == 0) return null;

        // A copy of a file that was collected elsewhere: what is wanted is mostly its content, which is not here.
        return item.TypeNames[0] switch
        {
            Copied + "System.IO.DirectoryInfo" => Refuse("A folder that came through a job, remoting or Clixml has no content to send", Names, item),
            Copied + "System.IO.FileInfo" => Refuse(
                "'" + (item.Properties["Name"]?.Value ?? "A file") + "' came through a job, remoting or Clixml, and the content of a file does not come along",
                "Read it where it is, with Get-Content -Raw, or add -Property Name, Length to send its properties.", item),
            _ => null,
        };
    }

    private static bool IsLayout(string? type) =>
        type is not null && (type.StartsWith(Layout, StringComparison.Ordinal) || type.StartsWith(Copied + Layout, StringComparison.Ordinal));

    private static GptChatException Refuse(string message, string hint, object? target) => new(GptErrorKind.InvalidInput, message) { Hint = hint, Target = target };
}
