using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace GptChat.Cli;

/// <summary>What the engine writes to its host goes to standard output, in plain text, its remarks to standard error; what it would ask is refused.</summary>
internal sealed class CliHostInterface(TextOutput output) : PSHostUserInterface
{
    /// <inheritdoc/>
    public override PSHostRawUserInterface? RawUI => null;

    /// <inheritdoc/>
    public override void Write(string value) => output.Write(value);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => output.Write(value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => output.WriteLine(value);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => output.Say(value);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => output.Say(message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => output.Say(message);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => output.Say("warning: " + message);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    /// <inheritdoc/>
    public override string ReadLine() => throw Nobody();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw Nobody();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw Nobody();

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw Nobody();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Nobody();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw Nobody();

    private static PSInvalidOperationException Nobody() => new("gptchat cannot ask: leave out -Confirm.");
}
