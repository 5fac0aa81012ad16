using System;

namespace GptChat.Chatting;

/// <summary>Shows an answer as it comes.</summary>
internal abstract class AnswerWriter
{
    /// <summary>The one for a screen.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="isPlain">Whether the user wants the text as the model wrote it.</param>
    public static AnswerWriter For(ChatScreen screen, bool isPlain) => new Plain(screen.Write);

    /// <summary>Takes a piece.</summary>
    public abstract void Append(string text);

    /// <summary>The answer ends here, whole or not.</summary>
    public abstract void Complete();

    /// <summary>The text as the model wrote it.</summary>
    private sealed class Plain(Action<string> write) : AnswerWriter
    {
        public override void Append(string text) => write(text);

        public override void Complete()
        {
        }
    }
}
