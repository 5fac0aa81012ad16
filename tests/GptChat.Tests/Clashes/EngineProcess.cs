using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Tests.Clashes;

/// <summary>An engine in a process of its own, in which nothing has been loaded before.</summary>
internal static class EngineProcess
{
    /// <summary>Past this a process does not run, it hangs: it is killed and the test fails.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Runs a script.</summary>
    /// <param name="script">The script; an error of it is one of the test.</param>
    /// <param name="runtime">Where .NET lies; null for the machine's own.</param>
    /// <returns>The lines of its output.</returns>
    public static async Task<string[]> RunAsync(string script, string? runtime = null)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script);
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            if (runtime is null) start.ArgumentList.Add(Repository.EngineHost);
            else UseRuntime(start, runtime);
            start.ArgumentList.Add(file);
            foreach (string variable in TestSetup.Variables) start.Environment.Remove(variable);
            start.Environment.Remove(TestSetup.RecordingVariable);
            using var limit = new CancellationTokenSource(Limit);
            using Process process = Process.Start(start)!;
            await using CancellationTokenRegistration _ = limit.Token.Register(() => process.Kill(entireProcessTree: true));
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            string told = await errors;
            await process.WaitForExitAsync();
            return told.Length == 0 && process.ExitCode == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : throw new InvalidOperationException("It ended with " + process.ExitCode + " and said: " + told);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void UseRuntime(ProcessStartInfo start, string runtime)
    {
        // The command dotnet runs on the .NET that it lies in; the program's own host looks for one.
        start.FileName = Path.ChangeExtension(Repository.EngineHost, null);
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET_ROOT", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        start.Environment["DOTNET_ROOT"] = runtime;
    }
}
