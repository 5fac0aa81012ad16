using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace GptChat.TestServer;

/// <summary>A request as it arrived, and what became of its reply.</summary>
/// <remarks>
/// Exactly one of <see cref="Completed"/> and <see cref="Aborted"/> completes; the other one is cancelled at that moment,
/// so a test that waits for the wrong one fails instead of hanging. Stopping the server cancels both.
/// </remarks>
public sealed class ReceivedRequest
{
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ReceivedRequest(string method, string path, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body, int connection)
    {
        Method = method;
        Path = path;
        Headers = headers;
        Body = body;
        Connection = connection;
        Json = Parse(body);
    }

    /// <summary>The method, such as <c>POST</c>.</summary>
    public string Method { get; }

    /// <summary>The path with its query, as sent.</summary>
    public string Path { get; }

    /// <summary>The headers; names match in any case, repeated ones are joined by a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The bytes of the body, without any chunk framing.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body read as UTF-8.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The body as JSON, of kind <see cref="JsonValueKind.Undefined"/> if it is none.</summary>
    public JsonElement Json { get; }

    /// <summary>The number of the connection the request came by, from 1: the same number means the same connection.</summary>
    public int Connection { get; }

    /// <summary>Completes when the client closed the connection before the reply was finished.</summary>
    public Task Aborted => _aborted.Task;

    /// <summary>Completes when the reply was sent as scripted, a deliberate cut included; fails if the reply itself failed.</summary>
    public Task Completed => _completed.Task;

    internal string PathWithoutQuery => Path.Split('?', 2)[0];

    internal bool WantsStream => Json.ValueKind == JsonValueKind.Object
        && Json.TryGetProperty("stream", out JsonElement stream) && stream.ValueKind == JsonValueKind.True;

    /// <summary>What the request says in <c>stream_options</c>, if it says it.</summary>
    internal bool? StreamOption(string name) => Json.ValueKind == JsonValueKind.Object
        && Json.TryGetProperty("stream_options", out JsonElement options) && options.ValueKind == JsonValueKind.Object
        && options.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;

    internal void MarkCompleted()
    {
        _completed.TrySetResult();
        _aborted.TrySetCanceled();
    }

    internal void MarkAborted()
    {
        _aborted.TrySetResult();
        _completed.TrySetCanceled();
    }

    internal void MarkFailed(Exception error)
    {
        _completed.TrySetException(error);
        _aborted.TrySetCanceled();
    }

    internal void MarkStopped()
    {
        _completed.TrySetCanceled();
        _aborted.TrySetCanceled();
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
