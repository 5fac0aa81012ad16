using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;

namespace GptChat.Errors;

/// <summary>
/// The shapes in which a key comes back in what others write: as it is, escaped for an address, within Base64 (of the key alone
/// or of the header around it), and each of them in parts, when somebody has starred out the rest.
/// </summary>
internal sealed class KeyForms
{
    /// <summary>What stands in the place of a key.</summary>
    public const string Masked = "***";

    /// <summary>Anything shorter may be a word of every day.</summary>
    private const int ShortestForm = 8;

    /// <summary>Of a key that is long enough to be told from words, a part of this length gives too much away.</summary>
    private const int ShortestPart = 8;
    private const int ShortestKeyInParts = 16;

    /// <summary>Half of the shortest part, see <see cref="NextPart"/>.</summary>
    private const int Gram = ShortestPart / 2;

    /// <summary>So many that hardly any bit is taken by chance, and few enough for the stack.</summary>
    private const int SeenBits = 15;

    private readonly List<string> _forms = new();
    private readonly HashSet<ulong> _grams = new();
    private readonly bool _hasParts;

    /// <summary>Finds the shapes of a key.</summary>
    public KeyForms(string key)
    {
        _hasParts = key.Length >= ShortestKeyInParts;
        var shapes = new KeyShapes(key);
        while (shapes.Next(out ReadOnlySpan<char> shape)) Add(shape);
    }

    /// <summary>The shapes of several keys.</summary>
    public static KeyForms[] Of(IReadOnlyList<string> keys)
    {
        var forms = new KeyForms[keys.Count];
        for (int i = 0; i < forms.Length; i++) forms[i] = new KeyForms(keys[i]);
        return forms;
    }

    /// <summary>
    /// The shapes of those keys of which something may be in short texts; the others are not worth making, which is all of them for
    /// nearly every answer.
    /// </summary>
    [MethodImpl(HotPath.Optimized)]
    public static KeyForms[] In(IEnumerable<string> texts, IReadOnlyList<string> keys)
    {
        if (keys.Count == 0) return Array.Empty<KeyForms>();

        // The other way round than in NextPart, since here the texts are short and the shapes are long: what is eight characters long and
        // in both begins somewhere in the text, and holds four that begin at a multiple of four in the shape.
        Span<ulong> seen = stackalloc ulong[1 << (SeenBits - 6)];
        seen.Clear();
        foreach (string text in texts)
        {
            ulong gram = 0;
            for (int at = 0; at < text.Length; at++)
            {
                gram = Slid(gram, text[at]);
                if (at >= Gram - 1) seen[Place(gram) >> 6] |= Bit(gram);
            }
        }

        List<KeyForms>? found = null;
        foreach (string key in keys)
        {
            if (MayHold(seen, texts, key)) (found ??= new List<KeyForms>()).Add(new KeyForms(key));
        }

        return found?.ToArray() ?? Array.Empty<KeyForms>();
    }

    /// <summary>The text with all of it masked.</summary>
    public string Mask(string text)
    {
        StringBuilder? masked = null;
        int kept = 0;
        for (int i = NextPart(text, 0); i < text.Length; i = NextPart(text, kept))
        {
            int end = i + LongestAt(text, i);

            // Parts may overlap: the key and what its Base64 has in common with another form.
            for (int next = i + 1; next <= end && next < text.Length; next++) end = Math.Max(end, next + LongestAt(text, next));
            int start = Starred(text, i, -1, kept);
            masked ??= new StringBuilder(text.Length);
            masked.Append(text, kept, start - kept).Append(Masked);
            kept = Starred(text, end, 1, text.Length);
        }

        return masked is null ? text : masked.Append(text, kept, text.Length - kept).ToString();
    }

