using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Runtime.InteropServices;
using GptChat.Cmdlets;
using GptChat.Hosting;
using GptChat.Input;

namespace GptChat.CommandLine;

/// <summary>What the key does: it asks for a command that does what the command line says, and puts it there. It never runs it.</summary>
internal sealed class CommandKey(LineEditor editor, PSHost host, EngineIntrinsics engine, object? connection, string? model, string chord)
{
    /// <summary>The name under which PSReadLine lists it.</summary>
    public const string Function = "GptCommand";

    /// <summary>What it does, for PSReadLine's list.</summary>
    public const string Description = "Turn the text on the command line into a PowerShell command, which is not run";

    private const string Waiting = "  # asking the model; Escape keeps the line";

    /// <summary>What PSReadLine calls. Nothing may come out of it: PSReadLine would take it for a defect of its own.</summary>
    public void Press(ConsoleKeyInfo? key, object? argument)
    {
        try
        {
            Run();
        }
        catch (Exception failure) when (failure is RuntimeException or GptChatException or InvalidOperationException or ArgumentException)
        {
            Show(() => host.UI.WriteErrorLine("GptChat: " + failure.Message));
        }
    }

    private string Instructions()
    {
        string system = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "Windows" : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "macOS" : "Linux";
        return "The user describes what to do on the command line of PowerShell " + ShellVersion() + " on " + system + ". Answer with the PowerShell command that does it and with nothing else: no explanation, no Markdown. "
            + "Prefer one line. If no command can do it, answer with one line that begins with # and says why.";
    }

    private string ShellVersion()
    {
        object? version = (engine.SessionState.PSVariable.GetValue("PSVersionTable") as IDictionary)?["PSVersion"];
        return string.Join(".", (version?.ToString() ?? string.Empty).Split('.').Take(2));
    }

    private void Run()
    {
        string line = editor.Text;
        if (string.IsNullOrWhiteSpace(line))
        {
            Show(() => host.UI.WriteLine("Write what you want done, such as: the ten largest files here. Then press " + chord + ": it becomes a command, which is not run."));
            return;
        }

        int cursor = editor.Cursor;
        editor.Cursor = line.Length;
        editor.Insert(Waiting);
        Outcome outcome;
        try
        {
            outcome = Ask(line);
        }
        finally
        {
            // As an edit of its own, so that Ctrl+Z behind the answer brings back the text as it was typed.
            editor.Undo();
            editor.Cursor = cursor;
        }

        if (outcome.Failure is { } failure) Show(() => host.UI.WriteErrorLine("Invoke-GptChat: " + failure));
        if (outcome.Answer is not { } answer) return;
        CommandAnswer read = CommandAnswer.Read(answer, IsKnown);
        if (!read.IsCommand)
        {
            Show(() => host.UI.WriteWarningLine(read.Text.Length == 0 ? "The model answered nothing." : "This is no command, so the line was left as it is: " + read.Text));
            return;
        }

        editor.Replace(read.Text);
        if (outcome.Warnings.Count == 0 && read.Problem is null) return;
        Show(() =>
        {
            foreach (string warning in outcome.Warnings) host.UI.WriteWarningLine(warning);
            if (read.Problem is not null) host.UI.WriteWarningLine("PowerShell cannot read this command: " + read.Problem);
        });
    }

    private Outcome Ask(string line)
    {
        GptSession session = SessionStore.Current;
        GptConversation? current = session.CurrentConversation;
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(new CmdletInfo("Invoke-GptChat", typeof(InvokeGptChatCommand))).AddParameter("Prompt", line).AddParameter("System", Instructions());
        if (connection is not null) shell.AddParameter("Connection", connection);
        if (model is not null) shell.AddParameter("Model", model);

        // What redaction took out of the line belongs into the command again.
        GptConnection? used = connection is null ? session.DefaultConnection : NamedArgument.Connection(connection, session);
        if (used?.Redaction is not null) shell.AddParameter("Restore");
        using var watch = new KeyWatch(() => shell.BeginStop(null, null));
        try
        {
            string answer = string.Concat(shell.Invoke().Select(piece => piece?.ToString()));

            // The engine ends a nested call that is stopped without an exception.
            return watch.IsStopped ? Outcome.Stopped : new Outcome(answer, null, shell.Streams.Warning.Select(warning => warning.Message).ToList());
        }
        catch (PipelineStoppedException)
        {
            return Outcome.Stopped;
        }
        catch (RuntimeException failure)
        {
            return watch.IsStopped ? Outcome.Stopped : new Outcome(null, failure.Message, Array.Empty<string>());
        }
        finally
        {
            session.SetCurrent(current);
        }
    }

    private bool IsKnown(string name)
    {
        try
        {
            return engine.InvokeCommand.GetCommand(name, CommandTypes.All) is not null;
        }
        catch (RuntimeException)
        {
            return false;
        }
    }

    /// <summary>Writes below the line, and shows the line again below that.</summary>
    private void Show(Action write)
    {
        int cursor = editor.Cursor;
        editor.Cursor = editor.Text.Length;
        host.UI.WriteLine();
        write();
        editor.ShowPrompt();
        editor.Cursor = cursor;
    }

    private sealed record Outcome(string? Answer, string? Failure, IReadOnlyList<string> Warnings)
    {
        public static readonly Outcome Stopped = new(null, null, Array.Empty<string>());
    }
}
