using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace GptChat.Hosting;

/// <summary>
/// Finds the session of a runspace. The table is the source of truth; the module variable only shows it, since the module's
/// object changes when it is imported again or by another module, and is missing for a bare assembly and for completers.
/// </summary>
internal static class SessionStore
{
    /// <summary>The name of the module variable.</summary>
    public const string VariableName = "GptChatSession";

    private static readonly ConditionalWeakTable<Runspace, GptSession> Sessions = new();
    private static readonly GptSession WithoutRunspace = new();

    /// <summary>The session of the runspace that this thread works for.</summary>
    public static GptSession Current => Runspace.DefaultRunspace is { } runspace ? Sessions.GetValue(runspace, _ => new GptSession()) : WithoutRunspace;

    /// <summary>The session of a running cmdlet; makes sure that the module's variable shows it.</summary>
    public static GptSession Of(PSCmdlet cmdlet)
    {
        GptSession session = Current;
        if (cmdlet.MyInvocation.MyCommand?.Module?.SessionState is { } module) Show(module, session);
        return session;
    }

    /// <summary>Makes a session that of another runspace too, which works for it.</summary>
    public static void Share(Runspace runspace, GptSession session) => Sessions.Add(runspace, session);

    /// <summary>
    /// Empties a runspace's session. It stays the same object: another module may still hold this one, and its read-only
    /// variable with it.
    /// </summary>
    public static void Forget(Runspace runspace)
    {
        if (Sessions.TryGetValue(runspace, out GptSession? session)) session.Clear();
    }

    private static void Show(SessionState module, GptSession session)
    {
        const string Name = "script:" + VariableName;

        // A runspace has one session for good, so what stands there is it.
        if (module.PSVariable.Get(Name) is not null) return;
        var variable = new PSVariable(Name, session, ScopedItemOptions.ReadOnly)
        {
            Description = "The connections and conversations of GptChat in this session.",
        };
        module.PSVariable.Set(variable);
    }
}
