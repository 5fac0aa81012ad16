using System;
using System.IO;
using System.Text;

namespace GptChat.Recording;

/// <summary>Reads lines and tells where each stands, in bytes: whoever has noted it finds it again without the rest.</summary>
internal sealed class LineReader : IDisposable
{
    private readonly Stream _file;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly MemoryStream _line = new();
    private int _count;
    private int _at;

    /// <summary>Reads on from where the stream stands.</summary>
    public LineReader(Stream file)
    {
        _file = file;
        End = file.Position;
    }

    /// <summary>Where the line begins that was read last.</summary>
    public long Start { get; private set; }

    /// <summary>Where it ends, its line feed included; the next one begins there.</summary>
    public long End { get; private set; }

    /// <summary>The length of the line in bytes, without its end.</summary>
    public int Length => (int)_line.Length;

    /// <summary>Whether the line has its end; the last one may be cut, or just being written.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>The next line, without its end; null where there is none.</summary>
    public string? Read()
    {
        Start = End;
        IsEnded = false;
        _line.SetLength(0);
        while (Fill())
        {
            int end = Array.IndexOf(_buffer, (byte)'\n', _at, _count - _at);
            int until = end < 0 ? _count : end;
            _line.Write(_buffer, _at, until - _at);
            End += until - _at;
            _at = until;
            if (end < 0) continue;
            _at++;
            End++;
            IsEnded = true;
            break;
        }

        if (!IsEnded && _line.Length == 0) return null;
        string text = Encoding.UTF8.GetString(_line.GetBuffer(), 0, Length);
        return Start == 0 ? text.TrimStart('\uFEFF') : text;
    }

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    private bool Fill()
    {
        if (_at < _count) return true;
        _at = 0;
        _count = _file.Read(_buffer, 0, _buffer.Length);
        return _count > 0;
    }
}
