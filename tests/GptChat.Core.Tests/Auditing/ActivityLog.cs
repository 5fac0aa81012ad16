using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace GptChat.Core.Tests.Auditing;

/// <summary>A listener that keeps what belongs to one trace: tests that run beside it have traces of their own.</summary>
internal sealed class ActivityLog : IDisposable
{
    private readonly ConcurrentQueue<Activity> _stopped = new();
    private readonly ActivityListener _listener;

    public ActivityLog(ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        Parent = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "GptChat" || source.Name.StartsWith("System.Net", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Parent.TraceId == Parent.TraceId ? sampling : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == Parent.TraceId) _stopped.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The caller's own activity.</summary>
    public Activity Parent { get; }

    public IReadOnlyList<Activity> Activities => [.. _stopped.Where(activity => activity != Parent)];

    public void Dispose()
    {
        _listener.Dispose();
        Parent.Dispose();
    }
}
