using System.Management.Automation.Runspaces;
using GptChat.Cmdlets;
using GptChat.Hosting;
using Microsoft.PowerShell.Commands;

namespace GptChat.Jobs;

/// <summary>
/// A runspace in which a job runs the cmdlet itself, so that streams, preferences, errors and stops are the engine's own. It holds
/// nothing else, which makes it open in a few milliseconds.
/// </summary>
internal static class JobRunspace
{
    /// <summary>The name of the one command in it.</summary>
    public const string Command = "Invoke-GptChat";

    /// <summary>Opens one.</summary>
    /// <param name="run">What the job starts from.</param>
    /// <param name="session">The session that it works for: connections, conversations and recordings are those of the caller.</param>
    public static Runspace Open(JobRun run, GptSession session)
    {
        InitialSessionState state = InitialSessionState.Create();
        state.Commands.Add(new SessionStateCmdletEntry(Command, typeof(InvokeGptChatCommand), null));
        state.Providers.Add(new SessionStateProviderEntry("FileSystem", typeof(FileSystemProvider), null));
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        SessionStore.Share(runspace, session);
        run.Settle(runspace);
        runspace.Open();
        return runspace;
    }
}
