using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using GptChat.Hosting;

namespace GptChat.Completion;

/// <summary>Completes from what the session knows; never asks the network.</summary>
public abstract class SessionCompleter : IArgumentCompleter
{
    private protected abstract IEnumerable<(string Name, string ToolTip)> Candidates(GptSession session);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(wordToComplete, Candidates(SessionStore.Current));
}

/// <summary>Completes names of connections.</summary>
public sealed class ConnectionCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(GptSession session) =>
        session.Connections.Select(connection => (connection.Name, connection.Provider + " " + connection.Uri.AbsoluteUri));
}

/// <summary>Completes names of conversations.</summary>
public sealed class ConversationCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(GptSession session) =>
        session.Conversations.Select(conversation => (conversation.Name!, conversation.ToString()));
}

/// <summary>Completes names of models from what the session was given and has seen.</summary>
public sealed class ModelCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(GptSession session) =>
        session.Models
            .Concat(session.Connections.Where(connection => connection.Model is not null).Select(connection => connection.Model!))
            .Concat(new[] { Connections.ConnectionFactory.CloudflareModel })
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(model => (model, model));
}
