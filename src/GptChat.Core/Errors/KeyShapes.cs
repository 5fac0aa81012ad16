using System;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GptChat.Errors;

/// <summary>
/// The shapes of a key one by one, see <see cref="KeyForms"/>. Every answer is looked through for them: so all of Base64 shares one
/// buffer, which holds a shape until the next one.
/// </summary>
/// <param name="key">The key.</param>
/// <param name="hasBothAlphabets">Whether each shape of Base64 comes a second time as addresses have it.</param>
internal ref struct KeyShapes(string key, bool hasBothAlphabets = true)
{
    private const int Plain = 0;
    private const int InAddress = 1;
    private const int InJson = 2;
    private const int FirstBase64 = 3;
    private const int Alignments = 3;

    private static readonly char[] Escaped = { '"', '\\' };

    private byte[]? _bytes;
    private char[]? _encoded;
    private int _start;
    private int _length;
    private int _next;

    /// <summary>The next shape, empty where it would be one that came already; false after the last one.</summary>
    public bool Next(out ReadOnlySpan<char> shape)
    {
        int now = _next++;
        shape = now switch
        {
            Plain => key.AsSpan(),
            InAddress => Uri.EscapeDataString(key) is var escaped && escaped.Length == key.Length ? default : escaped.AsSpan(),

            // As it stands in a line of JSON: a header of one's own may hold quotes.
            InJson => key.IndexOfAny(Escaped) < 0 ? default : JsonEncodedText.Encode(key, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString().AsSpan(),
            _ => (now - FirstBase64) % 2 == 0 ? Base64((now - FirstBase64) / 2) : hasBothAlphabets ? ForAddresses() : default,
        };
        return now < FirstBase64 + (2 * Alignments);
    }

    /// <summary>What Base64 makes of the key behind so many other bytes, without the characters at its ends that are made of others too.</summary>
    private ReadOnlySpan<char> Base64(int before)
    {
        if (before == Alignments) return default;
        if (_bytes is null)
        {
            _bytes = new byte[Alignments - 1 + Encoding.UTF8.GetByteCount(key)];
            Encoding.UTF8.GetBytes(key, 0, key.Length, _bytes, Alignments - 1);
            _encoded = new char[(_bytes.Length + 2) / 3 * 4];
        }

        int first = Alignments - 1 - before;
        int count = _bytes.Length - first;
        int end = Convert.ToBase64CharArray(_bytes, first, count, _encoded!, 0);
        while (end > 0 && _encoded![end - 1] == '=') end--;
        if (count % 3 != 0) end--;

        // Of a key of no letters all characters are made of others.
        _start = Math.Min(before == 0 ? 0 : before + 1, Math.Max(end, 0));
        _length = Math.Max(end, 0) - _start;
        return _encoded.AsSpan(_start, _length);
    }

    /// <summary>The Base64 of addresses and tokens, in the place of the usual one.</summary>
    private readonly ReadOnlySpan<char> ForAddresses()
    {
        Span<char> shape = _encoded.AsSpan(_start, _length);
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] == '+') shape[i] = '-';
            else if (shape[i] == '/') shape[i] = '_';
        }

        return shape;
    }
}
