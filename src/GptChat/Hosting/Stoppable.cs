using System;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;

namespace GptChat.Hosting;

/// <summary>Work that may take long and cannot be ended from outside, such as a user's regular expression.</summary>
internal static class Stoppable
{
    /// <summary>Runs it elsewhere, and lets it be when the user stops.</summary>
    /// <exception cref="OperationCanceledException">The user stopped.</exception>
    public static T Run<T>(Func<T> work, CancellationToken stop)
    {
        Task<T> running = Task.Run(work, CancellationToken.None);
        running.Leave();
        Task.WaitAny(new Task[] { running }, Timeout.Infinite, stop);
        return running.GetAwaiter().GetResult();
    }
}
