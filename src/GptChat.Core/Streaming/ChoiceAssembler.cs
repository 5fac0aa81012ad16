using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Streaming;

/// <summary>Puts the deltas of one choice together.</summary>
internal sealed class ChoiceAssembler(int index)
{
    private readonly StringBuilder _text = new();
    private readonly ToolCallAssembler _toolCalls = new();
    private readonly MemberMerger _choiceMembers = new(joins: false);
    private readonly MemberMerger _messageMembers = new(joins: true);
    private bool _hasText;
    private char _half;
    private string? _role;
    private StringBuilder? _refusal;
    private StringBuilder? _reasoningContent;
    private StringBuilder? _reasoning;
    private List<GptContentPart>? _parts;
    private List<GptAnnotation>? _annotations;
    private List<GptTokenLogprob>? _contentLogprobs;
    private List<GptTokenLogprob>? _refusalLogprobs;
    private AudioAssembler? _audio;
    private string? _functionName;
    private StringBuilder? _functionArguments;

    /// <summary>The choice's number.</summary>
    public int Index { get; } = index;

    /// <summary>Why it ended; null while it goes on.</summary>
    public string? FinishReason { get; private set; }

    /// <summary>The text so far.</summary>
    public string Text => _half == 0 ? _text.ToString() : _text.ToString() + _half;

    /// <summary>What was said aloud so far; null where nothing was.</summary>
    public string? Transcript => _audio?.Transcript;

    /// <summary>Takes what a chunk adds to this choice.</summary>
    /// <returns>The piece to show, or null if there is nothing in it to show.</returns>
    public GptChunk? Add(ChunkChoice choice)
    {
        if (!string.IsNullOrEmpty(choice.FinishReason)) FinishReason = choice.FinishReason;
        _choiceMembers.Add(choice.Extra);
        Extend(ref _contentLogprobs, choice.Logprobs?.Content);
        Extend(ref _refusalLogprobs, choice.Logprobs?.Refusal);
        return (choice.Delta ?? choice.Message) is { } delta ? Add(delta) : null;
    }

    /// <summary>The finished choice.</summary>
    public GptChoice Build() => new()
    {
        Index = Index,
        FinishReason = FinishReason,
        Message = BuildMessage(),
        Logprobs = _contentLogprobs is null && _refusalLogprobs is null ? null : new GptLogprobs { Content = _contentLogprobs, Refusal = _refusalLogprobs },
        Extra = _choiceMembers.Build(),
    };

    private GptChunk? Add(ChunkDelta delta)
    {
        if (!string.IsNullOrEmpty(delta.Role)) _role = delta.Role;
        string text = AddText(delta);
        Append(ref _refusal, delta.Refusal);
        Append(ref _reasoningContent, delta.ReasoningContent);
        Append(ref _reasoning, delta.Reasoning);
        foreach (ToolCallFragment? fragment in delta.ToolCalls ?? [])
        {
            if (fragment is not null) _toolCalls.Add(fragment);
        }

        if (delta.FunctionCall is { } function)
        {
            if (!string.IsNullOrEmpty(function.Name)) _functionName = function.Name;
            (_functionArguments ??= new StringBuilder()).Append(function.Arguments);
        }

        if (delta.Audio is not null) (_audio ??= new AudioAssembler()).Add(delta.Audio);
        Extend(ref _annotations, delta.Annotations);
        _messageMembers.Add(delta.Extra);

        string? reasoning = string.IsNullOrEmpty(delta.ReasoningContent) ? NullIfEmpty(delta.Reasoning) : delta.ReasoningContent;
        string? refusal = NullIfEmpty(delta.Refusal);

        // What is spoken has no text; what is said is its transcript, and a reader wants to see it grow.
        if (text.Length == 0) text = delta.Audio?.Transcript ?? string.Empty;
        if (text.Length == 0 && reasoning is null && refusal is null) return null;
        return new GptChunk { Index = Index, Text = text, Reasoning = reasoning, Refusal = refusal };
    }

    /// <summary>
    /// Adds text and returns what may be shown of it: half a character waits for its other half, since consoles and encoders
    /// would spoil it.
    /// </summary>
    private string AddText(ChunkDelta delta)
    {
        if (delta.Text is null && delta.Parts is null) return string.Empty;
        _hasText = true;
        string text = delta.Text ?? delta.Parts?.Text ?? string.Empty;
        if (delta.Parts is { } parts) Extend(ref _parts, parts.Parts.Where(part => part.Text is null).ToList());
        if (text.Length == 0) return text;
        if (_half != 0)
        {
            text = _half + text;
            _half = default;
        }

        if (char.IsHighSurrogate(text[text.Length - 1]))
        {
            _half = text[text.Length - 1];
            text = text.Substring(0, text.Length - 1);
        }

        _text.Append(text);
        return text;
    }

    private GptMessage BuildMessage() => new()
    {
        Role = _role ?? Roles.Assistant,
        Body = BuildBody(),
        Refusal = _refusal?.ToString(),
        ReasoningContent = _reasoningContent?.ToString(),
        ReasoningText = _reasoning?.ToString(),
        Calls = _toolCalls.Build(),
        FunctionCall = _functionArguments is null ? null : new GptFunctionCall { Name = _functionName, Arguments = _functionArguments.ToString() },
        Audio = _audio?.Build(),
        Notes = _annotations,
        Extra = _messageMembers.Build(),
    };

    private MessageContent? BuildBody()
    {
        if (!_hasText) return null;
        if (_parts is not { Count: > 0 }) return new MessageContent(Text);
        var parts = new List<GptContentPart>(_parts.Count + 1);
        if (Text.Length > 0) parts.Add(GptContentPart.FromText(Text));
        parts.AddRange(_parts);
        return new MessageContent(parts);
    }

    private static void Append(ref StringBuilder? buffer, string? text)
    {
        // An empty piece still says that the member is there; a missing one says nothing.
        if (text is not null) (buffer ??= new StringBuilder()).Append(text);
    }

    private static void Extend<T>(ref List<T>? list, IReadOnlyList<T>? items)
    {
        if (items is not null) (list ??= new List<T>()).AddRange(items.Where(item => item is not null));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private sealed class AudioAssembler
    {
        private readonly StringBuilder _data = new();
        private readonly StringBuilder _transcript = new();
        private string? _id;
        private long _expiresAt;

        public string Transcript => _transcript.ToString();

        public void Add(GptAudio audio)
        {
            if (!string.IsNullOrEmpty(audio.Id)) _id = audio.Id;
            if (audio.ExpiresAtSeconds != 0) _expiresAt = audio.ExpiresAtSeconds;
            _data.Append(audio.Data);
            _transcript.Append(audio.Transcript);
        }

        public GptAudio Build() => new() { Id = _id, Data = _data.ToString(), Transcript = _transcript.ToString(), ExpiresAtSeconds = _expiresAt };
    }
}
