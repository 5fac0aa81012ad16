using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using GptChat.Hosting;

namespace GptChat.Chatting;

/// <summary>Whether what is shown may have colour.</summary>
/// <param name="HasColor">Whether it may.</param>
internal sealed record ScreenStyle(bool HasColor)
{
    /// <summary>Finds out as PowerShell itself and other programs do.</summary>
    public static ScreenStyle Of(PSHost host, SessionState session) => new(
        host.UI.SupportsVirtualTerminal
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && !string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.OrdinalIgnoreCase)
        && !(host.Name == Interaction.ConsoleHost && Console.IsOutputRedirected)
        && !IsPlain(session));

    private static bool IsPlain(SessionState session) =>
        session.PSVariable.GetValue("PSStyle") is { } style
        && string.Equals(PSObject.AsPSObject(style).Properties["OutputRendering"]?.Value?.ToString(), "PlainText", StringComparison.OrdinalIgnoreCase);
}
