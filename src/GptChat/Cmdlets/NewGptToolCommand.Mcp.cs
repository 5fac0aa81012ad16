using System.Collections.Generic;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Text.Json;
using System.Text.RegularExpressions;
using System;
using GptChat.Completion;
using GptChat.Connections;
using GptChat.Input;
using GptChat.Tools;

namespace GptChat.Cmdlets;

/// <content>Tools that a server of the Model Context Protocol offers.</content>
public sealed partial class NewGptToolCommand
{
    private const string FromServer = "McpServer";
    private const string Authorization = "Authorization";

    private static readonly Regex NotOfAName = new("[^A-Za-z0-9_-]", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>
    /// An MCP server, all of whose tools are made: its address, the command line that starts it, or the program and its arguments one by one. It
    /// runs until the module is removed or the session ends.
    /// </summary>
    [Parameter(ParameterSetName = FromServer, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[]? McpServer { get; set; }

    /// <summary>Variables of the server's program, as a hashtable or an object with properties. It gets those that every program needs and these; the keys of this session are not passed on. A value may be a SecureString.</summary>
    [Parameter(ParameterSetName = FromServer)]
    [ValidateNotNull]
    [TableArgument("@{ LOG_LEVEL = 'debug' }")]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    public IDictionary McpEnvironment { get; set; } = new Hashtable();

    /// <summary>The token that the server's address wants: it is sent as Authorization: Bearer. Plain text is taken with a warning.</summary>
    [Parameter(ParameterSetName = FromServer)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? McpToken { get; set; }

    /// <summary>Other headers for the server's address, as a hashtable, an object with properties or text, 'X-Team: ops'. A value of a hashtable may be a SecureString.</summary>
    [Parameter(ParameterSetName = FromServer)]
    [ValidateNotNull]
    [HeaderArgument]
    [ArgumentCompleter(typeof(HeaderCompleter))]
    public IDictionary McpHeader { get; set; } = new Hashtable();

    private void WriteServerTools()
    {
        McpOrigin origin = Origin();
        TimeSpan patience = TimeLimit.From(TimeoutSec);
        string key = origin.Key;
        McpServer? server = base.Session.FindServer(key);
        IReadOnlyList<(string Name, string? Description, JsonElement Schema)> offered;
        try
        {
            server ??= Tools.McpServer.Open(origin, patience, StopToken);
            offered = server.List(patience, StopToken);
        }
        catch (GptChatException) when (base.Session.FindServer(key) is not null)
        {
            // The one from before is gone: its program ended, or its machine forgot it.
            server = Tools.McpServer.Open(origin, patience, StopToken);
            offered = server.List(patience, StopToken);
        }

        base.Session.Keep(key, server);
        WildcardPattern? wanted = Name is null ? null : WildcardPattern.Get(Name, WildcardOptions.IgnoreCase);
        GptTool[] tools = offered.Where(tool => wanted?.IsMatch(tool.Name) != false).Select(tool => ServerTool(server, origin, tool)).ToArray();
        if (tools.Length == 0)
        {
            throw new GptChatException(GptErrorKind.ToolNotUsable, "The server '" + origin.Name + "' offers no tool" + (Name is null ? string.Empty : " named '" + Name + "'"))
            {
                Hint = offered.Count == 0 ? "Servers offer other things too; only tools are used here." : "It offers: " + string.Join(", ", offered.Select(tool => tool.Name)) + ".",
                Target = origin.Name,
            };
        }

        WriteObject(tools, enumerateCollection: true);
    }

    /// <summary>What a server says of itself decides nothing: its tools ask, unless the user says that they only read.</summary>
    private GptTool ServerTool(McpServer server, McpOrigin origin, (string Name, string? Description, JsonElement Schema) tool)
    {
        string name = NotOfAName.Replace(tool.Name, "_");
        return new GptTool(name.Length <= 64 ? name : name.Substring(0, 64), tool.Description is null ? null : CommandDescription.Short(tool.Description), tool.Schema, new McpTool(server, origin.Name, tool.Name))
        {
            IsReadOnly = ReadOnly,
            Timeout = TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) : null,
            MaxResultLength = MaxResultLength,
        };
    }

    private McpOrigin Origin()
    {
        McpOrigin origin = McpOrigin.Read(McpServer!);
        if (origin.Endpoint is null && (McpHeader.Count > 0 || McpToken is not null))
        {
            throw Unfit((McpToken is null ? "-McpHeader" : "-McpToken") + " is for a server at an address, and this one is a program", "Give it variables with -McpEnvironment.");
        }

        if (McpHeader.Keys.Cast<object>().Any(name => string.Equals(name.ToString(), Authorization, StringComparison.OrdinalIgnoreCase)))
        {
            throw Unfit("-McpHeader cannot set the header " + Authorization, "Give the token as -McpToken.");
        }

        if (origin.Endpoint is not null && McpEnvironment.Count > 0) throw Unfit("-McpEnvironment is for a server that is a program, and this one is at an address", "Give it headers with -McpHeader.");
        IReadOnlyList<HeldHeader> headers = HeaderArgument.Read(McpHeader, "-" + nameof(McpHeader), WriteWarning);
        if (McpToken is not null) headers = headers.Append(new HeldHeader(Authorization, SecretArgument.Read(McpToken, "-" + nameof(McpToken), WriteWarning), "Bearer")).ToArray();
        if (origin.Endpoint is { } endpoint) Endpoint.RefuseKeyInClear(endpoint, headers.Any(header => header.IsSecret));
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        var secrets = new List<string>();
        foreach (HeldHeader header in headers) header.AddSecrets(secrets);
        foreach (DictionaryEntry entry in McpEnvironment)
        {
            object? value = (entry.Value as PSObject)?.BaseObject ?? entry.Value;
            string? text = value is SecureString secure ? SecureText.Reveal(secure) : value?.ToString();
            if (value is SecureString) secrets.Add(text!);
            variables[entry.Key.ToString()!] = text;
        }

        string folder = origin.Endpoint is null ? SessionState.Path.CurrentFileSystemLocation.Path : string.Empty;
        return origin with { Folder = folder, Environment = variables, Headers = headers.ToDictionary(header => header.Name, header => header.Reveal(), StringComparer.OrdinalIgnoreCase), Secrets = secrets };
    }

    private static GptChatException Unfit(string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint };
}
