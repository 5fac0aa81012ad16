using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;

namespace GptChat.Recording;

/// <summary>
/// A file of exchanges and an index of it: which request stands where, and which were answered from it in this session. Requests and
/// answers are read when they are wanted, so that a file of any size costs a few hundred bytes an exchange. What others append
/// is found; a file that was changed otherwise is read anew.
/// </summary>
internal sealed class ExchangeFile(string path)
{
    private readonly object _gate = new();
    private readonly ExchangeIndex _index = new();

    private bool _isRead;
    private DateTime _written;
    private long _length;
    private long _readTo;
    private int _lines;
    private int _damaged;
    private bool _hasDamagedEnd;
    private bool _isOpenLine;

    /// <summary>Its full path.</summary>
    public string Path { get; } = path;

    /// <summary>How many lines were passed over, since they are no JSON.</summary>
    public int Damaged
    {
        get
        {
            lock (_gate) return _damaged + (_hasDamagedEnd ? 1 : 0);
        }
    }

    /// <summary>What is in it, in order.</summary>
    public ExchangeEntry[] Entries
    {
        get
        {
            lock (_gate) return _index.Entries.ToArray();
        }
    }

    /// <summary>Looks at the file again where it has changed.</summary>
    /// <param name="role">How an error speaks of it.</param>
    /// <param name="startsOver">Whether what was answered from a file that has changed counts no more, and whether the file must be there.</param>
    /// <param name="cancellation">Fires when the user stops.</param>
    /// <exception cref="GptChatException">It cannot be read or holds something else.</exception>
    /// <exception cref="OperationCanceledException">The user stopped.</exception>
    public void Refresh(FileRole role, bool startsOver, CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            try
            {
                var file = new FileInfo(Path);
                if (!file.Exists && !startsOver && !Directory.Exists(Path))
                {
                    Forget();
                    return;
                }

                // What is appended meanwhile is found the next time.
                (DateTime written, long length) = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
                if (_isRead && written == _written && length == _length) return;
                bool isAppended = !startsOver && _isRead && length > _length;
                _isRead = false;
                if (!isAppended || !TryReadOn(role, cancellation)) ReadAnew(role, startsOver, cancellation);
                (_written, _length, _isRead) = (written, length, true);
            }
            catch (Exception failure) when (RecordingFile.IsOfTheFile(failure))
            {
                throw role.NotReadable(Path, failure.Message, failure);
            }
        }
    }

    /// <summary>As <see cref="ExchangeIndex.Take"/>.</summary>
    public ExchangeEntry? Take(CanonicalRequest sent, bool repeats)
    {
        lock (_gate) return _index.Take(sent, repeats);
    }

    /// <summary>As <see cref="ExchangeIndex.Has"/>.</summary>
    public bool Has(CanonicalRequest sent)
    {
        lock (_gate) return _index.Has(sent);
    }

    /// <summary>As <see cref="ExchangeIndex.Cached"/>.</summary>
    public ExchangeEntry? Cached(string key)
    {
        lock (_gate) return _index.Cached(key);
    }

    /// <summary>As <see cref="ExchangeIndex.StartOver"/>.</summary>
    public void StartOver()
    {
        lock (_gate) _index.StartOver();
    }

    /// <summary>An exchange, from the file.</summary>
    /// <exception cref="GptChatException">It is no longer there.</exception>
    public RecordedExchange Read(ExchangeEntry entry, FileRole role)
    {
        try
        {
            using FileStream file = RecordingFile.OpenToRead(Path);
            return Read(file, entry);
        }
        catch (Exception failure) when (RecordingFile.IsOfTheFile(failure) || failure is JsonException or FormatException or InvalidOperationException)
        {
            throw role.NotReadable(Path, "it was changed while it was in use, and line " + entry.Line + " is no longer what it was", failure);
        }
    }

    /// <summary>Adds an exchange that was made just now: it counts as used.</summary>
    /// <exception cref="GptChatException">The file cannot be written.</exception>
    public void Append(byte[] line, FileRole role)
    {
        lock (_gate)
        {
            long offset = RecordingFile.Append(Path, line, role);
            try
            {
                var file = new FileInfo(Path);
                (DateTime written, long length) = (file.LastWriteTimeUtc, file.Length);
                if (!TryReadOn(role, CancellationToken.None)) ReadAnew(role, startsOver: false, CancellationToken.None);
                (_written, _length, _isRead) = (written, length, true);
                if (_index.At(offset) is { } own) own.IsUsed = true;
            }
            catch (Exception failure) when (RecordingFile.IsOfTheFile(failure))
            {
                // It is written; whoever reads next looks again.
                _isRead = false;
            }
        }
    }

    private static RecordedExchange Read(FileStream file, ExchangeEntry entry)
    {
        var bytes = new byte[entry.Length];
        file.Seek(entry.Offset, SeekOrigin.Begin);
        int count = 0;
        while (count < bytes.Length)
        {
            int read = file.Read(bytes, count, bytes.Length - count);
            if (read == 0) throw new EndOfStreamException();
            count += read;
        }

        return RecordedExchange.Parse(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'));
    }

    private void Forget()
    {
        _index.Clear();
        _readTo = _lines = _damaged = 0;
        _isOpenLine = _hasDamagedEnd = _isRead = false;
    }

    /// <summary>Reads what was appended.</summary>
    /// <returns>Whether the file is still the one that was read before.</returns>
    private bool TryReadOn(FileRole role, CancellationToken cancellation)
    {
        using FileStream file = RecordingFile.OpenToRead(Path);
        if (_index.Last is { } last && !IsStillThere(file, last)) return false;
        ReadFrom(file, role, cancellation);
        return true;
    }

    private static bool IsStillThere(FileStream file, ExchangeEntry last)
    {
        try
        {
            var now = new ExchangeEntry(last.Offset, last.Length, last.Line, Read(file, last));
            return now.Key == last.Key && now.Model == last.Model && now.Recorded == last.Recorded && now.CacheKey == last.CacheKey;
        }
        catch (Exception failure) when (failure is EndOfStreamException or JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private void ReadAnew(FileRole role, bool startsOver, CancellationToken cancellation)
    {
        HashSet<(long, string)> used = startsOver ? new() : new(_index.Entries.Where(entry => entry.IsUsed).Select(entry => (entry.Offset, entry.Key)));
        Forget();
        using FileStream file = RecordingFile.OpenToRead(Path);
        ReadFrom(file, role, cancellation);
        if (_index.Last is null)
        {
            if (startsOver) throw role.NotReadable(Path, "it holds no recorded exchange", null);

            // A slip of the path is told before anything is sent.
            file.Seek(0, SeekOrigin.Begin);
            if (!RecordingFile.BeginsAsRecording(file)) throw role.NotReadable(Path, "it holds something else than recorded exchanges", null);
        }

        foreach (ExchangeEntry entry in _index.Entries) entry.IsUsed = used.Contains((entry.Offset, entry.Key));
    }

    private void ReadFrom(FileStream file, FileRole role, CancellationToken cancellation)
    {
        _hasDamagedEnd = false;

        // A device has no end.
        if (file.Length == 0) return;
        file.Seek(_readTo, SeekOrigin.Begin);
        using var reader = new LineReader(file);
        while (reader.Read() is { } line)
        {
            cancellation.ThrowIfCancellationRequested();

            // The end of a line that was whole without it.
            if (!_isOpenLine) _lines++;
            _isOpenLine = false;
            if (!TryAdd(line, reader, role) && !reader.IsEnded)
            {
                // Cut by a kill, or just being written: the next look will tell.
                _lines--;
                _hasDamagedEnd = true;
                return;
            }

            _isOpenLine = !reader.IsEnded;
            _readTo = reader.End;
        }
    }

    private bool TryAdd(string line, LineReader reader, FileRole role)
    {
        if (string.IsNullOrWhiteSpace(line)) return true;
        try
        {
            _index.Add(new ExchangeEntry(reader.Start, reader.Length, _lines, RecordedExchange.Parse(line)));
            return true;
        }
        catch (JsonException)
        {
            // A line cut by a kill. What it held was never complete; the rest is.
            if (reader.IsEnded) _damaged++;
            return false;
        }
        catch (Exception problem) when (problem is FormatException or InvalidOperationException)
        {
            throw role.NotReadable(Path, "line " + _lines + " is no recorded exchange: " + problem.Message, problem);
        }
    }
}
