using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace GptChat.Redaction;

/// <summary>
/// Which placeholder stands for which value in a conversation. Values are held out of sight and found again by a hash whose key
/// belongs to this process alone.
/// </summary>
internal sealed class RedactionVault
{
    private const int ShortestSwept = 8;
    private const int LongestSwept = 128;

    private static readonly byte[] HashKey = NewKey();
    private static long s_stamps;

    private readonly Dictionary<string, string> _byValue;
    private readonly Dictionary<string, HeldText> _values;
    private readonly List<string> _swept;
    private readonly Dictionary<string, int> _last;

    /// <summary>One that holds nothing.</summary>
    public RedactionVault()
    {
        _byValue = new Dictionary<string, string>(StringComparer.Ordinal);
        _values = new Dictionary<string, HeldText>(StringComparer.Ordinal);
        _last = new Dictionary<string, int>(StringComparer.Ordinal);
        _swept = new List<string>();
    }

    private RedactionVault(RedactionVault other)
    {
        _byValue = new Dictionary<string, string>(other._byValue, StringComparer.Ordinal);
        _values = new Dictionary<string, HeldText>(other._values, StringComparer.Ordinal);
        _last = new Dictionary<string, int>(other._last, StringComparer.Ordinal);
        _swept = other._swept.ToList();
        Stamp = other.Stamp;
        Marks = other.Marks;
    }

    /// <summary>Whether it holds nothing.</summary>
    public bool IsEmpty => _values.Count == 0;

    /// <summary>Changes whenever there is a value more to look for; two vaults with the same one look for the same.</summary>
    public long Stamp { get; private set; }

    /// <summary>What was found in messages before.</summary>
    public MessageMarks Marks { get; } = new();

    /// <summary>One that holds the same, to be kept only if the turn is.</summary>
    public RedactionVault Copy() => new(this);

    /// <summary>The placeholder of a value: that which it has, else a new one.</summary>
    public string PlaceholderOf(string kind, string value)
    {
        // A value that was taken out before, with more around it: what is put back later is the whole.
        string whole = value.IndexOf(PlaceholderText.Opening, StringComparison.Ordinal) < 0 ? value : Restore(value);
        string hash = Hash(whole);
        if (_byValue.TryGetValue(hash, out string? known)) return known;
        _last.TryGetValue(kind, out int last);
        string placeholder = PlaceholderText.Of(kind, last + 1);
        _last[kind] = last + 1;
        _byValue.Add(hash, placeholder);
        _values.Add(placeholder, new HeldText(whole));
        if (IsSwept(whole))
        {
            _swept.Add(placeholder);
            Stamp = Interlocked.Increment(ref s_stamps);
        }

        return placeholder;
    }

    /// <summary>Leaves out a number that a text uses already, of itself or from elsewhere.</summary>
    public void Reserve(PlaceholderText.Place place)
    {
        if (_values.ContainsKey(place.Text)) return;
        _last.TryGetValue(place.Kind, out int last);
        _last[place.Kind] = Math.Max(last, place.Number);
    }

    /// <summary>Whether a placeholder is one of these.</summary>
    public bool Knows(string placeholder) => _values.ContainsKey(placeholder);

    /// <summary>The value of a placeholder; null if it is none of these.</summary>
    public string? Reveal(string placeholder) => _values.TryGetValue(placeholder, out HeldText? value) ? value.Reveal() : null;

    /// <summary>The values that are looked for wherever they stand, with their placeholders.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Swept() => _swept.ConvertAll(placeholder => new KeyValuePair<string, string>(_values[placeholder].Reveal(), placeholder));

    /// <summary>A text with the values put back.</summary>
    public string Restore(string text)
    {
        StringBuilder? restored = null;
        int kept = 0;
        foreach (PlaceholderText.Place place in PlaceholderText.In(text))
        {
            if (Reveal(place.Text) is not { } value) continue;
            restored ??= new StringBuilder(text.Length + value.Length);
            restored.Append(text, kept, place.Start - kept).Append(value);
            kept = place.End;
        }

        return restored is null ? text : restored.Append(text, kept, text.Length - kept).ToString();
    }

    /// <summary>What is long enough and no word can be told from the text around it.</summary>
    private static bool IsSwept(string value) => value.Length is >= ShortestSwept and <= LongestSwept && !value.All(character => char.IsLetter(character) || character == '-') && !value.All(char.IsDigit);

    private static byte[] NewKey()
    {
        byte[] key = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(key);
        return key;
    }

    private static string Hash(string value)
    {
        using var hash = new HMACSHA256(HashKey);
        return Convert.ToBase64String(hash.ComputeHash(Encoding.Unicode.GetBytes(value)));
    }
}
