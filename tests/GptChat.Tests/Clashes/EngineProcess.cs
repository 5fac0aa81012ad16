using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Tests.Clashes;

/// <summary>An engine in a process of its own, in which nothing has been loaded before.</summary>
internal static class EngineProcess
{
    /// <summary>Past this a process does not run, it hangs: it is killed and the test fails.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Runs a script.</summary>
    /// <returns>The lines of its output.</returns>
    public static async Task<string[]> RunAsync(string script)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script);
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add(Repository.EngineHost);
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
}
