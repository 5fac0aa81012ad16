using System.Text;

namespace GptChat.Chatting.Commands;

/// <summary>Reads many lines as one message.</summary>
internal sealed class PasteCommand() : ChatCommand("paste", "[QUESTION]", "read lines as they are, up to one with a single dot, and send them")
{
    private const string End = ".";

    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        talk.Screen.Note("Paste, then end with a line that is a single dot. Ctrl+C takes all of it back.");
        var text = new StringBuilder();
        string? line;
        while ((line = talk.Input.PlainLine(ChatInput.More)) != End)
        {
            // Consoles tell of Ctrl+C as of the end of all input. What was not ended was not meant to be sent.
            if (line is null || talk.Input.WasCancelled)
            {
                talk.Screen.Note("Taken back. Nothing was sent.");
                return;
            }

            text.Append(line).Append('\n');
        }

        string pasted = text.ToString().TrimEnd('\n');
        if (pasted.Trim().Length == 0) throw Problem("Nothing was pasted", "Nothing was sent.");
        talk.Ask(argument.Length == 0 ? pasted : argument + "\n\n" + pasted);
    }
}
