using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Threading.Tasks;
using GptChat.Benchmarks.Measuring;
using GptChat.Connections;

namespace GptChat.Benchmarks.Hosts;

/// <summary>
/// What this program does when it is started to make one call in a process where nothing has happened yet: it writes how long that
/// took, how many methods were compiled for it, and how long a call takes that follows, most of it in code that is not optimized yet.
/// </summary>
internal static class FreshStart
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Word = "fresh";

    /// <summary>How many calls follow the first.</summary>
    public const int Calls = 200;

    /// <summary>Makes the calls.</summary>
    /// <param name="way"><c>core</c> or <c>bare</c>.</param>
    /// <param name="server">The address.</param>
    public static async Task RunAsync(string way, string server)
    {
        long methods = JitInfo.GetCompiledMethodCount();
        var clock = Stopwatch.StartNew();
        var uri = new Uri(server);
        GptConnection? connection = way == "core" ? CoreCall.Connect(uri) : null;
        Task<string?> Ask() => connection is null ? BareCall.AskAsync(uri) : CoreCall.AskAsync(connection);
        await Ask();
        double time = clock.Elapsed.TotalMilliseconds;
        methods = JitInfo.GetCompiledMethodCount() - methods;
        double[] next = await Meter.RepeatAsync(Calls, Ask);
        Console.WriteLine(time.ToString(CultureInfo.InvariantCulture));
        Console.WriteLine(methods.ToString(CultureInfo.InvariantCulture));
        Console.WriteLine(next[0].ToString(CultureInfo.InvariantCulture));
    }
}
