using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat;

/// <summary>A note that the provider attached to an answer, such as the source of a statement found by web search.</summary>
public sealed class GptAnnotation : GptExtensible
{
    /// <summary>The kind; <c>url_citation</c> is the one in use.</summary>
    [JsonInclude]
    public string? Type { get; internal init; }

    /// <summary>The cited page, for a <c>url_citation</c>.</summary>
    [JsonInclude]
    public GptUrlCitation? UrlCitation { get; internal init; }

    /// <summary>The cited address, or the kind.</summary>
    public override string ToString() => UrlCitation?.Url ?? Type ?? string.Empty;
}

/// <summary>A page that an answer cites, and where.</summary>
public sealed class GptUrlCitation : GptExtensible
{
    /// <summary>The page's address.</summary>
    [JsonInclude]
    public string? Url { get; internal init; }

    /// <summary>The page's title.</summary>
    [JsonInclude]
    public string? Title { get; internal init; }

    /// <summary>Index of the first character of the answer that rests on it.</summary>
    [JsonInclude]
    public long StartIndex { get; internal init; }

    /// <summary>Index of the last such character.</summary>
    [JsonInclude]
    public long EndIndex { get; internal init; }
}
