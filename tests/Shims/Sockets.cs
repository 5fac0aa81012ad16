using System;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat;

/// <summary>Sockets with cancellation; whoever cancels closes the socket, which ends what was left behind.</summary>
internal static class Sockets
{
    extension(TcpListener listener)
    {
        public void Dispose() => listener.Stop();

        public Task<Socket> AcceptSocketAsync(CancellationToken cancellation) => listener.AcceptSocketAsync().WaitAsync(cancellation);
    }

    extension(Socket socket)
    {
        public Task<Socket> AcceptAsync(CancellationToken cancellation) => SocketTaskExtensions.AcceptAsync(socket).WaitAsync(cancellation);

        public Task<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation) => socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);

        public Task<int> ReceiveAsync(Memory<byte> buffer, SocketFlags flags, CancellationToken cancellation) =>
            MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> segment)
                ? SocketTaskExtensions.ReceiveAsync(socket, segment, flags).WaitAsync(cancellation)
                : throw new NotSupportedException();
    }
}