    [MethodImpl(HotPath.Optimized)]
    private static bool MayHold(ReadOnlySpan<ulong> seen, IEnumerable<string> texts, string key)
    {
        var shapes = new KeyShapes(key, hasBothAlphabets: false);
        while (shapes.Next(out ReadOnlySpan<char> shape))
        {
            if (shape.Length < ShortestForm) continue;
            for (int i = 0; i + Gram <= shape.Length; i += Gram)
            {
                ulong gram = Slid(Slid(Slid(Slid(0, shape[i]), shape[i + 1]), shape[i + 2]), shape[i + 3]);
                if ((seen[Place(gram) >> 6] & Bit(gram)) != 0 && HasGram(texts, gram)) return true;
            }
        }

        return false;
    }

    private static bool HasGram(IEnumerable<string> texts, ulong wanted)
    {
        foreach (string text in texts)
        {
            ulong gram = 0;
            for (int at = 0; at < text.Length; at++)
            {
                gram = Slid(gram, text[at]);
                if (at >= Gram - 1 && gram == wanted) return true;
            }
        }

        return false;
    }

    /// <summary>The gram that ends with the next letter. Both alphabets of Base64 are one in it, so that each shape is looked for once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Slid(ulong gram, char next) => (gram >> 16) | ((ulong)(next == '-' ? '+' : next == '_' ? '/' : next) << 48);

    private static ulong Bit(ulong gram) => 1UL << (Place(gram) & 63);

    /// <summary>The bit of a gram: the upper bits of a product with the golden ratio are spread evenly.</summary>
    private static int Place(ulong gram) => (int)((gram * 0x9E3779B97F4A7C15UL) >> (64 - SeenBits));

    private void Add(ReadOnlySpan<char> shape)
    {
        if (shape.Length < ShortestForm) return;
        string form = shape.ToString();
        if (_forms.Contains(form)) return;
        _forms.Add(form);
        for (int i = 0; i + Gram <= form.Length; i++) _grams.Add(Packed(shape, i));
    }

    /// <summary>
    /// Where the next part of a form begins; the text's length if none does. Whatever is eight characters long holds four that begin at
    /// a multiple of four: looking at those alone passes over megabytes in no time.
    /// </summary>
    private int NextPart(string text, int from)
    {
        for (int at = (from + Gram - 1) / Gram * Gram; at + Gram <= text.Length; at += Gram)
        {
            if (!_grams.Contains(Packed(text.AsSpan(), at))) continue;
            for (int start = Math.Max(from, at - Gram + 1); start <= at; start++)
            {
                if (LongestAt(text, start) > 0) return start;
            }
        }

        return text.Length;
    }

    private static ulong Packed(ReadOnlySpan<char> text, int at) => text[at] | ((ulong)text[at + 1] << 16) | ((ulong)text[at + 2] << 32) | ((ulong)text[at + 3] << 48);

    /// <summary>How many characters from here on are part of a form; 0 where too few are.</summary>
    private int LongestAt(string text, int start)
    {
        int longest = 0;
        foreach (string form in _forms)
        {
            int least = _hasParts ? ShortestPart : form.Length;
            for (int at = 0; at + least <= form.Length; at++)
            {
                if (form[at] != text[start]) continue;
                int length = 1;
                while (at + length < form.Length && start + length < text.Length && form[at + length] == text[start + length]) length++;
                if (length >= least && length > longest) longest = length;
            }
        }

        return longest;
    }

    /// <summary>Where the rest of a key ends that stands behind stars, or before them: it is part of the key too.</summary>
    private static int Starred(string text, int from, int step, int limit)
    {
        int at = from;
        while (Inside(at) && Next(at) is '*' or '•' or '…') at += step;
        if (at == from) return from;
        while (Inside(at) && (char.IsLetterOrDigit(Next(at)) || Next(at) is '*' or '-' or '_')) at += step;
        return at;

        bool Inside(int place) => step > 0 ? place < limit : place > limit;
        char Next(int place) => step > 0 ? text[place] : text[place - 1];
    }
}
