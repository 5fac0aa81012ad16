using System.Collections.Generic;
using System.Globalization;

namespace GptChat;

/// <summary>Something that was taken out of a request: what it was and where, never its value.</summary>
public sealed class GptRedaction
{
    internal GptRedaction(string kind, string placeholder, int count, IReadOnlyList<string> where)
    {
        Kind = kind;
        Placeholder = placeholder;
        Count = count;
        Where = where;
    }

    /// <summary>What it was, such as <c>PASSWORD</c> or <c>AWS-KEY</c>.</summary>
    public string Kind { get; }

    /// <summary>What stands in its place.</summary>
    public string Placeholder { get; }

    /// <summary>How often it stood in what was sent, all of the conversation counted.</summary>
    public int Count { get; }

    /// <summary>Where: members of the request such as <c>messages[1].content</c>.</summary>
    public IReadOnlyList<string> Where { get; }

    /// <summary>For people: the placeholder and how often.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} x {1}", Placeholder, Count);
}
