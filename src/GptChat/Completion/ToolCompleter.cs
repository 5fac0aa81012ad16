using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using GptChat.Wire;

namespace GptChat.Completion;

/// <summary>Completes names of commands, as at the beginning of a line.</summary>
public sealed class ToolCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        string.IsNullOrEmpty(wordToComplete) ? Array.Empty<CompletionResult>() : CompletionCompleters.CompleteCommand(Completions.Typed(wordToComplete));
}

/// <summary>Completes -ToolChoice: the words of the protocol, and the tools that are named on the same line.</summary>
public sealed class ToolChoiceCompleter : IArgumentCompleter
{
    private static readonly string[] ToolTips = { "The model decides", "No tool is called", "At least one tool is called" };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(wordToComplete, Words.ToolChoice.Zip(ToolTips, (word, toolTip) => (word, toolTip)).Concat(Named(fakeBoundParameters?["Tool"])));

    private static IEnumerable<(string Text, string ToolTip)> Named(object? tools) =>
        (tools is string ? new[] { tools } : tools as IEnumerable ?? Array.Empty<object>())
            .Cast<object?>()
            .Select(tool => (tool as PSObject)?.BaseObject ?? tool)
            .Select(tool => tool switch { string name => name, CommandInfo command => command.Name, GptTool made => made.Name, _ => null })
            .OfType<string>()
            .Select(name => (name, "The model must call this tool"));
}
