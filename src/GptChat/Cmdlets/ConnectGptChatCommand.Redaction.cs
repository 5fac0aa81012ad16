using System.Management.Automation;
using GptChat.Completion;
using GptChat.Input;
using GptChat.Redaction;

namespace GptChat.Cmdlets;

/// <content>What is taken out of every request of the connection.</content>
public sealed partial class ConnectGptChatCommand
{
    /// <summary>Take passwords, keys and tokens out of every request. -Redact:$false of Invoke-GptChat sends them all the same.</summary>
    [Parameter]
    public SwitchParameter Redact { get; set; }

    /// <summary>What is taken out of every request: Secret (the default), Email, IPAddress, All; None for own patterns alone. Includes -Redact.</summary>
    [Parameter]
    public GptRedactionKind RedactKind { get; set; } = GptRedactionKind.Secret;

    /// <summary>Own patterns to take out of every request: regular expressions, or a hashtable with a name for each. Includes -Redact.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RedactPatternCompleter))]
    public object[]? RedactPattern { get; set; }

    private RedactionRules? RedactionOfCalls()
    {
        bool isDetailed = MyInvocation.BoundParameters.ContainsKey(nameof(RedactKind)) || RedactPattern is not null;
        if (!Redact && !isDetailed) return null;
        if (!Redact && MyInvocation.BoundParameters.ContainsKey(nameof(Redact))) throw Invalid("-Redact:$false cannot be used with -RedactKind or -RedactPattern", "The one turns redaction off, the others say what is taken out: choose one.");
        return RedactionArgument.Rules(RedactKind, RedactionArgument.Patterns(RedactPattern, "-" + nameof(RedactPattern)));
    }
}
