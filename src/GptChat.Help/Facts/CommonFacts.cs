using System.Collections.Generic;
using System.Management.Automation;
using GptChat.Help.Text;

namespace GptChat.Help.Facts;

/// <summary>The two parameters that the engine adds to a cmdlet that asks before it acts; Get-Help shows them with its own.</summary>
internal static class CommonFacts
{
    /// <summary>-Confirm and -WhatIf.</summary>
    public static IReadOnlyList<ParameterFacts> ShouldProcess { get; } =
    [
        Switch("Confirm", "cf", "Ask before it is done."),
        Switch("WhatIf", "wi", "Say what would be done, and do nothing."),
    ];

    private static ParameterFacts Switch(string name, string alias, string text) => new()
    {
        Name = name,
        Type = typeof(SwitchParameter),
        Text = DocText.Of(text),
        Default = "False",
        Aliases = [alias],
        Places = new Dictionary<string, Place> { [ParameterAttribute.AllParameterSets] = new(null, false, false, false) },
    };
}
