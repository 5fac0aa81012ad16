using System;
using System.Management.Automation;
using System.Threading.Tasks;

namespace GptChat.Tests;

/// <summary>A script under way.</summary>
internal sealed class PendingCall : IDisposable
{
    private readonly TaskCompletionSource<PSObject> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProgressRecord> _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PSDataCollection<PSObject> _output = [];
    private readonly PowerShell _shell;
    private readonly Task _running;

    public PendingCall(PowerShell shell)
    {
        _shell = shell;
        _output.DataAdded += (_, added) => _first.TrySetResult(_output[added.Index]);
        shell.Streams.Information.DataAdded += (_, _) => _shown.TrySetResult();
        shell.Streams.Progress.DataAdded += (_, added) => _progress.TrySetResult(shell.Streams.Progress[added.Index]);
        _running = Task.Factory.FromAsync(shell.BeginInvoke<PSObject, PSObject>(null, _output), result => shell.EndInvoke(result));
    }

    /// <summary>The first object that came out.</summary>
    public Task<PSObject> FirstOutput => _first.Task.WaitAsync(ModuleHost.Limit);

    /// <summary>Completes when something was written to the information stream.</summary>
    public Task FirstInformation => _shown.Task.WaitAsync(ModuleHost.Limit);

    /// <summary>The first progress record.</summary>
    public Task<ProgressRecord> FirstProgress => _progress.Task.WaitAsync(ModuleHost.Limit);

    /// <summary>The first progress record that says so.</summary>
    public async Task<string> ProgressAsync(string part)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _shell.Streams.Progress.DataAdded += (_, added) =>
        {
            string text = _shell.Streams.Progress[added.Index].StatusDescription;
            if (text.Contains(part, StringComparison.Ordinal)) found.TrySetResult(text);
        };
        return await found.Task.WaitAsync(ModuleHost.Limit);
    }

    /// <summary>How the script ended, or where it is.</summary>
    public PSInvocationState State => _shell.InvocationStateInfo.State;

    /// <summary>The first verbose line that begins so.</summary>
    public async Task<string> VerboseAsync(string beginning)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, DataAddedEventArgs? added)
        {
            foreach (VerboseRecord record in _shell.Streams.Verbose)
            {
                if (record.Message.StartsWith(beginning, StringComparison.Ordinal)) found.TrySetResult(record.Message);
            }
        }

        _shell.Streams.Verbose.DataAdded += Look;
        Look(null, null);
        return await found.Task.WaitAsync(ModuleHost.Limit);
    }

    /// <summary>Waits for the end.</summary>
    public async Task<Outcome> EndAsync()
    {
        RuntimeException? failure = null;
        try
        {
            await _running.WaitAsync(ModuleHost.Limit);
        }
        catch (RuntimeException error)
        {
            failure = error;
        }

        return new Outcome(_shell, _output, failure);
    }

    /// <summary>Stops it as Ctrl+C does, and waits until nothing of it runs any more.</summary>
    public async Task<Outcome> StopAsync()
    {
        await Task.Factory.FromAsync(_shell.BeginStop(null, null), _shell.EndStop).WaitAsync(ModuleHost.Limit);
        return await EndAsync();
    }

    public void Dispose()
    {
        _shell.Dispose();
        _output.Dispose();
    }
}
