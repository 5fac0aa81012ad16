using System;
using System.Globalization;
using GptChat.Transport;

namespace GptChat;

/// <summary>What an answer cost the network: bytes of the bodies and times of the try that was answered.</summary>
public sealed class GptTransfer
{
    internal GptTransfer(long requestBytes, long responseBytes, TransportTiming? timing)
    {
        RequestBytes = requestBytes;
        ResponseBytes = responseBytes;
        Connected = timing?.Connected;
        FirstByte = timing?.FirstByte;
        HttpVersion = timing?.HttpVersion;
    }

    /// <summary>The length of the request's body.</summary>
    public long RequestBytes { get; }

    /// <summary>How much of the answer's body was read.</summary>
    public long ResponseBytes { get; }

    /// <summary>When a connection stood, the secure handshake included; null where an open one was used, or nothing was sent.</summary>
    public TimeSpan? Connected { get; }

    /// <summary>When the answer began; null where nothing was sent.</summary>
    public TimeSpan? FirstByte { get; }

    /// <summary>The version of HTTP that was spoken, 1.1 or 2; null where nothing was sent.</summary>
    public string? HttpVersion { get; }

    /// <summary>For people.</summary>
    public override string ToString()
    {
        string bytes = string.Format(CultureInfo.InvariantCulture, "{0} bytes out, {1} in", RequestBytes, ResponseBytes);
        if (FirstByte is not { } first) return bytes;
        string connected = Connected is { } stood ? "connected after " + TransportFailure.Seconds(Rounded(stood)) : "on an open connection";
        return bytes + (HttpVersion is null ? string.Empty : " over HTTP/" + HttpVersion) + "; " + connected + ", first byte after " + TransportFailure.Seconds(Rounded(first));
    }

    private static TimeSpan Rounded(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Round(time.TotalMilliseconds));
}
