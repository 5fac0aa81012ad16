using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace GptChat.Tests.Stops;

/// <summary>A listener that has one connection waiting and no room for another: on Linux further ones get no answer at all.</summary>
internal sealed class FullListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _filler = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public FullListener()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        BaseUri = "http://127.0.0.1:" + Address.Port + "/v1";
        _filler.Connect(Address);
    }

    public IPEndPoint Address { get; }

    public string BaseUri { get; }

    /// <summary>Takes the one that waits, so that the next one that knocks gets in.</summary>
    public void MakeRoom() => _listener.Accept().Dispose();

    /// <summary>The next one that gets in.</summary>
    public Task<Socket> AcceptAsync() => _listener.AcceptAsync();

    public void Dispose()
    {
        _filler.Dispose();
        _listener.Dispose();
    }
}
