using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GptChat.Completion;

/// <summary>Completes names of types, as the shell does elsewhere.</summary>
public sealed class TypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? string.Empty).Trim('\'', '"').TrimStart('[');

        // Nothing typed would be every type there is.
        return word.Length == 0 ? Enumerable.Empty<CompletionResult>() : CompletionCompleters.CompleteType(word);
    }
}
