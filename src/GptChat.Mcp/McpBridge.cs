using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
#if !NET
using GptChat.Transport;
#endif
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GptChat.Mcp;

/// <summary>
/// The module's way to servers of the Model Context Protocol. Only types of .NET itself cross it: in their load context the library
/// has a JSON of its own, which is not that of the module.
/// </summary>
public static class McpBridge
{
    /// <summary>Starts a server as a program, and connects to it.</summary>
    /// <param name="command">The program.</param>
    /// <param name="arguments">Its arguments, as they are.</param>
    /// <param name="folder">Where it starts.</param>
    /// <param name="environment">Variables beside the few that every program needs; the keys of this session are not among those.</param>
    /// <param name="version">The version of the module.</param>
    /// <param name="heard">Gets each line that the program writes to standard error.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<object> StartAsync(
        string command, string[] arguments, string folder, IDictionary<string, string?> environment, string version, Action<string> heard, CancellationToken cancellation)
    {
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = command,
            Arguments = arguments,
            WorkingDirectory = folder,
            InheritEnvironmentVariables = false,
            EnvironmentVariables = StdioClientTransportOptions.GetDefaultEnvironmentVariables().Concat(environment).GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Last().Value),
            StandardErrorLines = heard,
            ShutdownTimeout = TimeSpan.FromSeconds(2),
        });
        return await McpClient.CreateAsync(transport, Options(version), null, cancellation).ConfigureAwait(false);
    }

    /// <summary>Connects to a server at an address.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="headers">Headers of every request, such as a token.</param>
    /// <param name="version">The version of the module.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<object> ConnectAsync(Uri endpoint, IDictionary<string, string> headers, string version, CancellationToken cancellation)
    {
        // What is sent, a token among it, is for this server and not for where it may point.
        var handler = new HttpClientHandler { AllowAutoRedirect = false };
#if !NET
        handler.SslProtocols = FrameworkProtocols.Current;
#endif
        var http = new HttpClient(handler);
        var transport = new HttpClientTransport(new HttpClientTransportOptions { Endpoint = endpoint, AdditionalHeaders = headers }, http, null, ownsHttpClient: true);
        return await McpClient.CreateAsync(transport, Options(version), null, cancellation).ConfigureAwait(false);
    }

    /// <summary>The server's tools, as a JSON array of <c>{name, description, schema}</c>.</summary>
    public static async Task<string> ListAsync(object client, CancellationToken cancellation)
    {
        IList<McpClientTool> tools = await ((McpClient)client).ListToolsAsync((RequestOptions?)null, cancellation).ConfigureAwait(false);
        return Json(writer =>
        {
            writer.WriteStartArray();
            foreach (McpClientTool tool in tools)
            {
                writer.WriteStartObject();
                writer.WriteString("name", tool.Name);
                writer.WriteString("description", tool.Description);
                writer.WritePropertyName("schema");
                tool.JsonSchema.WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>Calls a tool.</summary>
    /// <param name="client">The server.</param>
    /// <param name="name">The tool.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <param name="cancellation">Ends the call; the server is told.</param>
    /// <returns><c>{isError, text}</c> as JSON.</returns>
    public static async Task<string> CallAsync(object client, string name, string arguments, CancellationToken cancellation)
    {
        using JsonDocument document = JsonDocument.Parse(arguments);
        Dictionary<string, object?> values = document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value.Clone());
        CallToolResult result = await ((McpClient)client).CallToolAsync(name, values, null, null, cancellation).ConfigureAwait(false);
        return Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("isError", result.IsError == true);
            writer.WriteString("text", Text(result));
            writer.WriteEndObject();
        });
    }

    /// <summary>Ends a connection, and the program behind it.</summary>
    public static Task CloseAsync(object client) => ((McpClient)client).DisposeAsync().AsTask();

    private static McpClientOptions Options(string version) => new() { ClientInfo = new Implementation { Name = "GptChat", Version = version } };

    private static string Text(CallToolResult result)
    {
        string text = string.Join("\n", result.Content.Select(block => block is TextContentBlock words ? words.Text : "[" + block.Type + " that a tool's result cannot carry]"));
        return text.Length == 0 && result.StructuredContent is { } structured ? structured.ToString() : text;
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
