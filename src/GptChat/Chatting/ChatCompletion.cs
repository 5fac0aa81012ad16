using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Chatting;

/// <summary>Completes the commands of the chat and what stands behind them.</summary>
internal static class ChatCompletion
{
    /// <summary>What could stand where the cursor is; null where the line is no command, or a path stands there.</summary>
    public static CommandCompletion? Complete(ChatTalk talk, string line, int cursor)
    {
        if (cursor < 1 || cursor > line.Length || line[0] != '/' || line.StartsWith("//", StringComparison.Ordinal)) return null;
        string text = line.Substring(0, cursor);
        int space = text.IndexOf(' ');
        if (space < 0)
        {
            return Of(ChatCommands.All.Where(command => Begins(command.Name, text.Substring(1)))
                .Select(command => new CompletionResult("/" + command.Name, command.Name, CompletionResultType.Command, command.Usage + ": " + command.Help)), 0, cursor);
        }

        ChatCommand? command = ChatCommands.All.FirstOrDefault(known => string.Equals(known.Name, text.Substring(1, space - 1), StringComparison.OrdinalIgnoreCase));
        string word = text.Substring(space + 1);
        return command?.Candidates(talk) is not { } candidates
            ? null
            : Of(candidates.Where(candidate => Begins(candidate, word)).Select(candidate => new CompletionResult(candidate, candidate, CompletionResultType.ParameterValue, candidate)), space + 1, cursor - space - 1);
    }

    private static bool Begins(string candidate, string word) => candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static CommandCompletion Of(System.Collections.Generic.IEnumerable<CompletionResult> results, int start, int length) =>
        new(new Collection<CompletionResult>(results.ToList()), -1, start, length);
}
