using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Threading.Tasks;
using GptChat.Connections;

namespace GptChat.Benchmarks.Hosts;

/// <summary>
/// What this program does when it is started to make one call in a process where nothing has happened yet: it writes how long that
/// took, and how many methods were compiled for it.
/// </summary>
internal static class FreshStart
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Word = "fresh";

    /// <summary>Makes the call.</summary>
    /// <param name="way"><c>core</c> or <c>bare</c>.</param>
    /// <param name="server">The address.</param>
    public static async Task RunAsync(string way, string server)
    {
        long methods = JitInfo.GetCompiledMethodCount();
        var clock = Stopwatch.StartNew();
        var uri = new Uri(server);
        _ = way == "core" ? await CoreCall.AskAsync(CoreCall.Connect(uri)) : await BareCall.AskAsync(uri);
        double time = clock.Elapsed.TotalMilliseconds;
        methods = JitInfo.GetCompiledMethodCount() - methods;
        Console.WriteLine(time.ToString(CultureInfo.InvariantCulture));
        Console.WriteLine(methods.ToString(CultureInfo.InvariantCulture));
    }
}
