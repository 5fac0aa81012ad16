using System;
using System.Linq;

namespace GptChat.Tests;

/// <summary>The smallest files of each kind: enough for their first bytes to say what they are.</summary>
internal static class Media
{
    public static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13];
    public static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16];
    public static readonly byte[] Gif = [.. "GIF89a"u8, 1, 0, 1, 0];
    public static readonly byte[] Webp = [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8];
    public static readonly byte[] Wav = [.. "RIFF"u8, 4, 0, 0, 0, .. "WAVE"u8];
    public static readonly byte[] Mp3 = [.. "ID3"u8, 4, 0, 0];
    public static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8];
    public static readonly byte[] Zip = [.. "PK"u8, 3, 4, 20, 0];
    public static readonly byte[] Bmp = [.. "BM"u8, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0];

    public static byte[] Of(string kind) => kind switch
    {
        "png" => Png,
        "jpg" => Jpeg,
        "gif" => Gif,
        "webp" => Webp,
        "wav" => Wav,
        "mp3" => Mp3,
        "pdf" => Pdf,
        "zip" => Zip,
        "bmp" => Bmp,
        "tiff" => [.. "II*"u8, 0, 8, 0],
        "heic" => [0, 0, 0, 24, .. "ftypheic"u8],
        "mp4" => [0, 0, 0, 24, .. "ftypisom"u8],
        "flac" => [.. "fLaC"u8, 0, 0],
        "ogg" => [.. "OggS"u8, 0, 2],
        "gz" => [0x1F, 0x8B, 8, 0],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Zeros behind a head, of a length.</summary>
    public static byte[] Long(byte[] head, int length) => [.. head, .. Enumerable.Repeat((byte)1, length - head.Length)];
}
