using System;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace GptChat.Chatting;

/// <summary>Reads a line with PSReadLine where it is loaded, by the function that the console itself calls: history, Tab and keys are the user's own.</summary>
/// <param name="complete">Completes a line of the chat; null where PowerShell's own completion holds.</param>
/// <param name="enter">Takes messages that are no PowerShell.</param>
internal sealed class ChatLineEditor(Func<string, int, CommandCompletion?> complete, EnterKey enter)
{
    // What is defined here lives in this scope: PSReadLine finds it, since it calls from within, and the session keeps its own. Whatever
    // is no command is completed as at the prompt, behind ! as if that were not there.
    private const string Script = """
        param($GptChatPrompt, $GptChatComplete, $GptChatTab)
        function prompt { $GptChatPrompt }
        function TabExpansion2([string] $inputScript, [int] $cursorColumn, [hashtable] $options) {
            if ($null -ne ($GptChatFound = $GptChatComplete.Invoke($inputScript, $cursorColumn))) { return $GptChatFound }
            $GptChatSkip = if ($inputScript.StartsWith('!') -and $cursorColumn -gt 0) { 1 } else { 0 }
            $GptChatFound = & $GptChatTab $inputScript.Substring($GptChatSkip) ($cursorColumn - $GptChatSkip) $options
            if ($GptChatFound.ReplacementIndex -ge 0) { $GptChatFound.ReplacementIndex += $GptChatSkip }
            $GptChatFound
        }
        PSConsoleHostReadLine
        """;

    /// <summary>The editor; null where PSReadLine is not loaded or cannot be used.</summary>
    public static ChatLineEditor? Find(PSCmdlet cmdlet, Func<string, int, CommandCompletion?> complete)
    {
        bool isThere = InterruptKey.CanListen(cmdlet.Host)
            && cmdlet.InvokeCommand.GetCommand("PSConsoleHostReadLine", CommandTypes.Function) is { ModuleName: "PSReadLine" };
        return isThere && EnterKey.Find(cmdlet) is { } enter ? new ChatLineEditor(complete, enter) : null;
    }

    /// <summary>Whether the last line was taken back: Ctrl+C gives an empty one that nobody sent.</summary>
    public bool WasCancelled { get; private set; }

    /// <summary>Reads a message, which may have several lines.</summary>
    public string? Read(string prompt, ChatScreen screen)
    {
        WasCancelled = false;
        screen.Prompt(prompt);
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript("param($n) $ExecutionContext.InvokeCommand.GetCommand($n, 'Function')").AddArgument("TabExpansion2");
        Collection<PSObject> tab = shell.Invoke();
        shell.Commands.Clear();
        shell.AddScript(Script, useLocalScope: true).AddArgument(prompt).AddArgument(complete).AddArgument(tab.Count > 0 ? tab[0] : null);
        using EnterKey.Binding bound = enter.Bind();
        Collection<PSObject> lines = shell.Invoke();
        if (bound.Accepted is { } message)
        {
            // The line was emptied to be accepted, and is shown again as it was.
            screen.Rewrite(prompt, message);
            return message;
        }

        string? line = lines.Count == 0 ? string.Empty : lines[lines.Count - 1]?.ToString();
        WasCancelled = line is { Length: 0 } && !bound.WasPressed;

        // PSReadLine leaves the cursor behind its ^C, and the next prompt to the console.
        if (WasCancelled) screen.Line(string.Empty);
        return line;
    }
}
