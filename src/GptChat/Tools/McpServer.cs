using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Errors;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Tools;

/// <summary>
/// A server of the Model Context Protocol that this session talks to. It lives as long as the session: until the module is removed, the
/// runspace is gone or the process ends, whichever comes first.
/// </summary>
internal sealed class McpServer
{
    private const int MostLines = 20;

    private readonly string _name;
    private readonly IReadOnlyList<string> _secrets;
    private readonly object _client;
    private int _isClosed;

    private McpServer(string name, IReadOnlyList<string> secrets, object client)
    {
        _name = name;
        _secrets = secrets;
        _client = client;
    }

    ~McpServer() => Close();

    /// <summary>Starts a program, or connects to an address.</summary>
    /// <param name="origin">The server.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="stop">Fires when the user stops.</param>
    /// <exception cref="GptChatException">It does not start or does not speak the protocol.</exception>
    public static McpServer Open(McpOrigin origin, TimeSpan patience, CancellationToken stop)
    {
        var said = new Queue<string>();
        string version = typeof(McpServer).Assembly.GetName().Version!.ToString(3);
        object client = Wait(
            cancellation => origin.Endpoint is { } endpoint
                ? McpLibrary.Instance.ConnectAsync(endpoint, origin.Headers, version, cancellation)
                : McpLibrary.Instance.StartAsync(origin.Command!, origin.Arguments, origin.Folder, origin.Environment, version, line => Hear(said, line), cancellation),
            patience,
            failure => Unusable(origin, failure is OperationCanceledException ? "it did not answer in " + patience.TotalSeconds + " s" : failure.Message, Heard(said)),
            stop);
        return new McpServer(origin.Name, origin.Secrets, client);
    }

    /// <summary>The tools that it offers.</summary>
    public IReadOnlyList<(string Name, string? Description, JsonElement Schema)> List(TimeSpan patience, CancellationToken stop)
    {
        string json = Wait(cancellation => McpLibrary.Instance.ListAsync(_client, cancellation), patience, failure => new GptChatException(GptErrorKind.ToolNotUsable, "The server '" + _name + "' does not list its tools: " + failure.Message, failure), stop);
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateArray().Select(tool => (tool.Text("name")!, tool.Text("description"), tool.GetProperty("schema").Clone())).ToArray();
    }

    /// <summary>Calls a tool.</summary>
    /// <param name="name">The tool, as the server names it.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limits">How long, and how much.</param>
    /// <param name="warn">Tells the user that the server failed, and not the tool: it may be gone.</param>
    /// <param name="stop">Fires when the user stops.</param>
    public ToolResult Call(string name, JsonElement arguments, ToolLimits limits, Action<string> warn, CancellationToken stop)
    {
        try
        {
            string json = Wait(cancellation => McpLibrary.Instance.CallAsync(_client, name, arguments.GetRawText(), cancellation), limits.Timeout ?? Timeout.InfiniteTimeSpan, failure => new GptChatException(GptErrorKind.ToolNotUsable, failure.Message, failure), stop);
            using JsonDocument document = JsonDocument.Parse(json);
            string text = document.RootElement.Text("text") ?? string.Empty;
            bool isError = document.RootElement.GetProperty("isError").GetBoolean();
            return new ToolResult(isError ? GptToolOutcome.Failed : GptToolOutcome.Succeeded, ToolText.Cut(isError ? "ERROR: " + text : text.Length == 0 ? "The tool ended and returned nothing." : text, limits.MaxLength));
        }
        catch (GptChatException failure) when (failure.InnerException is OperationCanceledException)
        {
            return new ToolResult(GptToolOutcome.TimedOut, "ERROR: The tool was ended: it took longer than " + limits.Timeout!.Value.TotalSeconds.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) + " s.");
        }
        catch (GptChatException failure)
        {
            // What a program said last comes along, and it knows the keys that it was given.
            string problem = KeyMask.InContent(failure.Problem, _secrets);
            warn("The server '" + _name + "' did not carry out " + name + ": " + ToolText.Visible(Regex.Replace(problem, "\\s+", " ")) + " If it has ended, make its tools again: New-GptTool -McpServer.");
            return new ToolResult(GptToolOutcome.Failed, ToolText.Cut("ERROR: " + problem, limits.MaxLength));
        }
    }

    /// <summary>Ends it.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0) return;
        McpLibrary.Instance.CloseAsync(_client).Leave();
    }

    /// <summary>Waits on this thread, until the answer, the end of patience or the user's stop; who stops does not wait for the server.</summary>
    private static T Wait<T>(Func<CancellationToken, Task<T>> work, TimeSpan patience, Func<Exception, GptChatException> failed, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        Task<T> task = Task.Run(() => work(limit.Token), CancellationToken.None);
        try
        {
            task.Wait(limit.Token);
            return task.Result;
        }
        catch (OperationCanceledException late)
        {
            task.Leave();
            stop.ThrowIfCancellationRequested();
            throw failed(late);
        }
        catch (AggregateException failure)
        {
            stop.ThrowIfCancellationRequested();
            throw failed(failure.GetBaseException());
        }
    }

    private static GptChatException Unusable(McpOrigin origin, string why, string said) => new(GptErrorKind.ToolNotUsable, "The server '" + origin.Name + "' cannot be used: " + KeyMask.InContent(why.TrimEnd('.') + said, origin.Secrets))
    {
        Hint = origin.Endpoint is null
            ? "Run the command by hand: it must start, and wait for input. Variables that it needs, such as a token, go into -McpEnvironment: those of this session are not passed on."
            : "Check the address. A token that the server wants goes into -McpToken.",
        Target = origin.Name,
    };

    private static void Hear(Queue<string> said, string line)
    {
        lock (said)
        {
            said.Enqueue(line);
            if (said.Count > MostLines) said.Dequeue();
        }
    }

    private static string Heard(Queue<string> said)
    {
        lock (said) return said.Count == 0 ? string.Empty : ". It said: " + Regex.Replace(string.Join(" ", said), "\\s+", " ");
    }
}
