using System;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

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

    /// <summary>Whether anybody else is connecting to it, or got in as far as a connection that nobody has taken.</summary>
    public bool IsKnockedAt => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Any(connection =>
        connection.RemoteEndPoint.Port == Address.Port
        && connection.LocalEndPoint.Port != ((IPEndPoint)_filler.LocalEndPoint!).Port
        && connection.State is (TcpState.SynSent or TcpState.Established));

    public void Dispose()
    {
        _filler.Dispose();
        _listener.Dispose();
    }
}
