using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Benchmarks.Hosts;

/// <summary>A script under way in an engine of its own.</summary>
internal sealed class RunningScript : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _output = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PSDataCollection<PSObject> _objects = [];
    private readonly Runspace _runspace;
    private readonly PowerShell _shell;

    private RunningScript(string uri, string script)
    {
        _runspace = HostedEngine.OpenRunspace();
        _shell = PowerShell.Create(_runspace);
        _shell.AddScript("Connect-GptChat -BaseUri " + uri + " -Model m" + Key.Argument + "; " + script);
        _objects.DataAdded += (_, _) => _output.TrySetResult();
        _shell.BeginInvoke<PSObject, PSObject>(null, _objects);
    }

    /// <summary>Completes with the first object that it outputs.</summary>
    public Task Output => _output.Task;

    /// <summary>Connects to a server and runs the script.</summary>
    public static RunningScript Start(string uri, string script) => new(uri, script);

    /// <summary>Waits until a verbose message begins so.</summary>
    public Task SaidAsync(string beginning) => Task.Run(() =>
    {
        bool said = SpinWait.SpinUntil(() => _shell.Streams.Verbose.ToArray().Any(record => record.Message.StartsWith(beginning, StringComparison.Ordinal)), Limit);
        if (!said) throw new TimeoutException("It never said '" + beginning + "'.");
    });

    /// <summary>Stops as Ctrl+C does; the times in milliseconds.</summary>
    public async Task<(double Ended, double? Closed)> StopAsync(Task? closed, Action? watch = null)
    {
        if (_shell.InvocationStateInfo.State != PSInvocationState.Running) throw new InvalidOperationException("The script has ended: " + _shell.InvocationStateInfo.Reason);
        Stopwatch clock = Stopwatch.StartNew();
        Task<double> closing = ClosedAsync(closed ?? Task.CompletedTask, clock);
        await Task.Run(_shell.Stop);
        double ended = clock.Elapsed.TotalMilliseconds;
        watch?.Invoke();
        double seen = await closing.WaitAsync(Limit);
        return (ended, closed is null ? null : seen);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shell.Dispose();
        _runspace.Dispose();
        _objects.Dispose();
    }

    private static async Task<double> ClosedAsync(Task closed, Stopwatch clock)
    {
        await closed;
        return clock.Elapsed.TotalMilliseconds;
    }
}
