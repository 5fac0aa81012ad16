using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Streaming;

/// <summary>Puts the deltas of one choice together.</summary>
internal sealed class ChoiceAssembler(int index)
{
    private readonly ContentAssembler _content = new();
    private readonly ToolCallAssembler _toolCalls = new();
    private readonly MemberMerger _choiceMembers = new(joins: false);
    private readonly MemberMerger _messageMembers = new(joins: true);
    private string? _role;
    private StringBuilder? _refusal;
    private StringBuilder? _reasoningContent;
    private StringBuilder? _reasoning;
    private List<GptAnnotation>? _annotations;
    private LogprobsAssembler? _logprobs;
    private AudioAssembler? _audio;
    private FunctionCallAssembler? _functionCall;

    /// <summary>The choice's number.</summary>
    public int Index { get; } = index;

    /// <summary>Why it ended; null while it goes on.</summary>
    public string? FinishReason { get; private set; }

    /// <summary>The text so far.</summary>
    public string Text => _content.Text;

    /// <summary>What was said aloud so far; null where nothing was.</summary>
    public string? Transcript => _audio?.Transcript;

    /// <summary>Takes what a chunk adds to this choice.</summary>
    /// <returns>The piece to show, or null if there is nothing in it to show.</returns>
    public GptChunk? Add(ChunkChoice choice)
    {
        if (!string.IsNullOrEmpty(choice.FinishReason)) FinishReason = choice.FinishReason;
        _choiceMembers.Add(choice.Extra);
        if (choice.Logprobs is not null) (_logprobs ??= new LogprobsAssembler()).Add(choice.Logprobs);
        return (choice.Delta ?? choice.Message) is { } delta ? Add(delta) : null;
    }

    /// <summary>Takes text alone.</summary>
    /// <returns>The piece to show, or null if there is nothing in it to show.</returns>
    [MethodImpl(HotPath.Optimized)]
    public GptChunk? Add(string text)
    {
        string shown = _content.Add(text);
        return shown.Length == 0 ? null : new GptChunk { Index = Index, Text = shown };
    }

    /// <summary>The finished choice.</summary>
    public GptChoice Build() => new()
    {
        Index = Index,
        FinishReason = FinishReason,
        Message = BuildMessage(),
        Logprobs = _logprobs?.Build(),
        Extra = _choiceMembers.Build(),
    };

    private GptChunk? Add(ChunkDelta delta)
    {
        if (!string.IsNullOrEmpty(delta.Role)) _role = delta.Role;
        string text = _content.Add(delta);
        Append(ref _refusal, delta.Refusal);
        Append(ref _reasoningContent, delta.ReasoningContent);
        Append(ref _reasoning, delta.Reasoning);
        foreach (ToolCallFragment? fragment in delta.ToolCalls ?? [])
        {
            if (fragment is not null) _toolCalls.Add(fragment);
        }

        if (delta.FunctionCall is not null) (_functionCall ??= new FunctionCallAssembler()).Add(delta.FunctionCall);
        if (delta.Audio is not null) (_audio ??= new AudioAssembler()).Add(delta.Audio);
        if (delta.Annotations is not null) (_annotations ??= new List<GptAnnotation>()).AddRange(delta.Annotations.Where(note => note is not null));
        _messageMembers.Add(delta.Extra);

        string? reasoning = string.IsNullOrEmpty(delta.ReasoningContent) ? NullIfEmpty(delta.Reasoning) : delta.ReasoningContent;
        string? refusal = NullIfEmpty(delta.Refusal);

        // What is spoken has no text; what is said is its transcript, and a reader wants to see it grow.
        if (text.Length == 0) text = delta.Audio?.Transcript ?? string.Empty;
        if (text.Length == 0 && reasoning is null && refusal is null) return null;
        return new GptChunk { Index = Index, Text = text, Reasoning = reasoning, Refusal = refusal };
    }

    private GptMessage BuildMessage() => new()
    {
        Role = _role ?? Roles.Assistant,
        Body = _content.Build(),
        Refusal = _refusal?.ToString(),
        ReasoningContent = _reasoningContent?.ToString(),
        ReasoningText = _reasoning?.ToString(),
        Calls = _toolCalls.Build(),
        FunctionCall = _functionCall?.Build(),
        Audio = _audio?.Build(),
        Notes = _annotations,
        Extra = _messageMembers.Build(),
    };

    private static void Append(ref StringBuilder? buffer, string? text)
    {
        // An empty piece still says that the member is there; a missing one says nothing.
        if (text is not null) (buffer ??= new StringBuilder()).Append(text);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
