using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Wire;

namespace GptChat.Transport;

/// <summary>A request's body on its way out, segment by segment, without being copied together first.</summary>
internal sealed class ChatRequestContent : HttpContent
{
    private readonly RequestBody _body;

    /// <summary>Called when the first byte is about to go out: a connection stands.</summary>
    public Action? Sending { get; set; }

    /// <summary>Wraps a body.</summary>
    public ChatRequestContent(RequestBody body)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

#if NET
    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Sending?.Invoke();
        foreach (ReadOnlyMemory<byte> segment in _body.Segments) await stream.WriteAsync(segment, cancellationToken).ConfigureAwait(false);
    }
#else
    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext context)
    {
        Sending?.Invoke();
        foreach (ReadOnlyMemory<byte> segment in _body.Segments)
        {
            MemoryMarshal.TryGetArray(segment, out ArraySegment<byte> array);
            await stream.WriteAsync(array.Array, array.Offset, array.Count).ConfigureAwait(false);
        }
    }
#endif

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
