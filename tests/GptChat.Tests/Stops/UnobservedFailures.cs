using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace GptChat.Tests.Stops;

/// <summary>Failures of tasks that nobody looked at: what a task leaves that was started and forgotten.</summary>
internal static partial class UnobservedFailures
{
    private static readonly ConcurrentBag<AggregateException> Seen = [];

    [ModuleInitializer]
    internal static void Watch() => TaskScheduler.UnobservedTaskException += (_, failure) => Seen.Add(failure.Exception);

    /// <summary>Those so far of this module and of the network stack beneath it, which become known when the forgotten tasks are collected.</summary>
    public static string[] Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return [.. Seen.Select(failure => failure.ToString()).Where(text => Product().IsMatch(text))];
    }

    // The tests and their server have tasks of their own.
    [GeneratedRegex(@"^\s+at GptChat\.(?!Tests\.|TestServer\.)", RegexOptions.Multiline)]
    private static partial Regex Product();
}
