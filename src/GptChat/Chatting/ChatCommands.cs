using System;
using System.Collections.Generic;
using System.Linq;
using GptChat.Chatting.Commands;

namespace GptChat.Chatting;

/// <summary>The one table of commands: what runs them, helps and completes reads it.</summary>
internal static class ChatCommands
{
    /// <summary>All of them, in the order of the help.</summary>
    public static readonly IReadOnlyList<ChatCommand> All = new ChatCommand[]
    {
        new HelpCommand(),
        new ModelCommand(),
        new SystemCommand(),
        new FileCommand(),
        new PasteCommand(),
        new RetryCommand(),
        new UndoCommand(),
        new CodeCommand(),
        new SaveCommand(),
        new LoadCommand(),
        new TokensCommand(),
        new ClearCommand(),
        new ExitCommand(),
    };

    /// <summary>Runs what stands behind a slash. The beginning of a name is enough where it is that of one command.</summary>
    /// <exception cref="GptChatException">There is no such command, or it cannot be done.</exception>
    public static void Run(ChatTalk talk, string text)
    {
        int end = text.TakeWhile(character => !char.IsWhiteSpace(character)).Count();
        ChatCommand command = Find(text.Substring(0, end));
        string argument = text.Substring(end).Trim();
        if (argument.Length > 0 && !command.TakesArgument)
        {
            throw new GptChatException(GptErrorKind.InvalidInput, command.Usage + " takes nothing behind it") { Hint = "Write it alone. A message that begins with a slash is written with two: //" + command.Name + " …" };
        }

        command.Run(talk, argument);
    }

    /// <summary>The command of a name or of the beginning of one.</summary>
    /// <exception cref="GptChatException">There is none, or there are several.</exception>
    public static ChatCommand Find(string name)
    {
        ChatCommand[] meant = All.Where(command => command.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (meant.FirstOrDefault(command => command.Name.Length == name.Length) is { } exact) return exact;
        if (meant.Length == 1 && name.Length > 0) return meant[0];
        if (meant.Length > 1 && name.Length > 0)
        {
            throw Unknown("/" + name + " is the beginning of " + string.Join(" and ", meant.Select(command => "/" + command.Name)), "Write one more letter. Nothing was sent.");
        }

        string? nearest = name.Length == 0 ? null : All.Select(command => command.Name).OrderBy(known => Distance(known, name)).First();
        string guess = nearest is not null && Distance(nearest, name) <= Math.Max(2, name.Length / 2) ? "Did you mean /" + nearest + "? " : string.Empty;
        throw Unknown("There is no command /" + name, guess + "/help lists them; a message that begins with a slash is written with two: //" + name + ". Nothing was sent.");
    }

    private static GptChatException Unknown(string message, string hint) => new(GptErrorKind.InvalidInput, message) { Hint = hint };

    /// <summary>How many letters have to be changed, added, left out or swapped to make one word of the other.</summary>
    private static int Distance(string known, string written)
    {
        string word = written.ToLowerInvariant();
        var cost = new int[known.Length + 1, word.Length + 1];
        for (int i = 0; i <= known.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= word.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= known.Length; i++)
        {
            for (int j = 1; j <= word.Length; j++)
            {
                int change = known[i - 1] == word[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + change);
                bool isSwapped = i > 1 && j > 1 && known[i - 1] == word[j - 2] && known[i - 2] == word[j - 1];
                if (isSwapped) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[known.Length, word.Length];
    }
}
