namespace GptChat.Chunking;

/// <summary>A text that is split by itself: a file, or what stands between files.</summary>
/// <param name="Name">The name under which the model gets it; null for text that has none.</param>
/// <param name="Text">The text.</param>
/// <param name="Bytes">How large the file is; 0 where it is none.</param>
/// <param name="Source">What it came from: the file, or the text.</param>
internal sealed record TextUnit(string? Name, string Text, long Bytes, object Source);
