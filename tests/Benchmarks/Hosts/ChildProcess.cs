using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace GptChat.Benchmarks.Hosts;

/// <summary>Other programs.</summary>
internal static class ChildProcess
{
    // What is measured must not depend on whose session this is.
    private static readonly string[] Foreign = ["GPTCHAT_RECORDING", "CLOUDFLARE_ACCOUNT_ID", "AZURE_OPENAI_ENDPOINT", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OLLAMA_HOST"];

    /// <summary>How it is started.</summary>
    public static ProcessStartInfo Prepare(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string name in Foreign) start.Environment.Remove(name);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        return start;
    }

    /// <summary>How this program is started again, for a process where nothing has happened yet.</summary>
    public static ProcessStartInfo Fresh(params string[] arguments)
    {
        ProcessStartInfo start = Prepare(Environment.ProcessPath!, IsHosted ? [Checkout.Program, .. arguments] : arguments);
        start.RedirectStandardError = false;
        return start;
    }

    /// <summary>Runs it to its end, and returns what it wrote. One that fails or says something on standard error throws.</summary>
    public static string Run(ProcessStartInfo start, string input = "")
    {
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> errors = start.RedirectStandardError ? process.StandardError.ReadToEndAsync() : Task.FromResult(string.Empty);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string failure = errors.GetAwaiter().GetResult();
        if (process.ExitCode != 0 || failure.Length > 0) throw new InvalidOperationException(start.FileName + " ended with " + process.ExitCode + ": " + failure);
        return output;
    }

    /// <summary>The numbers of an output, one a line.</summary>
    public static double[] Numbers(string output) =>
        Array.ConvertAll(output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), line => double.Parse(line, CultureInfo.InvariantCulture));

    // Started as 'dotnet some.dll' or by a program of its own.
    private static bool IsHosted => Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
}
