using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace GptChat.Benchmarks.Hosts;

/// <summary>The pwsh of this machine, if there is one.</summary>
internal static class Shell
{
    /// <summary>Where it is; null where there is none.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a script in a fresh process, and returns the numbers that it outputs.</summary>
    public static double[] Run(string script) => ChildProcess.Numbers(ChildProcess.Run(Start(script)));

    /// <summary>The version.</summary>
    public static string Version() => ChildProcess.Run(Start("\"$($PSVersionTable.PSVersion)\"")).Trim();

    /// <summary>A script that begins with the module imported and connected to a server.</summary>
    public static string Connected(Uri server, string script) =>
        "$ErrorActionPreference = 'Stop'; Import-Module '" + Checkout.Manifest + "'; Connect-GptChat -BaseUri " + server + " -Model m" + Key.Argument + "\n" + script;

    /// <summary>How pwsh is started to run it.</summary>
    public static ProcessStartInfo Start(string script) => ChildProcess.Prepare(Path!, ["-NoProfile", "-NonInteractive", "-Command", script]);
}
