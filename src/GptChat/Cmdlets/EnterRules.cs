using System.Collections.Generic;

namespace GptChat.Cmdlets;

/// <summary>Which parameters of Enter-GptChat exclude each other and which need another.</summary>
internal static class EnterRules
{
    /// <summary>Pairs of which one may be given, and why.</summary>
    internal static readonly (string First, string Second, string Why)[] Exclusive =
    {
        ("Continue", "Conversation", "-Continue goes on with the current conversation, -Conversation with the one named: choose one."),
        ("Record", "Replay", "-Replay answers without a server, so there is nothing to record: choose one."),
    };

    /// <summary>Throws for the first rule that is broken.</summary>
    /// <exception cref="GptChatException">Names both parameters.</exception>
    public static void Check(IReadOnlyDictionary<string, object> bound) => new RuleTable(GptErrorKind.InvalidParameter, bound).Exclude(Exclusive);
}
