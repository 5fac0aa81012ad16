using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Forgets what this session has used, so that totals and budgets begin anew.</para>
/// <para type="description">What requests under way use is entered when they end.</para>
/// </summary>
[Cmdlet(VerbsCommon.Clear, "GptUsage", SupportsShouldProcess = true, HelpUri = HelpPage.Folder + "Clear-GptUsage.md")]
public sealed class ClearGptUsageCommand : GptCmdlet
{
    /// <inheritdoc/>
    private protected override void End()
    {
        long requests = Session.Usage.Totals.Sum(total => total.Requests);
        string target = string.Format(CultureInfo.InvariantCulture, "The usage of {0} requests of this session", requests);
        if (ShouldProcess(target, "Forget")) Session.Usage.Clear();
    }
}
