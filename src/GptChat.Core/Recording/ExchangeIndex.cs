using System;
using System.Collections.Generic;

namespace GptChat.Recording;

/// <summary>Which requests stand in a file, and which of them were answered from it. Whoever has it sees to it that one thread at a time uses it.</summary>
internal sealed class ExchangeIndex
{
    private readonly List<ExchangeEntry> _entries = new();
    private readonly Dictionary<string, Candidates> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExchangeEntry> _byCacheKey = new(StringComparer.Ordinal);

    /// <summary>What is in the file, in order.</summary>
    public IReadOnlyList<ExchangeEntry> Entries => _entries;

    /// <summary>The last one; null where there is none.</summary>
    public ExchangeEntry? Last => _entries.Count == 0 ? null : _entries[_entries.Count - 1];

    /// <summary>Takes one in.</summary>
    public void Add(ExchangeEntry entry)
    {
        _entries.Add(entry);
        if (!_byKey.TryGetValue(entry.Key, out Candidates? candidates)) _byKey.Add(entry.Key, candidates = new Candidates());
        candidates.Entries.Add(entry);
        if (entry.CacheKey is { } key) _byCacheKey[key] = entry;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _entries.Clear();
        _byKey.Clear();
        _byCacheKey.Clear();
    }

    /// <summary>
    /// The first exchange of a request that was not given yet, which it is then. Where all were given: the last again, or none.
    /// </summary>
    public ExchangeEntry? Take(CanonicalRequest sent, bool repeats)
    {
        if (!_byKey.TryGetValue(sent.Key, out Candidates? candidates)) return null;

        // Bulk calls replay thousands of equal requests: those that were given at the beginning are passed over once.
        while (candidates.Used < candidates.Entries.Count && candidates.Entries[candidates.Used].IsUsed) candidates.Used++;
        for (int i = candidates.Used; i < candidates.Entries.Count; i++)
        {
            ExchangeEntry entry = candidates.Entries[i];
            if (entry.IsUsed || !sent.IsModel(entry.Model)) continue;
            entry.IsUsed = true;
            return entry;
        }

        return repeats ? candidates.Entries.FindLast(entry => sent.IsModel(entry.Model)) : null;
    }

    /// <summary>Whether an exchange of a request was not given yet.</summary>
    public bool Has(CanonicalRequest sent) =>
        _byKey.TryGetValue(sent.Key, out Candidates? candidates) && candidates.Entries.Exists(entry => !entry.IsUsed && sent.IsModel(entry.Model));

    /// <summary>The newest exchange that a cache knows by a key.</summary>
    public ExchangeEntry? Cached(string key) => _byCacheKey.TryGetValue(key, out ExchangeEntry? entry) ? entry : null;

    /// <summary>The one whose line begins at a place; new ones are at the end.</summary>
    public ExchangeEntry? At(long offset) => _entries.FindLast(entry => entry.Offset == offset);

    /// <summary>Lets all answers be given again.</summary>
    public void StartOver()
    {
        foreach (ExchangeEntry entry in _entries) entry.IsUsed = false;
        foreach (Candidates candidates in _byKey.Values) candidates.Used = 0;
    }

    /// <summary>The exchanges that ask the same, in the order of the file.</summary>
    private sealed class Candidates
    {
        public List<ExchangeEntry> Entries { get; } = new();

        /// <summary>How many at the beginning were given.</summary>
        public int Used { get; set; }
    }
}
