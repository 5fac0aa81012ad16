using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GptChat.Hosting;

/// <summary>What happens when the module is imported and removed.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    // The engine removes a module also when Import-Module -Force is about to load it again, and tells no difference.
    private const string RemoveModuleCommand = "RemoveModuleCommand";

    /// <summary>Makes the module's own dependencies resolvable before any of its code needs one.</summary>
    public void OnImport() => PrivateAssemblies.Register();

    /// <summary>
    /// Forgets the session's connections and conversations when the user removes the module. HTTP connections stay: other
    /// runspaces use them too.
    /// </summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (Runspace.DefaultRunspace is { } runspace && IsRemovedByUser()) SessionStore.Forget(runspace);
    }

    private static bool IsRemovedByUser() =>
        new StackTrace().GetFrames()?.Any(frame => string.Equals(frame?.GetMethod()?.DeclaringType?.Name, RemoveModuleCommand, StringComparison.Ordinal)) == true;
}
