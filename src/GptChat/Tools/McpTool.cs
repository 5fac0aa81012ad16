using System.Management.Automation;
using System.Text.Json;
using System.Threading;

namespace GptChat.Tools;

/// <summary>Runs a tool of a server of the Model Context Protocol.</summary>
/// <param name="server">The server.</param>
/// <param name="serverName">What people call it.</param>
/// <param name="name">The tool, as the server names it.</param>
internal sealed class McpTool(McpServer server, string serverName, string name) : ToolRunner
{
    /// <inheritdoc/>
    public override ToolResult Run(PSCmdlet cmdlet, JsonElement arguments, ToolLimits limits, CancellationToken stop) => server.Call(name, arguments, limits, cmdlet.WriteWarning, stop);

    /// <inheritdoc/>
    public override string ToString() => name + " of " + serverName;
}
