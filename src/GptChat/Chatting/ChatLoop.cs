using System;
using System.Linq;

namespace GptChat.Chatting;

/// <summary>Reads, does what is said, shows what came of it, until the user has enough.</summary>
internal sealed class ChatLoop(ChatTalk talk)
{
    // Who types them means the shell's word, and a model has no use for them.
    private static readonly string[] EndWords = { "exit", "quit" };

    /// <summary>Runs it.</summary>
    public void Run()
    {
        while (!talk.IsOver)
        {
            talk.StopToken.ThrowIfCancellationRequested();
            string? message = talk.Input.Message(Prompt());
            if (message is null) break;
            try
            {
                Take(message);
            }
            catch (GptChatException failure)
            {
                talk.Screen.Error(failure.Message);
            }
        }

        talk.Screen.EndLine();
    }

    private string Prompt() => talk.Files.Count switch
    {
        0 => "chat> ",
        1 => "chat (1 file)> ",
        _ => "chat (" + talk.Files.Count + " files)> ",
    };

    private void Take(string message)
    {
        string text = message.Trim();
        if (text.Length == 0 && talk.Files.Count == 0) return;
        if (text.Length == 0)
        {
            if (!talk.Input.WasCancelled) talk.Screen.Note("Write what to ask about the files; /file none takes them back.");
        }
        else if (text[0] == '!') ShellLine.Run(talk, text.Substring(1));
        else if (text.StartsWith("//", StringComparison.Ordinal)) talk.Ask(text.Substring(1));
        else if (text[0] == '/') ChatCommands.Run(talk, text.Substring(1));
        else if (EndWords.Contains(text, StringComparer.OrdinalIgnoreCase)) talk.IsOver = true;
        else talk.Ask(message.TrimEnd());
    }
}
