using System.Management.Automation;
using GptChat.Completion;
using GptChat.Hosting;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Lists the connections of this session.</para>
/// <para type="description">Keys are not among the properties: they cannot be read back.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "GptConnection", HelpUri = HelpPage.Folder + "Get-GptConnection.md")]
[OutputType(typeof(GptConnection))]
public sealed class GetGptConnectionCommand : GptCmdlet
{
    /// <summary>Names; wildcards are resolved. All connections if not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        WriteObject(NamedOutput.Choose(Session.Connections, known => known.Name, Name, WriteMissing), enumerateCollection: true);
    }

    private void WriteMissing(string name) => WriteError(ErrorRecords.From(
        new GptChatException(GptErrorKind.ConnectionNotFound, "There is no connection named '" + name + "' in this session") { Hint = "Connect-GptChat -Name " + name + " makes one." }, name));
}
