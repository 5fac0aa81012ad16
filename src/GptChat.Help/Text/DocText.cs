using System;
using System.Collections.Generic;
using System.Linq;

namespace GptChat.Help.Text;

/// <summary>A text of XML docs in words of PowerShell: its paragraphs, each of pieces that are code or not.</summary>
/// <param name="Paragraphs">The paragraphs.</param>
public sealed record DocText(IReadOnlyList<IReadOnlyList<DocText.Piece>> Paragraphs)
{
    /// <summary>Nothing is said.</summary>
    public static DocText Nothing { get; } = new([]);

    /// <summary>Whether it says nothing.</summary>
    public bool IsEmpty => Paragraphs.Count == 0;

    /// <summary>Each paragraph as a console shows it.</summary>
    public IEnumerable<string> Plain => Paragraphs.Select(paragraph => string.Concat(paragraph.Select(piece => piece.Text)));

    /// <summary>As it stands in a page.</summary>
    public string Markdown => string.Join("\n\n", Paragraphs.Select(paragraph => string.Concat(paragraph.Select(piece => piece.IsCode ? "`" + piece.Text + "`" : MarkdownText.Escape(piece.Text)))));

    /// <summary>One paragraph without code.</summary>
    public static DocText Of(string text) => new([[new Piece(text, false)]]);

    /// <summary>A piece of a paragraph.</summary>
    /// <param name="Text">What it says.</param>
    /// <param name="IsCode">Whether it is marked as code.</param>
    public sealed record Piece(string Text, bool IsCode);
}
