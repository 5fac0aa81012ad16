using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace GptChat.Tests;

/// <summary>A host that keeps what is written to it, and answers questions as it was told, else with what is suggested.</summary>
internal sealed class RecordingHost : PSHost
{
    private readonly Screen _screen;

    public RecordingHost() => _screen = new Screen(this);

    /// <summary>Everything written so far.</summary>
    public string Written => _screen.Text;

    /// <summary>The labels of the next answers, such as <c>Yes to &amp;All</c>.</summary>
    public ConcurrentQueue<string> Answers { get; } = new();

    /// <summary>The lines that the user writes when asked for one; behind the last one the input ends.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>What was written as an error.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Every question so far, its caption first.</summary>
    public ConcurrentQueue<string> Questions { get; } = new();

    /// <summary>Runs when a question comes, before it is answered.</summary>
    public Action? Asked { get; set; }

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Tests";

    public override PSHostUserInterface UI => _screen;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class Screen(RecordingHost host) : PSHostUserInterface
    {
        private readonly StringBuilder _text = new();

        public string Text
        {
            get
            {
                lock (_text) return _text.ToString();
            }
        }

        public override PSHostRawUserInterface? RawUI { get; } = new ScreenFrame();

        public override void Write(string value)
        {
            lock (_text) _text.Append(value);
        }

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value) => Write(value + "\n");

        public override void WriteErrorLine(string value)
        {
            host.Errors.Enqueue(value);
            WriteLine(value);
        }

        public override void WriteDebugLine(string message) => WriteLine(message);

        public override void WriteVerboseLine(string message) => WriteLine(message);

        public override void WriteWarningLine(string message) => WriteLine(message);

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override string ReadLine()
        {
            if (!host.Lines.TryDequeue(out string? line)) return null!;

            // As a terminal does.
            WriteLine(line);
            return line;
        }

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new NotSupportedException();

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            host.Questions.Enqueue(caption + "\n" + message);
            host.Asked?.Invoke();
            if (!host.Answers.TryDequeue(out string? label)) return defaultChoice;
            int choice = choices.Select(offered => offered.Label).ToList().IndexOf(label);
            return choice >= 0 ? choice : throw new ArgumentException("There is no choice '" + label + "' among " + string.Join(", ", choices.Select(offered => offered.Label)), nameof(choices));
        }

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();
    }
}
