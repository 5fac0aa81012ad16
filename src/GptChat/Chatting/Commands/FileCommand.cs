using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GptChat.Chatting.Commands;

/// <summary>Sends files with the next message.</summary>
internal sealed class FileCommand() : ChatCommand("file", "[PATH]", "send a file with the next message (wildcards work); 'none' takes them back")
{
    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        if (argument.Length == 0)
        {
            talk.Screen.Line(talk.Files.Count == 0 ? "No file waits for the next message. /file PATH adds one." : "With the next message go:");
            foreach (string file in talk.Files) talk.Screen.Line("  " + file);
            return;
        }

        string path = Unquoted(argument);
        if (string.Equals(path, "none", StringComparison.OrdinalIgnoreCase) && !File.Exists(talk.Paths.Literal(path)))
        {
            talk.Files.Clear();
            talk.Screen.Note("No file goes with the next message.");
            return;
        }

        string[] found = Find(talk, path);
        talk.Files.AddRange(found.Where(file => !talk.Files.Contains(file)));
        foreach (string file in found) talk.Screen.Note("With the next message: " + Path.GetFileName(file) + ", " + new FileInfo(file).Length + " bytes");
    }

    /// <inheritdoc/>
    public override IEnumerable<string>? Candidates(ChatTalk talk) => null;

    /// <summary>A name with brackets in it is that file first, and a pattern only where there is none.</summary>
    private static string[] Find(ChatTalk talk, string path) =>
        File.Exists(talk.Paths.Literal(path)) ? talk.Paths.Files(null, new[] { path }).ToArray() : talk.Paths.Files(new[] { path }, null).ToArray();
}
