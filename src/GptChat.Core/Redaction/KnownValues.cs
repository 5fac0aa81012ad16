using System;
using System.Collections.Generic;

namespace GptChat.Redaction;

/// <summary>
/// Looks for many values at once in one pass over a text (Aho and Corasick), so that a password that was found once is found
/// again where nothing says what it is.
/// </summary>
internal sealed class KnownValues
{
    private readonly List<Dictionary<char, int>> _next = new() { new Dictionary<char, int>() };
    private readonly List<int> _fallback = new() { 0 };
    private readonly List<int> _value = new() { -1 };
    private readonly List<int> _shorter = new() { 0 };
    private readonly IReadOnlyList<KeyValuePair<string, string>> _values;

    /// <summary>Takes values, with their placeholders.</summary>
    public KnownValues(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        _values = values;
        for (int i = 0; i < values.Count; i++) Add(values[i].Key, i);
        Connect();
    }

    /// <summary>Adds the places of values that stand as words of their own.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">Gets start, end and the placeholder.</param>
    public void Find(string text, List<(int Start, int End, string Placeholder)> found)
    {
        if (_values.Count == 0) return;
        int state = 0;
        for (int i = 0; i < text.Length; i++)
        {
            while (state != 0 && !_next[state].ContainsKey(text[i])) state = _fallback[state];
            state = _next[state].TryGetValue(text[i], out int follower) ? follower : 0;
            for (int end = _value[state] >= 0 ? state : _shorter[state]; end != 0; end = _shorter[end])
            {
                KeyValuePair<string, string> value = _values[_value[end]];
                int start = i + 1 - value.Key.Length;
                if (IsWord(text, start, i + 1)) found.Add((start, i + 1, value.Value));
            }
        }
    }

    private static bool IsWord(string text, int start, int end)
    {
        bool startsInside = start > 0 && char.IsLetterOrDigit(text[start - 1]) && char.IsLetterOrDigit(text[start]);
        bool isEscape = start > 1 && text[start - 2] == '\\' && text[start - 1] is 'n' or 'r' or 't';
        bool endsInside = end < text.Length && char.IsLetterOrDigit(text[end]) && char.IsLetterOrDigit(text[end - 1]);
        return !endsInside && (!startsInside || isEscape);
    }

    private void Add(string value, int number)
    {
        int state = 0;
        foreach (char character in value)
        {
            if (!_next[state].TryGetValue(character, out int follower))
            {
                follower = _next.Count;
                _next[state].Add(character, follower);
                _next.Add(new Dictionary<char, int>());
                _fallback.Add(0);
                _value.Add(-1);
                _shorter.Add(0);
            }

            state = follower;
        }

        _value[state] = number;
    }

    private void Connect()
    {
        var open = new Queue<int>(_next[0].Values);
        while (open.Count > 0)
        {
            int state = open.Dequeue();
            foreach (KeyValuePair<char, int> edge in _next[state])
            {
                int back = _fallback[state];
                while (back != 0 && !_next[back].ContainsKey(edge.Key)) back = _fallback[back];
                int fallback = _next[back].TryGetValue(edge.Key, out int follower) ? follower : 0;
                _fallback[edge.Value] = fallback;
                _shorter[edge.Value] = _value[fallback] >= 0 ? fallback : _shorter[fallback];
                open.Enqueue(edge.Value);
            }
        }
    }
}
