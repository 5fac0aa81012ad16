using System;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using GptChat.Rendering;

namespace GptChat.CommandLine;

/// <summary>
/// What a model answered to the wish for a command: the command, or words about why there is none. Words on the command line would be
/// run by whoever trusts the key and presses Enter.
/// </summary>
/// <param name="Text">The command, or the words.</param>
/// <param name="IsCommand">Whether it is a command.</param>
/// <param name="Problem">Why PowerShell cannot read the command; null if it can.</param>
internal sealed record CommandAnswer(string Text, bool IsCommand, string? Problem)
{
    private static readonly Regex Fence = new(@"^[ \t]*(?<mark>`{3,}|~{3,})[^\n`]*\n(?<code>.*?)(\n[ \t]*\k<mark>[ \t]*$|\z)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant);
    private static readonly Regex Program = new("^[a-z][a-z0-9._-]*$", RegexOptions.CultureInvariant);

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">It, as it came.</param>
    /// <param name="isKnown">Whether the session has a command of a name.</param>
    public static CommandAnswer Read(string answer, Func<string, bool> isKnown)
    {
        string text = SafeText.Of(answer.Replace("\r\n", "\n").Replace('\r', '\n')).Replace("\t", "    ").Trim();
        Match fence = Fence.Match(text);
        string command = fence.Success ? fence.Groups["code"].Value.Trim() : Bare(text);
        ScriptBlockAst script = Parser.ParseInput(command, out Token[] _, out ParseError[] errors);
        if (!IsCommandText(script, command, errors.Length > 0, fence.Success, isKnown)) return new(text, false, null);
        return new(command, true, errors.Length == 0 ? null : errors[0].Message);
    }

    /// <summary>Without the backticks around a whole text.</summary>
    private static string Bare(string text) =>
        text.Length > 2 && text[0] == '`' && text[text.Length - 1] == '`' && text.IndexOf('`', 1) == text.Length - 1 ? text.Substring(1, text.Length - 2).Trim() : text;

    private static bool IsCommandText(ScriptBlockAst script, string text, bool isBroken, bool isFenced, Func<string, bool> isKnown)
    {
        if (script.Find(node => node is StatementAst and not CommandBaseAst, true) is null) return false;
        var first = script.Find(node => node is CommandBaseAst or AssignmentStatementAst or FunctionDefinitionAst or LoopStatementAst or IfStatementAst or TryStatementAst, true);
        if (first is not CommandAst command) return first is not null && (!isBroken || isFenced);
        if (command.GetCommandName() is not { } name) return true;
        if (isKnown(name) || name.Any(character => character is '/' or '\\') || Regex.IsMatch(name, "^[A-Za-z]+-[A-Za-z]+$")) return true;

        // A program that is not installed here is written like one; a sentence begins with a capital or ends with a full stop.
        return Program.IsMatch(name) && (isFenced || (!isBroken && text.IndexOf('\n') < 0 && text[text.Length - 1] is not ('.' or '!' or '?' or ':')));
    }
}
