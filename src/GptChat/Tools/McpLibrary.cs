using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
#if NET
using System.Runtime.Loader;
#else
using GptChat.Hosting;
#endif

namespace GptChat.Tools;

/// <summary>
/// The library for servers of the Model Context Protocol, loaded with the first of them into a context of its own: it brings ten
/// assemblies that a session without such servers never sees. Only types of .NET cross over.
/// </summary>
internal sealed class McpLibrary
{
    private const string Folder = "mcp";
    private const string AssemblyFile = "GptChat.Mcp.dll";
    private const string Bridge = "GptChat.Mcp.McpBridge";

    private static readonly Lazy<McpLibrary> Loaded = new(() => new McpLibrary());

    private McpLibrary()
    {
        string folder = Path.Combine(Path.GetDirectoryName(typeof(McpLibrary).Assembly.Location) ?? string.Empty, Folder);
        Type bridge = Load(folder).GetType(Bridge, throwOnError: true)!;
        StartAsync = Method<Func<string, string[], string, IDictionary<string, string?>, string, Action<string>, CancellationToken, Task<object>>>(bridge, nameof(StartAsync));
        ConnectAsync = Method<Func<Uri, IDictionary<string, string>, string, CancellationToken, Task<object>>>(bridge, nameof(ConnectAsync));
        ListAsync = Method<Func<object, CancellationToken, Task<string>>>(bridge, nameof(ListAsync));
        CallAsync = Method<Func<object, string, string, CancellationToken, Task<string>>>(bridge, nameof(CallAsync));
        CloseAsync = Method<Func<object, Task>>(bridge, nameof(CloseAsync));
    }

    /// <summary>The library; loads it.</summary>
    public static McpLibrary Instance => Loaded.Value;

    /// <summary>Starts a program and connects to it: command, arguments, folder, variables, version, what hears its errors.</summary>
    public Func<string, string[], string, IDictionary<string, string?>, string, Action<string>, CancellationToken, Task<object>> StartAsync { get; }

    /// <summary>Connects to an address: address, headers, version.</summary>
    public Func<Uri, IDictionary<string, string>, string, CancellationToken, Task<object>> ConnectAsync { get; }

    /// <summary>The tools of a server, as JSON.</summary>
    public Func<object, CancellationToken, Task<string>> ListAsync { get; }

    /// <summary>Calls a tool: server, name, arguments as JSON; the result is JSON too.</summary>
    public Func<object, string, string, CancellationToken, Task<string>> CallAsync { get; }

    /// <summary>Ends a server.</summary>
    public Func<object, Task> CloseAsync { get; }

    private static T Method<T>(Type bridge, string name)
        where T : Delegate => (T)Delegate.CreateDelegate(typeof(T), bridge.GetMethod(name)!);

#if NET
    private static Assembly Load(string folder) => new McpContext(folder).LoadFromAssemblyPath(Path.Combine(folder, AssemblyFile));

    private sealed class McpContext(string folder) : AssemblyLoadContext("GptChat.Mcp")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
#else
    private static Assembly Load(string folder)
    {
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
            OwnFolder.Answers(folder, request) && Path.Combine(folder, new AssemblyName(request.Name).Name + ".dll") is var path && File.Exists(path) ? Assembly.LoadFrom(path) : null;
        return Assembly.LoadFrom(Path.Combine(folder, AssemblyFile));
    }
#endif
}
