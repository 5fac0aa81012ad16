using System;
using System.Diagnostics;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Tests.Cli;

/// <summary>The command line in a process of its own.</summary>
internal sealed class CliProcess : IDisposable
{
    /// <summary>Past this a process does not run, it hangs: it is killed and the test fails.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly Task<string> _errors;

    private CliProcess(Process process)
    {
        _process = process;
        _limit.Token.Register(Kill);
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts it.</summary>
    /// <param name="redirections">What a shell would be told, such as <c>&lt;/dev/null</c>; null for pipes.</param>
    /// <param name="server">The server to talk to; null for none.</param>
    /// <param name="arguments">The arguments.</param>
    public static CliProcess Start(string? redirections, Uri? server, params string[] arguments)
    {
        // The shell gives way to the program, which so keeps its process id.
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.StandardInputEncoding = new UTF8Encoding(false);
        start.StandardErrorEncoding = new UTF8Encoding(false);
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" " + redirections);
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet");
        start.ArgumentList.Add(Repository.CommandLine);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach (string variable in TestSetup.Variables) start.Environment.Remove(variable);
        start.Environment.Remove(TestSetup.RecordingVariable);
        if (server is not null)
        {
            start.Environment["OPENAI_API_KEY"] = ModuleHost.Key;
            start.Environment["OPENAI_BASE_URL"] = server.AbsoluteUri;
        }

        return new CliProcess(Process.Start(start) ?? throw new InvalidOperationException("There is no /bin/sh."));
    }

    /// <summary>Writes standard input and ends it.</summary>
    public CliProcess Pipe(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Close();
        return this;
    }

    /// <summary>Reads standard output up to so many characters, or to its end.</summary>
    public async Task<string> ReadAsync(int count)
    {
        var buffer = new char[count];
        int read = await _process.StandardOutput.ReadBlockAsync(buffer.AsMemory(), _limit.Token);
        return new string(buffer, 0, read);
    }

    /// <summary>Reads no more of standard output, as <c>head</c> does when it has what it wants.</summary>
    public void CloseOutput() => _process.StandardOutput.Close();

    /// <summary>Sends what Ctrl+C sends.</summary>
    public async Task InterruptAsync()
    {
        using Process kill = Process.Start("/bin/sh", ["-c", "kill -INT " + _process.Id]);
        await kill.WaitForExitAsync(_limit.Token);
    }

    /// <summary>Waits for the end.</summary>
    public async Task<CliResult> EndAsync(bool readsOutput = true)
    {
        var output = new System.IO.MemoryStream();
        if (readsOutput) await _process.StandardOutput.BaseStream.CopyToAsync(output, _limit.Token);
        string errors = await _errors.WaitAsync(_limit.Token);
        await _process.WaitForExitAsync(_limit.Token);
        return new CliResult(_process.ExitCode, output.ToArray(), errors);
    }

    public void Dispose()
    {
        Kill();
        _limit.Dispose();
        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended in this very moment.
        }
    }
}

/// <summary>How a process ended.</summary>
internal sealed record CliResult(int ExitCode, byte[] OutputBytes, string Errors)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);
}
