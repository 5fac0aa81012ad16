using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json;

using GptChat.Transport;

namespace GptChat;

/// <summary>A piece of an answer, the moment it arrives. In a string it reads as its text.</summary>
[TypeConverter(Copies.CopyType.Converter)]
public sealed class GptChunk
{
    private RareParts? _rest;

    /// <summary>The new text; empty in a piece that brings something else, such as the last one of a stream.</summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>The choice that it belongs to, from 0; there is one choice unless more were asked for.</summary>
    public int Index { get; internal init; }

    /// <summary>New text of the model's reasoning, where the server shows it; else null.</summary>
    public string? Reasoning { get; internal init; }

    /// <summary>New text of a refusal; else null.</summary>
    public string? Refusal { get; internal init; }

    /// <summary>The whole answer, in the last chunk; null in all others.</summary>
    public GptResponse? Response
    {
        get => _rest?.Response;
        internal init
        {
            if (RestFor(value is not null) is { } rest) rest.Response = value;
        }
    }

    /// <summary>A call of a tool that has just been run, with what became of it; null in all other chunks.</summary>
    public GptToolCall? ToolCall
    {
        get => _rest?.ToolCall;
        internal init
        {
            if (RestFor(value is not null) is { } rest) rest.ToolCall = value;
        }
    }

    /// <summary>The elements of a typed list that are complete with this chunk; null where none is.</summary>
    internal IReadOnlyList<JsonElement>? Elements
    {
        get => _rest?.Elements;
        set
        {
            if (RestFor(value is not null) is { } rest) rest.Elements = value;
        }
    }

    /// <summary>The value of a typed answer that fits its schema, in the last chunk; else null.</summary>
    internal JsonElement? Answer
    {
        get => _rest?.Answer;
        set
        {
            if (RestFor(value is not null) is { } rest) rest.Answer = value;
        }
    }

    /// <summary>What went wrong besides the answer, in the last chunk; null if nothing did.</summary>
    internal GptChatException? LateFailure
    {
        get => _rest?.LateFailure;
        set
        {
            if (RestFor(value is not null) is { } rest) rest.LateFailure = value;
        }
    }

    /// <summary>The file that it comes from; null where a server sent it.</summary>
    internal AnswerOrigin? Origin { get; set; }

    /// <summary>With -Each, the input that the answer is about; else null.</summary>
    public object? Source { get; internal set; }

    /// <summary>With -Each, the number of that input, from 0.</summary>
    public int ItemIndex { get; internal set; }

    /// <summary>With -Chunk, the number of the part of its input that the answer is about, from 1; else 0.</summary>
    public int Part
    {
        get => _rest?.Part ?? 0;
        internal set
        {
            if (RestFor(value != 0) is { } rest) rest.Part = value;
        }
    }

    /// <summary>With -Chunk, how many parts that input has; else 0.</summary>
    public int PartCount
    {
        get => _rest?.PartCount ?? 0;
        internal set
        {
            if (RestFor(value != 0) is { } rest) rest.PartCount = value;
        }
    }

    /// <summary>The new text.</summary>
    public override string ToString() => Text;

    private RareParts? RestFor(bool isNeeded) => isNeeded ? _rest ??= new RareParts() : _rest;

    /// <summary>What most pieces lack, and a stream of ten thousand would have ten thousand empty places for.</summary>
    private sealed class RareParts
    {
        public GptResponse? Response { get; set; }

        public GptToolCall? ToolCall { get; set; }

        public IReadOnlyList<JsonElement>? Elements { get; set; }

        public JsonElement? Answer { get; set; }

        public GptChatException? LateFailure { get; set; }

        public int Part { get; set; }

        public int PartCount { get; set; }
    }
}
