using System;
using System.Linq;
using GptChat.Connections;
using GptChat.Hosting;
using GptChat.Recording;

namespace GptChat.Input;

/// <summary>
/// Decides where a call goes: what it says, then where its conversation was, then the default connection, then the
/// environment.
/// </summary>
internal static class ConnectionChoice
{
    /// <summary>The connection to use.</summary>
    /// <param name="given">The value of <c>-Connection</c>; null if not given.</param>
    /// <param name="conversation">The conversation that is continued, which remembers where it was; null for none.</param>
    /// <param name="recording">How a recording answers, if one does: then no connection is needed, and where nothing may be sent the environment must not decide.</param>
    /// <param name="session">The session.</param>
    /// <exception cref="GptChatException">There is none.</exception>
    public static GptConnection Resolve(object? given, GptConversation? conversation, RecordingMode? recording, GptSession session)
    {
        if (given is not null) return NamedArgument.Connection(given, session);
        if (conversation?.Connection is { IsClosed: false } remembered) return remembered;
        if (conversation?.ConnectionName is { } name && Named(name, recording, session) is { } replacement) return replacement;
        if (session.DefaultConnection is { } known) return known;

        // A runbook that is tested from a recording must do the same on every machine.
        if (recording == RecordingMode.Replay) return GptConnection.OfRecording();
        return session.FromEnvironment() ?? (recording == RecordingMode.ReplayOrRecord ? GptConnection.OfRecording() : throw None(session));
    }

    /// <summary>On Azure's classic address another model would be asked for in vain: the deployment in the address answers.</summary>
    /// <param name="model">The value of <c>-Model</c>; null if not given.</param>
    /// <param name="connection">Where the call goes.</param>
    /// <exception cref="GptChatException">They do not go together.</exception>
    public static void RequireModelFits(string? model, GptConnection connection)
    {
        if (model is null || connection.Deployment is not { } deployment || model == deployment || model == connection.Model) return;
        throw new GptChatException(GptErrorKind.InvalidParameter, "The connection '" + connection.Name + "' has the deployment '" + deployment + "' in its address, so -Model cannot choose another")
        {
            Hint = "Make a connection for the other deployment (Connect-GptChat … -Deployment NAME -Name NAME), or connect without -ApiVersion: on the v1 address -Model is the deployment. Nothing was sent.",
            Target = connection,
        };
    }

    /// <summary>The connection of a name; that of the environment has one too.</summary>
    private static GptConnection? Named(string name, RecordingMode? recording, GptSession session)
    {
        if (session.FindConnection(name) is { } known) return known;
        GptConnection? described = recording == RecordingMode.Replay ? null : session.FromEnvironment();
        return string.Equals(described?.Name, name, StringComparison.OrdinalIgnoreCase) ? described : null;
    }

    private static GptChatException None(GptSession session)
    {
        string others = session.Connections.Count == 0
            ? string.Empty
            : " There are connections to choose from with -Connection: " + string.Join(", ", session.Connections.Select(connection => connection.Name)) + ".";
        return new GptChatException(
            GptErrorKind.NoConnection,
            "There is no connection: none was given, none was made in this session, and the environment describes none (" + EnvironmentConnection.Describe(Environment.GetEnvironmentVariable) + ")")
        {
            Hint = "For Cloudflare: Connect-GptChat -AccountId ID -ApiToken (Read-Host -AsSecureString), or set CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN. "
                + "For a server on this machine: Connect-GptChat -BaseUri http://127.0.0.1:8080/v1 -Model NAME. "
                + "Jobs and ForEach-Object -Parallel do not see the connections of the session that started them: pass -Connection $using:c there, or set the variables." + others,
        };
    }
}
