using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GptChat.Hosting;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <summary>What the cmdlets share that work on conversations: which ones are meant, and how a failure of one of them is told.</summary>
public abstract class GptConversationCmdlet : GptCmdlet
{
    /// <summary>The conversations meant: names, wildcards, conversations or replies; the current one where nothing is given.</summary>
    /// <remarks>One that is not found is an error of its own, as for all cmdlets that take several.</remarks>
    /// <param name="given">What was given; null for nothing.</param>
    /// <param name="parameter">The parameter, for errors.</param>
    private protected IEnumerable<GptConversation> Resolve(PSObject[]? given, string parameter = "-Name")
    {
        if (given is null)
        {
            if (Session.CurrentConversation is { } current) return new[] { current };
            WriteFailure(
                new GptChatException(GptErrorKind.NoConversation, "No conversation is given, and there is no current one") { Hint = "Name one: Get-GptConversation lists them. The current one is that of the latest call that succeeded." }, null);
            return Array.Empty<GptConversation>();
        }

        return given.SelectMany(one => Resolve(one, parameter)).Distinct().ToArray();
    }

    /// <summary>Does something to a conversation; a failure is an error of its own, and the next one has its turn.</summary>
    private protected void Try(object? target, Action work)
    {
        GptChatException? failed = null;
        try
        {
            work();
        }
        catch (GptChatException failure)
        {
            failed = failure;
        }

        if (failed is not null) WriteFailure(failed, target);
    }

    /// <summary>Changes a conversation, unless a call uses it at this moment.</summary>
    /// <exception cref="GptChatException">A call does.</exception>
    private protected static void Change(GptConversation conversation, Func<GptConversation.State, GptConversation.State?> change)
    {
        if (conversation.TryChange(change)) return;
        throw new GptChatException(GptErrorKind.ConversationBusy, "A call is using the conversation " + Label(conversation) + " at this moment")
        {
            Hint = "Let it finish first, or change a copy: Copy-GptConversation.",
            Target = conversation,
        };
    }

    /// <summary>Keeps a conversation under its name.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="replaces">Whether it takes the place of one that has the name.</param>
    /// <param name="goOn">What else can be done with the one that is there; null for going on with it.</param>
    /// <exception cref="GptChatException">There is one of that name.</exception>
    private protected void Keep(GptConversation conversation, bool replaces, string? goOn = null)
    {
        if (replaces) Session.Put(conversation);
        else if (!Session.TryAdd(conversation))
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "There is a conversation named '" + conversation.Name + "' already")
            {
                Hint = (goOn ?? "Go on with it (Invoke-GptChat -Conversation " + conversation.Name + "), choose another name") + ", or replace it with -Force.",
                Target = conversation.Name,
            };
        }
    }

    /// <summary>What people call a conversation.</summary>
    private protected static string Label(GptConversation conversation) => conversation.Name is { } name ? "'" + name + "'" : "without a name";

    /// <summary>Writes a failure as an error that ends nothing.</summary>
    private protected void WriteFailure(GptChatException failure, object? target) => WriteError(ErrorRecords.From(failure, failure.Target ?? target));

    private GptConversation[] Resolve(PSObject given, string parameter)
    {
        if (given.BaseObject is string name && given.Properties["Response"] is null && WildcardPattern.ContainsWildcardCharacters(name) && Session.FindConversation(name) is null)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            return Session.Conversations.Where(conversation => pattern.IsMatch(conversation.Name)).ToArray();
        }

        if (given.BaseObject is string text && given.Properties["Response"] is null && string.IsNullOrWhiteSpace(text))
        {
            WriteFailure(new GptChatException(GptErrorKind.InvalidParameter, "The name of a conversation is empty") { Hint = "Is the variable set?" }, given);
            return Array.Empty<GptConversation>();
        }

        GptConversation? found = null;
        Try(given, () => found = NamedArgument.Conversation(given, Session, parameter));
        return found is null ? Array.Empty<GptConversation>() : new[] { found };
    }
}
