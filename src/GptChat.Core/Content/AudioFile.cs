using System;
using System.Collections.Generic;
using System.IO;
using GptChat.Files;

namespace GptChat.Content;

/// <summary>The file that a spoken answer is saved to.</summary>
internal static class AudioFile
{
    /// <summary>The only format that streams: bare samples, 24,000 a second, 16 bits, one channel (OpenAI's documentation of the format).</summary>
    public const string Samples = "pcm16";

    public const string Wav = "wav";

    private const int SamplesPerSecond = 24000;
    private const int BytesPerSample = 2;

    private static readonly Dictionary<string, string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".wav"] = Wav,
        [".mp3"] = "mp3",
        [".flac"] = "flac",
        [".opus"] = "opus",
        [".ogg"] = "opus",
        [".aac"] = "aac",
        [".pcm"] = Samples,
    };

    /// <summary>The format that a file's name asks for; null where its ending says none.</summary>
    public static string? FormatOf(string path) => Formats.TryGetValue(Path.GetExtension(path), out string? format) ? format : null;

    /// <summary>Makes sure that the file can be written.</summary>
    /// <exception cref="GptChatException">It cannot; nothing was sent yet.</exception>
    public static void RequireWritable(string path)
    {
        try
        {
            AtomicFile.RequireWritable(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new GptChatException(GptErrorKind.AudioNotSaved, "The file for the spoken answer cannot be written: " + failure.Message, failure)
            {
                Hint = "Check the path given to -AudioPath and its permissions. Nothing was sent.",
                Target = path,
            };
        }
    }

    /// <summary>Saves a spoken answer.</summary>
    /// <exception cref="GptChatException">There is no sound, it is damaged, or the file cannot be written. The answer itself is not lost.</exception>
    public static void Save(string path, GptResponse response)
    {
        if (string.IsNullOrEmpty(response.Message?.Audio?.Data)) throw Failed("The answer holds no sound, so nothing was saved", "Does the model speak? Choose one that does with -Model, such as gpt-audio.", response, null);
        byte[] sound;
        try
        {
            sound = response.Message!.Audio!.GetBytes();
        }
        catch (FormatException failure)
        {
            throw Failed("The sound of the answer is damaged, so nothing was saved", "The text is there. Send again.", response, failure);
        }

        try
        {
            bool needsHead = string.Equals(FormatOf(path), Wav, StringComparison.Ordinal) && IsSamples(sound);
            AtomicFile.Write(path, file =>
            {
                if (needsHead) WriteHead(file, sound.Length);
                file.Write(sound, 0, sound.Length);
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Failed("The answer came, but its sound cannot be saved: " + failure.Message, "It is in the reply's Response.Message.Audio: [IO.File]::WriteAllBytes(path, $reply.Response.Message.Audio.GetBytes()).", response, failure);
        }
    }

    /// <summary>Whether it is bare samples, and no file of any format. The two bytes that a frame of some begins with may be a sample too.</summary>
    private static bool IsSamples(byte[] sound) => sound is [0xFF, ..] || MediaType.Of(sound) is not { Kind: MediaKind.Audio or MediaKind.OtherAudio };

    /// <summary>What makes a WAV file of bare samples.</summary>
    private static void WriteHead(Stream file, int length)
    {
        using var writer = new BinaryWriter(file, System.Text.Encoding.ASCII, leaveOpen: true);
        writer.Write("RIFF".ToCharArray());
        writer.Write(36 + length);
        writer.Write("WAVEfmt ".ToCharArray());
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(SamplesPerSecond);
        writer.Write(SamplesPerSecond * BytesPerSample);
        writer.Write((short)BytesPerSample);
        writer.Write((short)(BytesPerSample * 8));
        writer.Write("data".ToCharArray());
        writer.Write(length);
    }

    private static GptChatException Failed(string message, string hint, GptResponse response, Exception? inner) =>
        new(GptErrorKind.AudioNotSaved, message, inner) { Hint = hint, Response = response };
}
