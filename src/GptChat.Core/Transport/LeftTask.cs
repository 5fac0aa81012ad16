using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Transport;

/// <summary>Work that is left to itself, since whoever wanted it wants it no more.</summary>
internal static class LeftTask
{
    /// <summary>Looks at how it ends, in the place of somebody who would. A failure that nobody looks at is told to the whole process.</summary>
    public static void Leave(this Task task) =>
        task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
