namespace GptChat.Wire;

/// <summary>Where in a piece of JSON a value stands.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte behind it.</param>
internal readonly record struct JsonPlace(int Start, int End)
{
    /// <summary>Whether it stands nowhere.</summary>
    public bool IsEmpty => End == 0;
}
