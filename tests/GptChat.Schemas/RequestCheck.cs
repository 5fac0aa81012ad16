using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using GptChat.TestServer;

namespace GptChat.Schemas;

/// <summary>
/// Compares the requests of one test with the official schemas, when its servers are gone. A test that sends something else on
/// purpose says so, and must then do so.
/// </summary>
public sealed class RequestCheck
{
    private const int LongestShown = 2000;

    // Each body once: a test that sends thousands must not keep them all.
    private readonly ConcurrentDictionary<string, bool> _bodies = new(StringComparer.Ordinal);
    private string? _reason;

    /// <summary>Starts a server whose requests are compared.</summary>
    public async Task<ChatServer> StartServerAsync()
    {
        ChatServer server = await ChatServer.StartAsync().ConfigureAwait(false);
        server.Received += request =>
        {
            if (request.Method == "POST") _bodies[request.BodyText] = true;
        };
        return server;
    }

    /// <summary>Says that the test sends requests that the schemas do not allow, and why it does.</summary>
    public void AllowsRequestsOutsideTheSchema(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _reason = reason;
    }

    /// <summary>Fails where a request is outside the schemas without a reason, or where there is a reason but no such request.</summary>
    /// <exception cref="SchemaViolationException">So it is.</exception>
    public void Verify()
    {
        if (OfficialSchemas.Missing is not null) return;
        List<string> violations = [.. _bodies.Keys.SelectMany(Violations)];
        if (_reason is null && violations.Count > 0)
        {
            throw new SchemaViolationException(
                "The test sent what the official schemas do not allow. If it must, it says so: AllowsRequestsOutsideTheSchema(\"why\").\n" + string.Join("\n", violations));
        }

        if (_reason is not null && violations.Count == 0)
        {
            throw new SchemaViolationException("The test says that it sends requests outside the official schemas ('" + _reason + "'), but all of them are inside.");
        }
    }

    private static IEnumerable<string> Violations(string body)
    {
        IReadOnlyList<string> errors = OfficialSchemas.RequestErrors(body);
        return errors.Count == 0 ? [] : errors.Append("in " + (body.Length > LongestShown ? body[..LongestShown] + "…" : body));
    }
}

/// <summary>A test sent something that the official schemas do not allow, or promised to and did not.</summary>
public sealed class SchemaViolationException(string message) : Exception(message);
