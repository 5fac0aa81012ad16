using System;
using GptChat.Rendering;

namespace GptChat.Chatting;

/// <summary>Shows an answer as it comes: rendered where there is colour, else as the model wrote it.</summary>
internal abstract class AnswerWriter
{
    /// <summary>The one for a screen.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="isPlain">Whether the text is wanted as the model wrote it.</param>
    public static AnswerWriter For(ChatScreen screen, bool isPlain) =>
        isPlain ? new Plain(screen.Write) : new Rendered(new MarkdownWriter(screen.Write, screen.Width, screen.HasColor));

    /// <summary>Takes a piece.</summary>
    public abstract void Append(string text);

    /// <summary>The answer ends here, whole or not.</summary>
    public abstract void Complete();

    private sealed class Plain(Action<string> write) : AnswerWriter
    {
        public override void Append(string text) => write(text);

        public override void Complete()
        {
        }
    }

    private sealed class Rendered(MarkdownWriter writer) : AnswerWriter
    {
        public override void Append(string text) => writer.Append(text);

        public override void Complete() => writer.Complete();
    }
}
