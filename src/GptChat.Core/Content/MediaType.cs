using System;

namespace GptChat.Content;

/// <summary>What a file is, told from its first bytes: a name's ending may lie, and a provider refuses what it was not told.</summary>
/// <param name="Kind">How it can be sent.</param>
/// <param name="Name">What a person calls it, with its article.</param>
/// <param name="Mime">The registered name of the type.</param>
/// <param name="Extension">The usual ending of its name, without the dot; for sound the protocol's word for the format.</param>
internal sealed record MediaType(MediaKind Kind, string Name, string Mime, string Extension)
{
    /// <summary>What has no type that is known here.</summary>
    public static readonly MediaType Unknown = new(MediaKind.Other, "a file of an unknown kind", "application/octet-stream", "bin");

    private const byte Any = (byte)'?';

    // '?' stands for any byte. Text may begin with many things: a mark here is long or odd enough that no text begins with it.
    private static readonly (string Mark, MediaType Type)[] Marks =
    {
        ("\u0089PNG\r\n\u001a\n", new(MediaKind.Image, "a PNG image", "image/png", "png")),
        ("\u00ff\u00d8\u00ff", new(MediaKind.Image, "a JPEG image", "image/jpeg", "jpg")),
        ("GIF87a", new(MediaKind.Image, "a GIF image", "image/gif", "gif")),
        ("GIF89a", new(MediaKind.Image, "a GIF image", "image/gif", "gif")),
        ("RIFF????WEBP", new(MediaKind.Image, "a WEBP image", "image/webp", "webp")),
        ("RIFF????WAVE", new(MediaKind.Audio, "a WAV sound", "audio/wav", "wav")),
        ("ID3\u0002", new(MediaKind.Audio, "an MP3 sound", "audio/mpeg", "mp3")),
        ("ID3\u0003", new(MediaKind.Audio, "an MP3 sound", "audio/mpeg", "mp3")),
        ("ID3\u0004", new(MediaKind.Audio, "an MP3 sound", "audio/mpeg", "mp3")),
        ("\u00ff\u00fb", new(MediaKind.Audio, "an MP3 sound", "audio/mpeg", "mp3")),
        ("\u00ff\u00fa", new(MediaKind.Audio, "an MP3 sound", "audio/mpeg", "mp3")),
        ("\u00ff\u00f3", new(MediaKind.Audio, "an MP3 sound", "audio/mpeg", "mp3")),
        ("\u00ff\u00f2", new(MediaKind.Audio, "an MP3 sound", "audio/mpeg", "mp3")),
        ("\u00ff\u00e3", new(MediaKind.Audio, "an MP3 sound", "audio/mpeg", "mp3")),
        ("%PDF-", new(MediaKind.Document, "a PDF document", "application/pdf", "pdf")),
        ("BM????\0\0\0\0", new(MediaKind.OtherImage, "a BMP image", "image/bmp", "bmp")),
        ("II*\0", new(MediaKind.OtherImage, "a TIFF image", "image/tiff", "tiff")),
        ("MM\0*", new(MediaKind.OtherImage, "a TIFF image", "image/tiff", "tiff")),
        ("????ftyphei", new(MediaKind.OtherImage, "a HEIC image", "image/heic", "heic")),
        ("????ftypavif", new(MediaKind.OtherImage, "an AVIF image", "image/avif", "avif")),
        ("????ftypM4A", new(MediaKind.OtherAudio, "an M4A sound", "audio/mp4", "m4a")),
        ("????ftyp", new(MediaKind.Other, "a video or another MP4 file", "video/mp4", "mp4")),
        ("fLaC\0", new(MediaKind.OtherAudio, "a FLAC sound", "audio/flac", "flac")),
        ("OggS\0", new(MediaKind.OtherAudio, "an OGG sound", "audio/ogg", "ogg")),
        ("\u00ff\u00f1", new(MediaKind.OtherAudio, "an AAC sound", "audio/aac", "aac")),
        ("\u00ff\u00f9", new(MediaKind.OtherAudio, "an AAC sound", "audio/aac", "aac")),
        ("PK\u0003\u0004", new(MediaKind.Other, "a ZIP archive or an Office document", "application/zip", "zip")),
        ("\u001f\u008b", new(MediaKind.Other, "a gzip archive", "application/gzip", "gz")),
    };

    /// <summary>What the bytes are; null where they may well be text.</summary>
    public static MediaType? Of(ReadOnlySpan<byte> head)
    {
        foreach ((string mark, MediaType type) in Marks)
        {
            if (StartsWith(head, mark)) return type;
        }

        return null;
    }

    private static bool StartsWith(ReadOnlySpan<byte> head, string mark)
    {
        if (head.Length < mark.Length) return false;
        for (int i = 0; i < mark.Length; i++)
        {
            if (mark[i] != Any && head[i] != mark[i]) return false;
        }

        return true;
    }
}

/// <summary>How a file that is no text can be sent.</summary>
internal enum MediaKind
{
    /// <summary>As an image that every provider with images takes.</summary>
    Image,

    /// <summary>As sound.</summary>
    Audio,

    /// <summary>As a file.</summary>
    Document,

    /// <summary>Not: an image, but of a kind that must be converted first.</summary>
    OtherImage,

    /// <summary>Not: sound, but of a kind that must be converted first.</summary>
    OtherAudio,

    /// <summary>Not as what it is.</summary>
    Other,
}
