using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Cmdlets;

/// <summary>Chooses by name as Get- cmdlets do: a wildcard without a match is no error, a name without one is.</summary>
internal static class NamedOutput
{
    /// <summary>The items of the given names, all where none are given.</summary>
    /// <param name="items">What there is.</param>
    /// <param name="nameOf">An item's name.</param>
    /// <param name="names">The names asked for; null for all.</param>
    /// <param name="missing">Called with a plain name that no item has.</param>
    public static IEnumerable<T> Choose<T>(IReadOnlyList<T> items, Func<T, string> nameOf, string[]? names, Action<string> missing)
    {
        if (names is null) return items;
        var chosen = new List<T>();
        foreach (string name in names)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            T[] matches = items.Where(item => pattern.IsMatch(nameOf(item))).ToArray();
            if (matches.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) missing(name);
            chosen.AddRange(matches);
        }

        return chosen;
    }
}
