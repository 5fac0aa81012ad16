using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace GptChat.Cli;

/// <summary>The host of the engine: it has an output and nobody to ask.</summary>
internal sealed class CliHost(TextOutput output) : PSHost
{
    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override string Name => "gptchat";

    /// <inheritdoc/>
    public override PSHostUserInterface UI { get; } = new CliHostInterface(output);

    /// <inheritdoc/>
    public override Version Version => typeof(CliHost).Assembly.GetName().Version ?? new Version(0, 0);

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException("There is nobody to ask.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt()
    {
    }

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode)
    {
    }
}
