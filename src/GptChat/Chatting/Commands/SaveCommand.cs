using System.Collections;
using System.Collections.Generic;
using System.IO;
using GptChat.Cmdlets;
using GptChat.Files;

namespace GptChat.Chatting.Commands;

/// <summary>Writes the conversation to a file.</summary>
internal sealed class SaveCommand() : ChatCommand("save", "PATH", "write the conversation to a file: JSON, or Markdown where it ends in .md")
{
    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        if (argument.Length == 0) throw Problem("/save needs a file", "/save talk.json, or /save talk.md for people.");
        if (talk.Conversation.Messages.Count == 0) throw Problem("There is nothing to save", "Nothing was said yet.");
        string path = talk.Paths.Literal(Unquoted(argument));
        string file = Directory.Exists(path) && talk.Conversation.Name is { } name ? Path.Combine(path, FileNames.Of(name) + ".json") : path;
        if (File.Exists(file) && !talk.Confirm("Replace '" + file + "'?", "The file is there already"))
        {
            talk.Screen.Note("The file is as it was.");
            return;
        }

        if (talk.Run<ExportGptConversationCommand>(new Hashtable { ["Path"] = path, ["Name"] = talk.Conversation, ["PassThru"] = true }) is not { Count: 1 } written) return;
        talk.IsUnsaved = false;
        talk.Screen.Note("Written: " + written[0] + ", " + talk.Conversation.Messages.Count + " messages.");
    }

    /// <inheritdoc/>
    public override IEnumerable<string>? Candidates(ChatTalk talk) => null;
}
