using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using GptChat.Content;
using GptChat.Files;
using GptChat.Wire;

namespace GptChat.Chatting.Commands;

/// <summary>Takes the last block of code of the answers.</summary>
internal sealed class CodeCommand() : ChatCommand("code", "[$NAME | PATH]", "show the last block of code, or put it into a variable or a file")
{
    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        string code = Last(talk) ?? throw Problem("No answer has a block of code", "Ask for one: models put code between lines of ```.");
        string target = argument.TrimStart('>', ' ');
        if (target.Length == 0) talk.Screen.Line(code);
        else if (target[0] == '$') SetVariable(talk, target.Substring(1), code);
        else Save(talk, talk.Paths.Literal(Unquoted(target)), code);
    }

    /// <inheritdoc/>
    public override IEnumerable<string>? Candidates(ChatTalk talk) => null;

    private static string? Last(ChatTalk talk)
    {
        IReadOnlyList<GptMessage> messages = talk.Conversation.Messages;
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].Role == Roles.Assistant && CodeBlocks.Last(messages[i].Content ?? string.Empty) is { } code) return code;
        }

        return null;
    }

    private static void SetVariable(ChatTalk talk, string name, string code)
    {
        if (name.Length == 0 || !name.All(character => char.IsLetterOrDigit(character) || character is '_' or ':')) throw Problem("'$" + name + "' is no name of a variable", "/code $fix, and then !$fix shows it.");
        talk.Caller.PSVariable.Set(name, code);
        talk.Screen.Note("$" + name + " holds it: " + Count(code) + ".");
    }

    private static void Save(ChatTalk talk, string path, string code)
    {
        if (File.Exists(path) && !talk.Confirm("Replace '" + path + "'?", "The file is there already"))
        {
            talk.Screen.Note("The file is as it was.");
            return;
        }

        try
        {
            AtomicFile.Write(path, file =>
            {
                byte[] bytes = Encoding.UTF8.GetBytes(code + "\n");
                file.Write(bytes, 0, bytes.Length);
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GptChatException(GptErrorKind.FileNotWritten, "'" + path + "' cannot be written: " + failure.Message, failure) { Hint = "Choose another place: /code PATH." };
        }

        talk.Screen.Note("Written: " + path + ", " + Count(code) + ".");
    }

    private static string Count(string code)
    {
        int lines = code.Count(character => character == '\n') + 1;
        return lines == 1 ? "1 line" : lines + " lines";
    }
}
