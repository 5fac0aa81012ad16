using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using System.Threading.Tasks;
using GptChat.Schemas;
using GptChat.TestServer;
using Microsoft.PowerShell;

namespace GptChat.Tests;

/// <summary>An engine with the module imported and a server for it to talk to.</summary>
internal sealed class ModuleHost : IAsyncDisposable
{
    /// <summary>The key of the connection that a host starts with.</summary>
    public const string Key = "sk-marker-8f2b61c09d7e4a35";

    /// <summary>Past this nothing is slow any more, it hangs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly RequestCheck _check;
    private TempFolder? _folder;

    private ModuleHost(RequestCheck check, ChatServer server, Runspace runspace, RecordingHost screen)
    {
        _check = check;
        Server = server;
        Runspace = runspace;
        Screen = screen;
    }

    public ChatServer Server { get; }

    public Runspace Runspace { get; }

    public RecordingHost Screen { get; }

    public TempFolder Folder => _folder ??= new TempFolder();

    /// <summary>Starts both.</summary>
    /// <param name="module">The path to import; null for the manifest, blank for nothing.</param>
    public static async Task<ModuleHost> StartAsync(string? module = null)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = ExecutionPolicy.Bypass;
        state.Commands.Add(new SessionStateCmdletEntry("Select-First", typeof(SelectFirstCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Send-Abroad", typeof(SendAbroadCommand), null));
        if (module != string.Empty) state.ImportPSModule([module ?? Repository.Manifest]);
        var screen = new RecordingHost();
        Runspace runspace = RunspaceFactory.CreateRunspace(screen, state);
        runspace.Open();
        var check = new RequestCheck();
        return new ModuleHost(check, await check.StartServerAsync(), runspace, screen);
    }

    /// <summary>Starts another server; its requests are compared with the official schemas as those of the first are.</summary>
    public Task<ChatServer> StartServerAsync() => _check.StartServerAsync();

    /// <summary>Says that the test sends requests that the official schemas do not allow, and why it does.</summary>
    public void AllowsRequestsOutsideTheSchema(string reason) => _check.AllowsRequestsOutsideTheSchema(reason);

    /// <summary>Connects to the server as one would to the default endpoint, with its default model and a key.</summary>
    public ModuleHost Connect()
    {
        Invoke("Connect-GptChat -Provider Cloudflare -BaseUri $uri -ApiToken $key", ("uri", Server.BaseUri.AbsoluteUri), ("key", Secure(Key)));
        return this;
    }

    /// <summary>Runs a script that must not fail, and returns its output.</summary>
    public IReadOnlyList<PSObject> Invoke(string script, params (string Name, object? Value)[] variables) =>
        Run(script, variables).RequireSuccess().Output;

    /// <summary>Runs a script that must throw, and returns what a <c>catch</c> sees.</summary>
    public ErrorRecord InvokeError(string script, params (string Name, object? Value)[] variables)
    {
        Outcome outcome = Run("try { " + script + "\n} catch { $_ }", variables).RequireSuccess();
        return (outcome.Output.Count > 0 ? outcome.Output[^1].BaseObject : null) as ErrorRecord ?? throw new InvalidOperationException("The script did not throw: " + script);
    }

    /// <summary>Runs a script, whatever becomes of it.</summary>
    public Outcome Run(string script, params (string Name, object? Value)[] variables)
    {
        using PowerShell shell = Prepare(script, variables);
        using var output = new PSDataCollection<PSObject>();
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        if (!running.AsyncWaitHandle.WaitOne(Limit))
        {
            shell.Stop();
            throw new TimeoutException("The script hangs: " + script);
        }

        RuntimeException? failure = null;
        try
        {
            shell.EndInvoke(running);
        }
        catch (RuntimeException error)
        {
            failure = error;
        }

        return new Outcome(shell, output, failure);
    }

    /// <summary>Starts a script and does not wait for it.</summary>
    public PendingCall Begin(string script, params (string Name, object? Value)[] variables) => new(Prepare(script, variables));

    public async ValueTask DisposeAsync()
    {
        Runspace.Dispose();
        _folder?.Dispose();
        await Server.DisposeAsync();
        _check.Verify();
    }

    /// <summary>Text as a SecureString.</summary>
    public static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (char character in text) secure.AppendChar(character);
        return secure;
    }

    private PowerShell Prepare(string script, (string Name, object? Value)[] variables)
    {
        foreach ((string name, object? value) in variables) Runspace.SessionStateProxy.SetVariable(name, value);
        var shell = PowerShell.Create();
        shell.Runspace = Runspace;
        shell.AddScript(script);
        return shell;
    }
}
