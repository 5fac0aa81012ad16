using System;
using System.Collections.Generic;
using System.Linq;

namespace GptChat.Chatting.Commands;

/// <summary>Lists what the chat knows.</summary>
internal sealed class HelpCommand() : ChatCommand("help", "[COMMAND]", "list the commands, or tell of one")
{
    private static readonly (string Written, string Means)[] Others =
    {
        ("!LINE", "run a line of PowerShell, in this session"),
        ("//TEXT", "send a message that begins with a slash"),
        ("Ctrl+C", "stop the answer; at the prompt, take back the line"),
    };

    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        if (argument.Length > 0)
        {
            ChatCommand command = ChatCommands.Find(argument.TrimStart('/'));
            talk.Screen.Line(command.Usage + ": " + command.Help);
            return;
        }

        (string Written, string Means)[] rows = ChatCommands.All.Select(command => (command.Usage, command.Help)).Concat(Others).ToArray();
        int width = rows.Max(row => row.Written.Length) + 2;
        foreach ((string written, string means) in rows) talk.Screen.Line("  " + written.PadRight(width) + means);
        talk.Screen.Line(string.Empty);
        talk.Screen.Line("A message goes on in the next line behind a backtick, and between lines of ``` or \"\"\"." + (talk.Input.HasEditor ? " Shift+Enter begins a line as well." : string.Empty));
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Candidates(ChatTalk talk) => ChatCommands.All.Select(command => command.Name);
}
