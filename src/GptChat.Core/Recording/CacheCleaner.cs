using System;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using GptChat.Files;

namespace GptChat.Recording;

/// <summary>
/// Takes answers out of a cache. The file is replaced as a whole: a kill leaves the old one or the new one. What another program adds
/// in the moment of the change may be lost, and is asked for again.
/// </summary>
internal sealed class CacheCleaner
{
    private readonly string _path;
    private readonly FileRole _role;
    private readonly DateTimeOffset _limit;

    private CacheCleaner(string path, FileRole role, DateTimeOffset limit)
    {
        _path = path;
        _role = role;
        _limit = limit;
    }

    /// <summary>How many answers go.</summary>
    public int Removed { get; private set; }

    /// <summary>How many stay, recorded exchanges that are none of a cache's included.</summary>
    public int Kept { get; private set; }

    /// <summary>Looks what would go.</summary>
    /// <param name="path">The cache's full path.</param>
    /// <param name="olderThan">How old an answer must be to go; null for all.</param>
    /// <param name="role">How errors speak of it.</param>
    /// <param name="cancellation">Fires when the user stops.</param>
    /// <exception cref="GptChatException">It is not there, or no cache.</exception>
    public static CacheCleaner Look(string path, TimeSpan? olderThan, FileRole role, CancellationToken cancellation = default)
    {
        if (!File.Exists(path)) throw role.NotReadable(path, "there is no such file", null);
        var file = new ExchangeFile(path);
        file.Refresh(role, startsOver: false, cancellation);
        var cleaner = new CacheCleaner(path, role, olderThan is { } age ? DateTimeOffset.UtcNow - age : DateTimeOffset.MaxValue);
        foreach (ExchangeEntry entry in file.Entries)
        {
            if (cleaner.Goes(entry.CacheKey, entry.Recorded)) cleaner.Removed++;
            else cleaner.Kept++;
        }

        return cleaner;
    }

    /// <summary>Takes them out.</summary>
    /// <exception cref="GptChatException">The file cannot be written.</exception>
    public void Clear(CancellationToken cancellation)
    {
        if (Removed == 0) return;
        try
        {
            AtomicFile.Write(_path, target => RecordingFile.WhileLocked(_path, source => Copy(source, target), cancellation));
        }
        catch (Exception failure) when (RecordingFile.IsOfTheFile(failure))
        {
            throw _role.NotWritable(_path, failure);
        }
    }

    private void Copy(FileStream source, Stream target)
    {
        using var reader = new LineReader(source);
        while (reader.Read() is { } line)
        {
            // Lines that a kill has cut go with them.
            if (!Stays(line)) continue;
            byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
            target.Write(bytes, 0, bytes.Length);
        }
    }

    private bool Stays(string line)
    {
        try
        {
            RecordedExchange exchange = RecordedExchange.Parse(line);
            return !Goes(exchange.CacheKey, exchange.Recorded);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool Goes(string? cacheKey, DateTimeOffset? recorded) => cacheKey is not null && (recorded ?? DateTimeOffset.MinValue) < _limit;
}
