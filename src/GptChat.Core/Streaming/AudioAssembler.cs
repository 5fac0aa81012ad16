using System.Text;

namespace GptChat.Streaming;

/// <summary>Puts the pieces of a spoken answer together.</summary>
internal sealed class AudioAssembler
{
    private readonly MemberMerger _members = new(joins: true);
    private StringBuilder? _data;
    private StringBuilder? _transcript;
    private string? _id;
    private long _expiresAt;

    /// <summary>What was said so far; null where nothing was.</summary>
    public string? Transcript => _transcript?.ToString();

    /// <summary>Takes a piece.</summary>
    public void Add(GptAudio piece)
    {
        if (!string.IsNullOrEmpty(piece.Id)) _id = piece.Id;
        if (piece.ExpiresAtSeconds != 0) _expiresAt = piece.ExpiresAtSeconds;
        if (piece.Data is not null) (_data ??= new StringBuilder()).Append(piece.Data);
        if (piece.Transcript is not null) (_transcript ??= new StringBuilder()).Append(piece.Transcript);
        _members.Add(piece.Extra);
    }

    /// <summary>The whole.</summary>
    public GptAudio Build() => new()
    {
        Id = _id,
        Data = _data?.ToString(),
        Transcript = _transcript?.ToString(),
        ExpiresAtSeconds = _expiresAt,
        Extra = _members.Build(),
    };
}
