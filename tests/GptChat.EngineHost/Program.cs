using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GptChat.EngineHost;

/// <summary>Runs a file of script in a hosted engine: what is output goes to standard output, a line each, and errors to standard error.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        using PowerShell shell = PowerShell.Create(runspace);
        shell.Streams.Error.DataAdded += (_, added) => Console.Error.WriteLine(shell.Streams.Error[added.Index]);
        try
        {
            foreach (PSObject result in shell.AddScript(File.ReadAllText(args[0])).Invoke()) Console.Out.WriteLine(result);
        }
        catch (RuntimeException failure)
        {
            Console.Error.WriteLine(failure.ErrorRecord.FullyQualifiedErrorId + ": " + failure.Message);
            return 1;
        }

        return shell.HadErrors ? 1 : 0;
    }
}
