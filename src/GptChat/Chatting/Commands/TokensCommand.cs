using System.Collections;
using System.Globalization;
using System.Linq;
using GptChat.Cmdlets;

namespace GptChat.Chatting.Commands;

/// <summary>Tells what the talk has used and how much of the context it fills.</summary>
internal sealed class TokensCommand() : ChatCommand("tokens", string.Empty, "show what was used, and how much of the context the conversation fills")
{
    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        GptUsage? usage = talk.Conversation.Usage;
        talk.Screen.Line("Used:         " + (usage?.ToString() ?? "nothing that was counted"));
        if (talk.Conversation.Messages.Count == 0)
        {
            talk.Screen.Line("Conversation: empty");
            return;
        }

        var parameters = new Hashtable { ["InputObject"] = talk.Conversation };
        if (talk.CurrentModel() is { } model) parameters["Model"] = model;
        if (talk.Run<MeasureGptTokenCommand>(parameters)?.OfType<GptTokenCount>().FirstOrDefault() is not { } count) return;
        string of = count.ContextWindow is { } window && window > 0
            ? string.Format(CultureInfo.InvariantCulture, " of {0} ({1:0.#} %)", window, 100.0 * count.RequestTokens / window)
            : string.Empty;
        string cost = count.Cost is { } dollars ? string.Format(CultureInfo.InvariantCulture, "; sent once more it costs ${0:0.######}", dollars) : string.Empty;
        talk.Screen.Line("Conversation: " + (count.IsEstimate ? "about " : string.Empty) + count.RequestTokens.ToString(CultureInfo.InvariantCulture) + " tokens" + of + cost);
    }
}
