using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GptChat.Completion;

/// <summary>Offers nothing, for texts that nobody can know: the shell's names of files would only mislead.</summary>
public sealed class NoCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => Array.Empty<CompletionResult>();
}

/// <summary>Completes names of variables without their sign, as -OutVariable takes them.</summary>
public sealed class VariableCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionCompleters.CompleteVariable(Completions.Typed(wordToComplete))
            .Where(result => result.CompletionText.Length > 1 && result.CompletionText[0] == '$' && result.CompletionText[1] != '{')
            .Select(result => new CompletionResult(result.CompletionText.Substring(1), result.ListItemText, CompletionResultType.Variable, result.ToolTip));
}
