using System.Text;

namespace GptChat.Streaming;

/// <summary>Puts the pieces of a function's call in the deprecated form together.</summary>
internal sealed class FunctionCallAssembler
{
    private readonly MemberMerger _members = new(joins: true);
    private readonly StringBuilder _arguments = new();
    private string? _name;

    /// <summary>Takes a piece.</summary>
    public void Add(GptFunctionCall piece)
    {
        if (!string.IsNullOrEmpty(piece.Name)) _name = piece.Name;
        _arguments.Append(piece.Arguments);
        _members.Add(piece.Extra);
    }

    /// <summary>The whole.</summary>
    public GptFunctionCall Build() => new() { Name = _name, Arguments = _arguments.ToString(), Extra = _members.Build() };
}
