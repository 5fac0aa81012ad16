using System.Collections.Generic;
using GptChat.Input;

namespace GptChat.Chatting.Commands;

/// <summary>Shows or chooses the model.</summary>
internal sealed class ModelCommand() : ChatCommand("model", "[NAME]", "show the model, or choose one for what comes")
{
    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        if (argument.Length == 0)
        {
            talk.Screen.Line(talk.CurrentModel() is { } model ? "The model is " + model + "." : "No model is chosen: the connection's own answers.");
            return;
        }

        if (talk.CurrentConnection() is { } connection) ConnectionChoice.RequireModelFits(argument, connection);
        talk.Model = argument;
        talk.Screen.Note("From the next message on: " + argument + ".");
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Candidates(ChatTalk talk) => talk.Session.Models;
}
