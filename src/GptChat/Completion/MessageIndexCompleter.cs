using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using GptChat.Hosting;
using GptChat.Input;

namespace GptChat.Completion;

/// <summary>Completes the index of a message of the conversation that is named, or is current; the tooltip shows what it says.</summary>
public sealed class MessageIndexCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        GptSession session = SessionStore.Current;
        GptConversation? conversation = fakeBoundParameters?["Conversation"] is { } given ? Find(given, session) : session.CurrentConversation;
        return conversation is null
            ? Enumerable.Empty<CompletionResult>()
            : Completions.Matching(wordToComplete, conversation.Messages.Select((message, index) => (index.ToString(CultureInfo.InvariantCulture), message.ToString())));
    }

    private static GptConversation? Find(object given, GptSession session)
    {
        try
        {
            return NamedArgument.Conversation(given is IList { Count: 1 } list ? list[0]! : given, session);
        }
        catch (GptChatException)
        {
            // A name that is not finished yet names nothing.
            return null;
        }
    }
}
