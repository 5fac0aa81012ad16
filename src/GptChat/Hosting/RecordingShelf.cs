using System;
using System.Collections.Generic;
using System.Linq;
using GptChat.Recording;

namespace GptChat.Hosting;

/// <summary>The files of exchanges that a session has in use: what each has answered is remembered from call to call.</summary>
internal sealed class RecordingShelf
{
    private readonly object _gate = new();
    private readonly Dictionary<string, ExchangeFile> _files = new(StringComparer.Ordinal);

    /// <summary>All of them, by path.</summary>
    public IReadOnlyList<ExchangeFile> All
    {
        get
        {
            lock (_gate) return _files.Values.OrderBy(file => file.Path, StringComparer.Ordinal).ToArray();
        }
    }

    /// <summary>The file of a path; the same one every time.</summary>
    public ExchangeFile Of(string path)
    {
        lock (_gate)
        {
            if (!_files.TryGetValue(path, out ExchangeFile? file)) _files.Add(path, file = new ExchangeFile(path));
            return file;
        }
    }

    /// <summary>The file of a path that is in use; null for any other.</summary>
    public ExchangeFile? Find(string path)
    {
        lock (_gate) return _files.TryGetValue(path, out ExchangeFile? file) ? file : null;
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear()
    {
        lock (_gate) _files.Clear();
    }
}
