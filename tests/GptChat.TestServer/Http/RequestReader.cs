using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Pipelines;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.TestServer.Http;

/// <summary>Reads the requests of one connection, and watches it for its close between them.</summary>
internal sealed class RequestReader(Stream stream, int connection)
{
    private const int MaximumLine = 64 * 1024;
    private const int MaximumBody = 256 * 1024 * 1024;

    private readonly PipeReader _input = PipeReader.Create(stream);

    /// <summary>The next request, or null when the client has closed the connection.</summary>
    /// <exception cref="InvalidDataException">What arrived is no HTTP request.</exception>
    public async Task<ReceivedRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            string[] start = (await ReadLineAsync(cancellationToken).ConfigureAwait(false)).Split(' ');
            if (start is not [string method, string path, "HTTP/1.1" or "HTTP/1.0"]) throw new InvalidDataException("The request line is malformed.");
            Dictionary<string, string> headers = await ReadHeadersAsync(cancellationToken).ConfigureAwait(false);
            if (headers.TryGetValue("Expect", out string? expect) && expect.Equals("100-continue", StringComparison.OrdinalIgnoreCase))
                await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            byte[] body = await ReadBodyAsync(headers, cancellationToken).ConfigureAwait(false);
            return new ReceivedRequest(method, path, headers, body, connection);
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>Completes with true once the client has closed the connection, with false after <see cref="StopWatching"/>.</summary>
    public async Task<bool> WatchForCloseAsync()
    {
        try
        {
            while (true)
            {
                ReadResult result = await _input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                // Of a next request that is already here, nothing may count as seen, or its reader would wait for more.
                _input.AdvanceTo(result.Buffer.Start, result.IsCanceled ? result.Buffer.Start : result.Buffer.End);
                if (result.IsCanceled) return false;
                if (result.IsCompleted) return true;
            }
        }
        catch (Exception error) when (Connection.IsConnectionLoss(error))
        {
            return true;
        }
    }

    /// <summary>Ends <see cref="WatchForCloseAsync"/>; nothing that arrived is lost.</summary>
    public void StopWatching() => _input.CancelPendingRead();

    private async Task<Dictionary<string, string>> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) throw new InvalidDataException("A header line is malformed.");
            string name = line[..colon];
            string value = line[(colon + 1)..].Trim();
            headers[name] = headers.TryGetValue(name, out string? earlier) ? $"{earlier}, {value}" : value;
        }
        return headers;
    }

    private async Task<byte[]> ReadBodyAsync(Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (headers.TryGetValue("Transfer-Encoding", out string? encoding) && encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            return await ReadChunksAsync(cancellationToken).ConfigureAwait(false);
        if (!headers.TryGetValue("Content-Length", out string? text)) return [];
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > MaximumBody)
            throw new InvalidDataException("The content length is malformed or too large.");
        return await ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> ReadChunksAsync(CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> body = new();
        while (true)
        {
            string size = (await ReadLineAsync(cancellationToken).ConfigureAwait(false)).Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int length)
                || length < 0 || length > MaximumBody - body.WrittenCount)
                throw new InvalidDataException("A chunk size is malformed or too large.");
            if (length == 0) break;
            body.Write(await ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false));
            await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        await ReadHeadersAsync(cancellationToken).ConfigureAwait(false);
        return body.WrittenSpan.ToArray();
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                string line = Encoding.Latin1.GetString(result.Buffer.Slice(0, end)).TrimEnd('\r');
                _input.AdvanceTo(result.Buffer.GetPosition(1, end));
                return line;
            }
            _input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted) throw new EndOfStreamException();
            if (result.Buffer.Length > MaximumLine) throw new InvalidDataException("A line of the head is too long.");
        }
    }

    private async Task<byte[]> ReadExactlyAsync(int count, CancellationToken cancellationToken)
    {
        // A read would wait for what need not come: the client waits for its reply.
        if (count == 0) return [];
        while (true)
        {
            ReadResult result = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.Buffer.Length >= count)
            {
                byte[] bytes = result.Buffer.Slice(0, count).ToArray();
                _input.AdvanceTo(result.Buffer.GetPosition(count));
                return bytes;
            }
            _input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted) throw new EndOfStreamException();
        }
    }
}
