using System;
#if NET
using System.Collections.Generic;
#endif
using System.IO;
#if NET
using System.Linq;
#endif
using System.Reflection;
#if NET
using System.Runtime.Loader;
#endif
using GptChat.Tokens;

namespace GptChat.Hosting;

/// <summary>
/// Resolves the assemblies that ship with the module. Another module in the same shell may bring another version of them, and
/// whoever came first would win; so the module's own copies live in a context that nobody else sees.
/// </summary>
internal static class PrivateAssemblies
{
    private static readonly object Gate = new();
    private static readonly string Folder = Path.GetDirectoryName(typeof(PrivateAssemblies).Assembly.Location) ?? string.Empty;
#if NET
    private static readonly HashSet<string> References = new(
        typeof(PrivateAssemblies).Assembly.GetReferencedAssemblies().Concat(typeof(TokenVocabulary).Assembly.GetReferencedAssemblies()).Select(static name => name.FullName),
        StringComparer.OrdinalIgnoreCase);
#endif
    private static bool s_isRegistered;

    /// <summary>Begins to resolve; once for the process, however often the module is imported.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (s_isRegistered) return;
            s_isRegistered = true;
            TokenVocabulary.Loader = LoadOwn;
#if NET
            AssemblyLoadContext.Default.Resolving += static (_, name) => IsOurs(name) && Find(name) is { } path ? PrivateContext.Instance.LoadFromAssemblyPath(path) : null;
#else
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
        return PrivateContext.Instance.LoadFromAssemblyPath(path);
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
    /// <summary>
    /// Everybody's questions come here, and nothing tells whose they are; the runtime does not compare versions in the answer either. So
    /// only what the module's two assemblies refer to is given out, in the very version that they name: whoever asks for another gets their own.
    /// </summary>
    private static bool IsOurs(AssemblyName name) => References.Contains(name.FullName);

    private sealed class PrivateContext() : AssemblyLoadContext("GptChat")
    {
        public static readonly PrivateContext Instance = new();

        protected override Assembly? Load(AssemblyName assemblyName) => Find(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }
#endif
}
