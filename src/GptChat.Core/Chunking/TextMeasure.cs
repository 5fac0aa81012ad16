using System;

namespace GptChat.Chunking;

/// <summary>How long a text is, in tokens.</summary>
internal delegate long TextMeasure(ReadOnlySpan<char> text);
