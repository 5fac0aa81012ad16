using System.Collections.Generic;
using GptChat.Chunking;

namespace GptChat.Cmdlets;

/// <summary>What is asked about an item: messages, or texts that are split.</summary>
/// <param name="Messages">The messages; null where texts are split.</param>
/// <param name="Units">The texts; null where there are messages.</param>
internal sealed record Question(IReadOnlyList<GptMessage>? Messages, IReadOnlyList<TextUnit>? Units);
