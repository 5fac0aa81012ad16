using System.Management.Automation;
using GptChat.Completion;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Gets what this session has used: requests, tokens and cost, by model and connection.</para>
/// <para type="description">Answers from recordings and journals use nothing and are not counted.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "GptUsage", HelpUri = HelpPage.Folder + "Get-GptUsage.md")]
[OutputType(typeof(GptUsageTotal))]
public sealed class GetGptUsageCommand : GptCmdlet
{
    /// <summary>Models; wildcards are resolved. All if not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? Model { get; set; }

    /// <summary>Names of connections; wildcards are resolved. All if not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Connection { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        foreach (GptUsageTotal total in Session.Usage.Totals)
        {
            if (Matches(Model, total.Model) && Matches(Connection, total.Connection)) WriteObject(total);
        }
    }

    private static bool Matches(string[]? patterns, string? value)
    {
        if (patterns is null) return true;
        foreach (string pattern in patterns)
        {
            if (WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(value ?? string.Empty)) return true;
        }

        return false;
    }
}
