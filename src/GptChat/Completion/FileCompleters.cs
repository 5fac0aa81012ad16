using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GptChat.Completion;

/// <summary>Completes files of the kind that a parameter means, before folders; other files only where there is neither.</summary>
public abstract class FileCompleter : IArgumentCompleter
{
    private readonly string[] _extensions;

    /// <summary>Offers files.</summary>
    /// <param name="extensions">How their names end, with the dot.</param>
    private protected FileCompleter(params string[] extensions) => _extensions = extensions;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        CompletionResult[] all = CompletionCompleters.CompleteFilename(wordToComplete ?? string.Empty).ToArray();
        CompletionResult[] wanted = all.Where(IsOfKind).Concat(all.Where(result => result.ResultType == CompletionResultType.ProviderContainer)).ToArray();
        return wanted.Length > 0 ? wanted : all;
    }

    private bool IsOfKind(CompletionResult result) =>
        result.ResultType != CompletionResultType.ProviderContainer
        && _extensions.Any(extension => result.ListItemText.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Completes recordings, caches and journals.</summary>
public sealed class RecordingFileCompleter() : FileCompleter(".jsonl");

/// <summary>Completes files that hold a conversation, or may come to hold one.</summary>
public sealed class ConversationFileCompleter() : FileCompleter(".json", ".md");
