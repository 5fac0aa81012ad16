using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.EdgeCases;

/// <summary>What one call brought: its output, its error and what it took.</summary>
internal sealed class Call(string mode, Outcome outcome, int requests, int errors)
{
    /// <summary>What a <c>catch</c> saw; null if the call succeeded.</summary>
    public ErrorRecord? Error { get; } = outcome.Output.Select(item => item.BaseObject).OfType<ErrorRecord>().SingleOrDefault();

    /// <summary>What came out of the cmdlet, in order.</summary>
    public IReadOnlyList<PSObject> Output { get; } = outcome.Output.Where(item => item.BaseObject is not ErrorRecord).ToArray();

    /// <summary>The warnings.</summary>
    public IReadOnlyList<string> Warnings => outcome.Warnings;

    /// <summary>How many requests the server saw.</summary>
    public int Requests => requests;

    /// <summary>Whether the call asked for a stream.</summary>
    public bool IsStreamed => mode.Length > 0;

    /// <summary>The pieces of <c>-Stream</c> as text.</summary>
    public IReadOnlyList<string> Pieces => Output.Select(item => item.ToString()).ToArray();

    /// <summary>All text that left the cmdlet, whether it succeeded or not.</summary>
    public string Text => mode.StartsWith("-Live", StringComparison.Ordinal)
        ? string.Concat(outcome.Information.Select(record => ((HostInformationMessage)record.MessageData).Message))
        : string.Concat(Pieces);

    /// <summary>A property of the response, which the last object carries.</summary>
    public object? Response(string path) => Output[^1].Member("Response." + path);

    /// <summary>A property of the error's exception.</summary>
    public object? Fact(string path) => Error!.Fact(path);

    /// <summary>Checks that this is an answer, and the whole of it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="requests">How many requests it took.</param>
    /// <param name="warning">Words of the one warning; null where there must be none.</param>
    public Call Is(string text, int requests = 1, string? warning = null)
    {
        Assert.Null(Error?.Exception.Message);
        Assert.Equal(0, errors);
        Assert.Equal(text, Text);
        Assert.Equal(text, (string?)Response("Content") ?? string.Empty);
        Assert.Equal("assistant", Response("Message.Role"));
        Assert.Equal(requests, Requests);
        Assert.Equal(requests, Response("Attempts"));
        if (warning is null) Assert.Empty(Warnings);
        else Assert.Contains(warning, Assert.Single(Warnings));
        if (!mode.StartsWith("-Stream", StringComparison.Ordinal)) Assert.Equal(text, Assert.Single(Output).BaseObject);
        return this;
    }

    /// <summary>Checks that this is one error, which keeps what had come.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="partial">The text that had come; null if none had.</param>
    /// <param name="requests">How many requests were sent.</param>
    /// <param name="words">What the message says.</param>
    public Call Fails(string kind, string? partial = null, int requests = 1, params string[] words)
    {
        Assert.True(Error is not null, "It succeeded: " + Text);
        Error.IsKind(kind);
        Assert.Equal(1, errors);
        Assert.Equal(partial, Fact("PartialText"));
        Assert.Equal(IsStreamed ? partial ?? string.Empty : string.Empty, Text);
        Assert.Empty(Warnings);
        Assert.Equal(requests, Requests);
        Assert.Equal(requests, Fact("Attempts"));
        Assert.All(words, word => Assert.Contains(word, Error.Exception.Message));
        return this;
    }
}
