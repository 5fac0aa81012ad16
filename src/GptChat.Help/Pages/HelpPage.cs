using System.Collections.Generic;

namespace GptChat.Help.Pages;

/// <summary>A page of docs/help, taken apart.</summary>
public sealed record HelpPage
{
    /// <summary>Its first heading.</summary>
    public required string Title { get; init; }

    /// <summary>What stands between that and the first section.</summary>
    public required IReadOnlyList<Block> Synopsis { get; init; }

    /// <summary>What the cmdlet does.</summary>
    public required IReadOnlyList<Block> Description { get; init; }

    /// <summary>How it is used.</summary>
    public required IReadOnlyList<Example> Examples { get; init; }

    /// <summary>What one should know beside that.</summary>
    public required IReadOnlyList<Block> Notes { get; init; }

    /// <summary>What to read next.</summary>
    public required IReadOnlyList<Link> Related { get; init; }

    /// <summary>The headings of its sections, in order.</summary>
    public required IReadOnlyList<string> Sections { get; init; }
}

/// <summary>A paragraph, an item of a list, or lines of code.</summary>
/// <param name="Text">As it stands in the page; paragraphs on one line.</param>
/// <param name="Language">The language of code; null if it is none.</param>
public sealed record Block(string Text, string? Language);

/// <summary>An example.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Blocks">Code, output and text, in order.</param>
public sealed record Example(string Title, IReadOnlyList<Block> Blocks);

/// <summary>A link.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Target">Where it leads.</param>
public sealed record Link(string Text, string Target);
