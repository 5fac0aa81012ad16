using System.Collections.Generic;

namespace GptChat.Streaming;

/// <summary>Puts the tokens of one choice together.</summary>
internal sealed class LogprobsAssembler
{
    private readonly MemberMerger _members = new(joins: false);
    private List<GptTokenLogprob>? _content;
    private List<GptTokenLogprob>? _refusal;

    /// <summary>Takes the tokens of a chunk.</summary>
    public void Add(GptLogprobs piece)
    {
        Extend(ref _content, piece.Content);
        Extend(ref _refusal, piece.Refusal);
        _members.Add(piece.Extra);
    }

    /// <summary>The whole.</summary>
    public GptLogprobs Build() => new() { Content = _content, Refusal = _refusal, Extra = _members.Build() };

    private static void Extend(ref List<GptTokenLogprob>? list, IReadOnlyList<GptTokenLogprob>? items)
    {
        if (items is null) return;
        list ??= new List<GptTokenLogprob>();
        foreach (GptTokenLogprob? item in items)
        {
            if (item is not null) list.Add(item);
        }
    }
}
