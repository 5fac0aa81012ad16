using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;

namespace GptChat.Recording;

/// <summary>Sends what a recording does not hold and adds its answer to it, once the file is known to take it.</summary>
internal sealed class MissTransport : IChatTransport
{
    private readonly ExchangeFile _file;
    private readonly FileRole _role;
    private readonly RecordingTransport _recording;
    private volatile bool _isWritable;

    /// <summary>Stands behind a recording.</summary>
    public MissTransport(ExchangeFile file, FileRole role, IChatTransport inner)
    {
        _file = file;
        _role = role;
        _recording = new RecordingTransport(inner, line => file.Append(line, role), KeepRule.Answers);
    }

    /// <inheritdoc/>
    public Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation)
    {
        // Only now: who finds all in a recording needs no right to write it.
        if (!_isWritable) RecordingFile.RequireWritable(_file.Path, _role, cancellation);
        _isWritable = true;
        return _recording.SendAsync(call, cancellation);
    }
}
