using System;
using System.IO;
using System.Reflection;
#if NET
using System.Runtime.Loader;
#endif

namespace GptChat.Hosting;

/// <summary>
/// Finds the assemblies that ship with the module. Another module in the same shell may bring another version of them, and
/// whoever came first would win; so the module's own copies live where nobody else sees them.
/// </summary>
internal static class PrivateAssemblies
{
    private static readonly object Gate = new();
    private static readonly string Folder = Path.GetDirectoryName(typeof(PrivateAssemblies).Assembly.Location) ?? string.Empty;
    private static bool s_isRegistered;

    /// <summary>Begins to find them; once for the process, however often the module is imported.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (s_isRegistered) return;
            s_isRegistered = true;
            Libraries.Loader = LoadOwn;
#if !NET
            // What .NET Framework lacks is referred to by name. Of .NET 8 and later nothing is, so there is no handler there that others would ask.
            AppDomain.CurrentDomain.AssemblyResolve += static (_, request) =>
                OwnFolder.Answers(Folder, request) && Find(new AssemblyName(request.Name)) is { } path ? Assembly.LoadFrom(path) : null;
#endif
        }
    }

    /// <summary>The module's own copy of an assembly, whatever another module has loaded under its name.</summary>
    private static Assembly LoadOwn(string name)
    {
        string path = Find(new AssemblyName(name)) ?? throw new FileNotFoundException(name + ".dll is missing beside GptChat.dll. Install the module again.");
#if NET
        return IsOfRuntime(name) ? Assembly.Load(new AssemblyName(name)) : PrivateContext.Instance.LoadFromAssemblyPath(path);
#else
        // LoadFrom would give the other module's copy, where its name and version are the same.
        return Assembly.LoadFile(path);
#endif
    }

    private static string? Find(AssemblyName name)
    {
        // The module's two assemblies belong to the shell, so that [GptChat.GptMessage] can be named there.
        if (name.Name is null || name.Name.StartsWith("GptChat", StringComparison.OrdinalIgnoreCase)) return null;
        string path = Path.Combine(Folder, name.Name + ".dll");
        return File.Exists(path) ? path : null;
    }

#if NET
    /// <summary>Later runtimes bring some of them, compiled before. Those are bound by the list that a process starts with, and no module can put another version before them.</summary>
    private static bool IsOfRuntime(string name)
    {
        string[] files = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty).Split(Path.PathSeparator);
        string core = typeof(object).Assembly.GetName().Name + ".dll";
        return Array.Find(files, file => Path.GetFileName(file) == core) is { } found && Array.IndexOf(files, Path.Combine(Path.GetDirectoryName(found)!, name + ".dll")) >= 0;
    }

    private sealed class PrivateContext() : AssemblyLoadContext("GptChat")
    {
        public static readonly PrivateContext Instance = new();

        protected override Assembly? Load(AssemblyName assemblyName) => Find(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }
#endif
}
