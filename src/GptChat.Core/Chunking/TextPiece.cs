namespace GptChat.Chunking;

/// <summary>A piece of a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="OwnStart">Where begins what no earlier piece has; what stands before it is overlap.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct TextPiece(int Start, int OwnStart, int End)
{
    /// <summary>Its text.</summary>
    public string Of(string text) => Start == 0 && End == text.Length ? text : text.Substring(Start, End - Start);
}
