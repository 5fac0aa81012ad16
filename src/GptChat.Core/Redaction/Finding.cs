using System;
using System.Collections.Generic;

namespace GptChat.Redaction;

/// <summary>A place in a text that must not leave.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Kind">What it is, as its placeholder says.</param>
/// <param name="Rank">Who found it; the lowest number knows best what it is.</param>
internal readonly record struct Finding(int Start, int End, string Kind, int Rank)
{
    /// <summary>Makes one of those that overlap, and drops what lies in a placeholder; the result is in order.</summary>
    /// <param name="found">What was found, in any order.</param>
    /// <param name="taken">Placeholders that the text holds already.</param>
    public static List<Finding> Merge(List<Finding> found, IReadOnlyList<PlaceholderText.Place> taken)
    {
        found.Sort(static (one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : one.End != other.End ? other.End.CompareTo(one.End) : one.Rank.CompareTo(other.Rank));
        var merged = new List<Finding>();
        int nextTaken = 0;
        foreach (Finding one in found)
        {
            while (nextTaken < taken.Count && taken[nextTaken].End <= one.Start) nextTaken++;
            if (nextTaken < taken.Count && one.Start >= taken[nextTaken].Start && one.End <= taken[nextTaken].End) continue;
            Finding whole = nextTaken < taken.Count ? one.Around(taken, nextTaken) : one;
            if (merged.Count > 0 && whole.Start < merged[merged.Count - 1].End) merged[merged.Count - 1] = merged[merged.Count - 1].With(whole);
            else merged.Add(whole);
        }

        return merged;
    }

    /// <summary>A placeholder is replaced whole or not at all.</summary>
    private Finding Around(IReadOnlyList<PlaceholderText.Place> taken, int first)
    {
        int start = Start;
        int end = End;
        for (int i = first; i < taken.Count && taken[i].Start < end; i++)
        {
            start = Math.Min(start, taken[i].Start);
            end = Math.Max(end, taken[i].End);
        }

        return this with { Start = start, End = end };
    }

    private Finding With(Finding next)
    {
        if (next.End <= End) return this;
        return next.Rank < Rank ? next with { Start = Start } : this with { End = next.End };
    }
}

/// <summary>Looks for one sort of secret.</summary>
internal interface IFinder
{
    /// <summary>Adds what it finds.</summary>
    void Find(TextScan scan, FindingList found);
}

/// <summary>What the finders of a text have found.</summary>
internal sealed class FindingList
{
    /// <summary>All of it, in any order.</summary>
    public List<Finding> All { get; } = new();

    /// <summary>Who is looking.</summary>
    public int Rank { get; set; }

    /// <summary>Adds a place.</summary>
    public void Add(int start, int end, string kind)
    {
        if (end > start) All.Add(new Finding(start, end, kind, Rank));
    }
}
