using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GptChat.Completion;

/// <summary>Completes names of properties of what is piped in, as Select-Object does.</summary>
public sealed class PropertyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (commandAst?.Parent is not PipelineAst pipeline || pipeline.PipelineElements[0] == commandAst) return Enumerable.Empty<CompletionResult>();

        // The engine infers what commands output for the cmdlets of its own only, so that it is asked about one of them.
        string before = pipeline.Extent.Text.Substring(0, commandAst.Extent.StartOffset - pipeline.Extent.StartOffset);
        string asked = before + "Select-Object -Property " + Completions.Typed(wordToComplete);
        return CommandCompletion.CompleteInput(asked, asked.Length, null).CompletionMatches.Where(match => match.ResultType == CompletionResultType.Property);
    }
}
