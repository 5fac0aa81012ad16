using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using GptChat.Wire;

namespace GptChat.Streaming;

/// <summary>Puts the chunks of a stream together, so that a stream ends in the same <see cref="GptResponse"/> as a plain call.</summary>
internal sealed class ReplyAssembler
{
    private readonly List<ChoiceAssembler> _choices = new();
    private readonly MemberMerger _members = new(joins: false);
    private string? _id;
    private string? _model;
    private string? _serviceTier;
    private string? _systemFingerprint;
    private long _created;
    private GptUsage? _usage;
    private ChoiceAssembler? _last;
    private Dictionary<string, string>? _metadata;

    /// <summary>Whether every choice that began has said why it ended. False while none has begun.</summary>
    public bool IsFinished => _choices.Count > 0 && _choices.TrueForAll(choice => choice.FinishReason is not null);

    /// <summary>The text of the first choice so far, or what it said aloud; null where there is neither.</summary>
    public string? PartialText
    {
        get
        {
            ChoiceAssembler? first = _choices.OrderBy(choice => choice.Index).FirstOrDefault();
            string? text = string.IsNullOrEmpty(first?.Text) ? first?.Transcript : first!.Text;
            return string.IsNullOrEmpty(text) ? null : text;
        }
    }

    /// <summary>Takes a chunk and adds to <paramref name="pieces"/> what it brings to show, a piece for each choice.</summary>
    public void Add(ChatChunk chunk, List<GptChunk> pieces)
    {
        // First non-empty wins: Azure's filter chunks carry an empty id and model that mean nothing.
        if (string.IsNullOrEmpty(_id)) _id = chunk.Id ?? _id;
        if (string.IsNullOrEmpty(_model)) _model = chunk.Model ?? _model;
        if (string.IsNullOrEmpty(_serviceTier)) _serviceTier = chunk.ServiceTier ?? _serviceTier;
        if (string.IsNullOrEmpty(_systemFingerprint)) _systemFingerprint = chunk.SystemFingerprint ?? _systemFingerprint;
        if (_created == 0) _created = chunk.Created;

        // Last wins, never summed: some servers send a running count with every chunk.
        if (chunk.Usage is not null) _usage = chunk.Usage;
        _metadata ??= chunk.Metadata;
        _members.Add(chunk.Extra);
        if (chunk.Choices is null) return;
        foreach (ChunkChoice choice in chunk.Choices)
        {
            if (choice is null) continue;
            _last = Find(choice.Index ?? 0);
            if (_last.Add(choice) is { } piece) pieces.Add(piece);
        }
    }

    /// <summary>Takes what is the chunk before, of one choice, with another text.</summary>
    [MethodImpl(HotPath.Optimized)]
    public void Add(string text, List<GptChunk> pieces)
    {
        if (_last!.Add(text) is { } piece) pieces.Add(piece);
    }

    /// <summary>The whole answer.</summary>
    public GptResponse Build() => new()
    {
        Id = _id,
        Object = "chat.completion",
        CreatedSeconds = _created,
        Model = _model,
        ServiceTier = _serviceTier,
        SystemFingerprint = _systemFingerprint,
        Usage = _usage,
        Metadata = _metadata,
        ChoiceList = _choices.OrderBy(choice => choice.Index).Select(choice => choice.Build()).ToList(),
        Extra = _members.Build(),
    };

    private ChoiceAssembler Find(int index)
    {
        foreach (ChoiceAssembler choice in _choices)
        {
            if (choice.Index == index) return choice;
        }

        var added = new ChoiceAssembler(index);
        _choices.Add(added);
        return added;
    }
}
