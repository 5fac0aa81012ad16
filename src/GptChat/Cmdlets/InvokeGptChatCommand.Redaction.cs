using System.Collections.Generic;
using System.Management.Automation;
using System;
using GptChat.Completion;
using GptChat.Conversations;
using GptChat.Hosting;
using GptChat.Input;
using GptChat.Redaction;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <content>What is taken out of a request before it leaves, and put back into its answer.</content>
public sealed partial class InvokeGptChatCommand
{
    private IReadOnlyList<RedactionPattern> _redactPatterns = Array.Empty<RedactionPattern>();

    /// <summary>
    /// Take passwords, keys and tokens out of everything that is sent; placeholders stand in their place. A conversation goes on so.
    /// -Redact:$false sends what a connection or a conversation would take out.
    /// </summary>
    [Parameter]
    public SwitchParameter Redact { get; set; }

    /// <summary>What is taken out: Secret (the default), Email, IPAddress, All; None for own patterns alone. Includes -Redact.</summary>
    [Parameter]
    public GptRedactionKind RedactKind { get; set; } = GptRedactionKind.Secret;

    /// <summary>
    /// Own patterns to take out: regular expressions, or a hashtable with a name for each. Of a pattern with a group named secret, the
    /// group alone is taken out. Those of the connection are looked for too. Includes -Redact.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RedactPatternCompleter))]
    public object[]? RedactPattern { get; set; }

    /// <summary>Put back into the text of the answer what redaction took out of the request. The response and the conversation stay without.</summary>
    [Parameter]
    public SwitchParameter Restore { get; set; }

    /// <summary>Reads them, before anything is read from the pipe.</summary>
    private void ReadRedaction()
    {
        bool isDetailed = IsBound(nameof(RedactKind)) || IsBound(nameof(RedactPattern));
        if (isDetailed && IsBound(nameof(Redact)) && !Redact)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-Redact:$false and " + (IsBound(nameof(RedactKind)) ? "-RedactKind" : "-RedactPattern") + " cannot be used together")
            {
                Hint = "The one turns redaction off, the other says what is taken out: choose one. Nothing was sent.",
            };
        }

        _redactPatterns = RedactionArgument.Patterns(RedactPattern, "-" + nameof(RedactPattern));
        if (isDetailed && RedactKind != GptRedactionKind.None) RedactionArgument.Rules(RedactKind, _redactPatterns);
    }

    /// <summary>What is looked for: what the call says, then what the conversation did, then what the connection does; null for nothing.</summary>
    private RedactionRules? RulesOf(GptConnection connection, GptConversation? conversation)
    {
        if (IsBound(nameof(Redact)) && !Redact) return null;
        RedactionRules? before = conversation?.Redaction?.Rules ?? connection.Redaction;
        bool isAsked = Redact || IsBound(nameof(RedactKind)) || IsBound(nameof(RedactPattern));
        if (!isAsked && before is null) return null;
        GptRedactionKind kinds = IsBound(nameof(RedactKind)) ? RedactKind : before?.Kinds ?? GptRedactionKind.Secret;

        // A call that adds a pattern must not lose those that the connection was given for every call.
        var own = new RedactionRules(kinds, _redactPatterns);
        RedactionRules all = own.With(conversation?.Redaction?.Rules).With(connection.Redaction);
        return RedactionArgument.Rules(all.Kinds, all.Patterns);
    }

    /// <summary>The request without what must not leave; null where nothing is to be taken out.</summary>
    private RequestRedaction? TakeOut(RedactionRules? rules, RedactionVault? vault, MessageHistory history, IReadOnlyList<GptMessage> messages, ChatParameters parameters)
    {
        RequireSomethingToRestore(rules, vault);
        if (rules is null) return null;
        RequestRedaction redaction = Stoppable.Run(() => RequestRedaction.Create(rules, vault, history, messages, parameters, StopToken), StopToken);
        WriteVerbose(redaction.Summary + ".");
        return redaction;
    }

    /// <summary>A text of the call as others may see it.</summary>
    private string Shown(string text) => _rules is null ? text : Stoppable.Run(() => new Redactor(_rules, new RedactionVault(), StopToken).Redact(text), StopToken);

    private void RequireSomethingToRestore(RedactionRules? rules, RedactionVault? vault)
    {
        if (!Restore || rules is not null || vault is not null) return;
        throw new GptChatException(GptErrorKind.InvalidParameter, "-Restore puts back what redaction takes out, and nothing is taken out here")
        {
            Hint = "Add -Redact, or leave -Restore out. Nothing was sent.",
        };
    }

    /// <summary>Puts back what was taken out, piece by piece; null where nothing is to be put back.</summary>
    private AnswerRestoring? Restoring(RedactionVault? vault) => Restore && vault is not null ? new AnswerRestoring(vault) : null;
}
