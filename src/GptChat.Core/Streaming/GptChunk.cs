using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json;

using GptChat.Transport;

namespace GptChat;

/// <summary>A piece of an answer, the moment it arrives. In a string it reads as its text.</summary>
[TypeConverter(Copies.CopyType.Converter)]
public sealed class GptChunk
{
    /// <summary>The new text; empty in a piece that brings something else, such as the last one of a stream.</summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>The choice that it belongs to, from 0; there is one choice unless more were asked for.</summary>
    public int Index { get; internal init; }

    /// <summary>New text of the model's reasoning, where the server shows it; else null.</summary>
    public string? Reasoning { get; internal init; }

    /// <summary>New text of a refusal; else null.</summary>
    public string? Refusal { get; internal init; }

    /// <summary>The whole answer, in the last chunk; null in all others.</summary>
    public GptResponse? Response { get; internal init; }

    /// <summary>A call of a tool that has just been run, with what became of it; null in all other chunks.</summary>
    public GptToolCall? ToolCall { get; internal init; }

    /// <summary>The elements of a typed list that are complete with this chunk; null where none is.</summary>
    internal IReadOnlyList<JsonElement>? Elements { get; set; }

    /// <summary>The value of a typed answer that fits its schema, in the last chunk; else null.</summary>
    internal JsonElement? Answer { get; set; }

    /// <summary>What went wrong besides the answer, in the last chunk; null if nothing did.</summary>
    internal GptChatException? LateFailure { get; set; }

    /// <summary>The file that it comes from; null where a server sent it.</summary>
    internal AnswerOrigin? Origin { get; set; }

    /// <summary>With -Each, the input that the answer is about; else null.</summary>
    public object? Source { get; internal set; }

    /// <summary>With -Each, the number of that input, from 0.</summary>
    public int ItemIndex { get; internal set; }

    /// <summary>With -Chunk, the number of the part of its input that the answer is about, from 1; else 0.</summary>
    public int Part { get; internal set; }

    /// <summary>With -Chunk, how many parts that input has; else 0.</summary>
    public int PartCount { get; internal set; }

    /// <summary>The new text.</summary>
    public override string ToString() => Text;
}
