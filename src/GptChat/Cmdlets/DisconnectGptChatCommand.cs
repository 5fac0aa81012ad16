using System.Linq;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Hosting;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Forgets a connection and its key.</para>
/// <para type="description">Without -Connection the default connection is forgotten. Conversations stay; their next turn looks for another connection.</para>
/// </summary>
[Cmdlet(VerbsCommunications.Disconnect, "GptChat", HelpUri = HelpPage.Folder + "Disconnect-GptChat.md")]
public sealed class DisconnectGptChatCommand : GptCmdlet
{
    /// <summary>The name of a connection (wildcards are resolved) or a connection; the default one if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public object? Connection { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (GptConnection connection in Choose(Session))
        {
            Session.Remove(connection);
            WriteVerbose("Disconnected '" + connection.Name + "'.");
        }
    }

    private GptConnection[] Choose(GptSession session)
    {
        if (Connection is null)
        {
            return session.DefaultConnection is { } known ? new[] { known } : throw new GptChatException(GptErrorKind.NoConnection, "There is no default connection to disconnect")
            {
                Hint = "Name one: Disconnect-GptChat NAME. Get-GptConnection lists them; those of the environment cannot be disconnected.",
            };
        }

        if (((Connection as PSObject)?.BaseObject ?? Connection) is string name && WildcardPattern.ContainsWildcardCharacters(name))
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            return session.Connections.Where(connection => pattern.IsMatch(connection.Name)).ToArray();
        }

        return new[] { NamedArgument.Connection(Connection, session) };
    }
}
