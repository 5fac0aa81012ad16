using System;
using System.Text.Json.Serialization;

namespace GptChat;

/// <summary>A spoken answer.</summary>
public sealed class GptAudio : GptExtensible
{
    /// <summary>The id by which a later turn refers to it.</summary>
    [JsonInclude]
    public string? Id { get; internal init; }

    /// <summary>The sound, base64, in the format that was asked for.</summary>
    [JsonInclude]
    public string? Data { get; internal init; }

    /// <summary>What is said.</summary>
    [JsonInclude]
    public string? Transcript { get; internal init; }

    /// <summary>Unix seconds after which the server forgets it; 0 where it did not say.</summary>
    [JsonInclude]
    [JsonPropertyName("expires_at")]
    public long ExpiresAtSeconds { get; internal init; }

    /// <summary>When the server forgets it; null where it did not say.</summary>
    [JsonIgnore]
    public DateTimeOffset? ExpiresAt => Wire.UnixTime.ToDate(ExpiresAtSeconds);

    /// <summary>The sound, decoded; empty where there is none.</summary>
    /// <exception cref="FormatException">What came is no base64.</exception>
    public byte[] GetBytes() => string.IsNullOrEmpty(Data) ? Array.Empty<byte>() : Convert.FromBase64String(Data!);

    /// <summary>The transcript.</summary>
    public override string ToString() => Transcript ?? string.Empty;
}
