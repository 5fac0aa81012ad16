using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GptChat.Benchmarks.Hosts;

/// <summary>A PowerShell engine in this process, with the module imported and connected to a server.</summary>
internal sealed class HostedEngine : IDisposable
{
    private readonly Runspace _runspace;

    private HostedEngine(Runspace runspace) => _runspace = runspace;

    /// <summary>A runspace with the module imported, and nothing else.</summary>
    public static Runspace OpenRunspace()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Checkout.Manifest]);
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }

    /// <summary>Starts one.</summary>
    public static HostedEngine Start(Uri server)
    {
        var engine = new HostedEngine(OpenRunspace());
        engine.Run("Connect-GptChat -BaseUri " + server + " -Model m" + Key.Argument);
        return engine;
    }

    /// <summary>Makes a variable of the session.</summary>
    public void Set(string name, object value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Runs a script, which must not fail.</summary>
    public Collection<PSObject> Run(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        Collection<PSObject> output = shell.AddScript(script).Invoke();
        IEnumerable<ErrorRecord> errors = shell.Streams.Error;
        return errors.FirstOrDefault() is { } error ? throw new InvalidOperationException(script + ": " + error, error.Exception) : output;
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();
}
