using System;
using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace GptChat.Tests.Stops;

/// <summary>Tells when a connection to an address is being made: the one state that no server can see.</summary>
internal sealed class ConnectAttempts : EventListener
{
    private static readonly ConnectAttempts Instance = new();

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _begun = new();

    /// <summary>Completes when somebody begins to connect to the address.</summary>
    public static Task To(IPEndPoint address) => Task.WhenAny(Instance.Begun(address), Instance.Begun(new IPEndPoint(address.Address.MapToIPv6(), address.Port)));

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Sockets") EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Events may come while the base class's constructor still runs.
        if (eventData is { EventName: "ConnectStart", Payload: [string address, ..] } && _begun is not null) Begun(address).TrySetResult();
    }

    private Task Begun(IPEndPoint address) => Begun(address.Serialize().ToString()).Task;

    private TaskCompletionSource Begun(string address) => _begun.GetOrAdd(address, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
