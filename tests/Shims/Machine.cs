using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat;

internal static class Machine
{
    private static long Untold => throw new NotSupportedException("The framework does not tell what a thread allocates.");

    extension(GC)
    {
        public static long GetAllocatedBytesForCurrentThread() => Untold;
    }

    extension(Environment)
    {
        /// <summary>Files have no modes there, so nothing is kept from anybody by one.</summary>
        public static bool IsPrivilegedProcess => true;
    }

    extension(CancellationTokenSource source)
    {
        /// <summary>Whoever stops thousands at once needs the threads for something else than to wait for a stop.</summary>
        public Task CancelAsync()
        {
            source.Cancel();
            return Task.CompletedTask;
        }
    }

    extension(Parallel)
    {
        public static Task ForAsync(int from, int to, Func<int, CancellationToken, ValueTask> body) =>
            Task.WhenAll(Partitioner.Create(from, to).GetDynamicPartitions().Select(range => Task.Run(async () =>
            {
                for (int i = range.Item1; i < range.Item2; i++) await body(i, CancellationToken.None);
            })));
    }
}
