using System.Collections.Generic;

namespace GptChat.Chatting;

/// <summary>What is asked in one turn.</summary>
/// <param name="Text">What the user wrote; null where files alone are sent.</param>
/// <param name="Files">Full paths of files that go with it.</param>
internal sealed record ChatQuestion(string? Text, IReadOnlyList<string> Files);
