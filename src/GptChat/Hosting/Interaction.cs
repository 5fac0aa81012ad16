using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace GptChat.Hosting;

/// <summary>
/// Tells whether there is somebody who could be asked. It must be known before: a question in a job, a remote session or a shell
/// without a terminal fails in a way of its own in each, or waits for ever.
/// </summary>
internal static class Interaction
{
    /// <summary>The name of the host that is a console.</summary>
    public const string ConsoleHost = "ConsoleHost";

    private const string RemoteHost = "ServerRemoteHost";
    private const string CommandLine = "gptchat";

    private static readonly string[] EndsOptions = { "command", "file", "encodedcommand", "commandwithargs", "cwa" };

    /// <summary>Why nobody can be asked, as the end of a sentence; null where somebody can.</summary>
    public static string? Obstacle(PSHost host)
    {
        switch (host.Name)
        {
            case RemoteHost:
                return "this is a job or a remote session";
            case CommandLine:
                return "gptchat does not ask";
        }

        if (!Environment.UserInteractive) return "no user is logged on to this process";
        if (!HasScreen(host)) return "this runspace has no console (a job, ForEach-Object -Parallel, a program that hosts PowerShell)";
        if (host.Name != ConsoleHost) return null;
        if (IsNonInteractive(Environment.GetCommandLineArgs())) return "PowerShell was started with -NonInteractive";
        if (Console.IsInputRedirected) return "standard input is redirected";
        return IsOfHost(host) ? null : "this runspace is not the one of the console (a job, ForEach-Object -Parallel)";
    }

    /// <summary>Whether the command line of a shell says that nobody is to be asked: what stands behind its script or command is not the shell's.</summary>
    public static bool IsNonInteractive(string[] arguments)
    {
        foreach (string argument in arguments.Skip(1))
        {
            string name = argument.TrimStart('-', '/');
            if (name.Length == argument.Length) continue;
            if (name.Length >= 4 && "noninteractive".StartsWith(name, StringComparison.OrdinalIgnoreCase)) return true;
            bool endsOptions = EndsOptions.Any(option => option.StartsWith(name, StringComparison.OrdinalIgnoreCase)) || string.Equals(name, "ec", StringComparison.OrdinalIgnoreCase);
            if (endsOptions) return false;
        }

        return false;
    }

    /// <summary>The engine puts a screen of its own before the host's, and shows only in this whether there is one behind it.</summary>
    private static bool HasScreen(PSHost host)
    {
        if (host.UI is not { RawUI: { } screen }) return false;
        try
        {
            _ = screen.ForegroundColor;
            return true;
        }
        catch (Exception failure) when (failure is RuntimeException or NotImplementedException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsOfHost(PSHost host)
    {
        try
        {
            return host is not IHostSupportsInteractiveSession { Runspace: { } runspace } || Runspace.DefaultRunspace is not { } current || runspace.InstanceId == current.InstanceId;
        }
        catch (Exception failure) when (failure is RuntimeException or NotImplementedException or PSNotImplementedException)
        {
            return true;
        }
    }
}
