using System;
using System.IO;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>
/// Writes JSON into an array of just its length. Every message and every request is written so: a writer and its buffers cost many times
/// what a message holds, so each thread keeps a pair.
/// </summary>
internal static class JsonBytes
{
    // What a thread keeps for good. A photo in base64 is not what the next message will be like.
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static Kept? _kept;

    /// <summary>What is written, as UTF-8.</summary>
    /// <param name="state">What to write; handed over so that no closure is made.</param>
    /// <param name="write">Writes it.</param>
    public static byte[] Of<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        // Taken away meanwhile: who writes may come here again, and after a failure it is not to be used again.
        Kept kept = _kept ?? new Kept();
        _kept = null;
        write(kept.Writer, state);
        kept.Writer.Flush();
        byte[] bytes = kept.Buffer.ToArray();
        if (bytes.Length <= LargestKept)
        {
            kept.Buffer.SetLength(0);
            kept.Writer.Reset(kept.Buffer);
            _kept = kept;
        }

        return bytes;
    }

    private sealed class Kept
    {
        public Kept() => Writer = new Utf8JsonWriter(Buffer, WireJson.WriterOptions);

        public MemoryStream Buffer { get; } = new();

        public Utf8JsonWriter Writer { get; }
    }
}
