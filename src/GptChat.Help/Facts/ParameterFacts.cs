using System;
using System.Collections.Generic;
using System.Linq;
using GptChat.Help.Text;

namespace GptChat.Help.Facts;

/// <summary>What the attributes and the XML docs of a parameter say.</summary>
public sealed record ParameterFacts
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type; of one that may be left open, the type of its values.</summary>
    public required Type Type { get; init; }

    /// <summary>What it is for.</summary>
    public required DocText Text { get; init; }

    /// <summary>Its value if it is not given; null if it has none.</summary>
    public string? Default { get; init; }

    /// <summary>Its other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The only values that it takes; empty if there are others.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The numbers that it takes; null if all.</summary>
    public string? Range { get; init; }

    /// <summary>Whether patterns are resolved.</summary>
    public bool Wildcards { get; init; }

    /// <summary>Where it stands in each parameter set that has it.</summary>
    public required IReadOnlyDictionary<string, Place> Places { get; init; }

    /// <summary>Whether it is given without a value.</summary>
    public bool IsSwitch => Type == typeof(System.Management.Automation.SwitchParameter);

    /// <summary>Where it stands in the set that is described if only one can be.</summary>
    public Place MainPlace => Places.OrderBy(place => place.Key, StringComparer.Ordinal).First().Value;

    /// <summary>Where it stands in a set; null if the set does not have it.</summary>
    public Place? In(string set) => Places.GetValueOrDefault(set) ?? Places.GetValueOrDefault(System.Management.Automation.ParameterAttribute.AllParameterSets);
}

/// <summary>How a parameter is given in a parameter set.</summary>
/// <param name="Position">Its position, from 0; null if it is given by name alone.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="ByValue">Whether what is piped in is its value.</param>
/// <param name="ByName">Whether it takes a property of what is piped in.</param>
public sealed record Place(int? Position, bool IsMandatory, bool ByValue, bool ByName)
{
    /// <summary>In the words of Get-Help.</summary>
    public string Pipeline => (ByValue, ByName) switch
    {
        (true, true) => "true (ByValue, ByPropertyName)",
        (true, false) => "true (ByValue)",
        (false, true) => "true (ByPropertyName)",
        _ => "false",
    };
}
