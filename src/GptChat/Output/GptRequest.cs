using System;
using System.Collections.Generic;
using System.Globalization;

namespace GptChat;

/// <summary>A request that would be sent: what <c>-WhatIf</c> puts on the information stream.</summary>
public sealed class GptRequest
{
    internal GptRequest(Uri uri, string? model, string body, long bytes)
    {
        Uri = uri;
        Model = model;
        Body = body;
        Bytes = bytes;
    }

    /// <summary>Where it would go.</summary>
    public Uri Uri { get; }

    /// <summary>The model it would ask.</summary>
    public string? Model { get; }

    /// <summary>Its body, as JSON; what looks like a key in it is masked.</summary>
    public string Body { get; }

    /// <summary>The length of the body in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The tools that would be run if the model asked for them; definitions that are only sent are in the body.</summary>
    public IReadOnlyList<GptTool> Tools { get; internal init; } = Array.Empty<GptTool>();

    /// <summary>For people: the length and the address.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "POST {0}, {1} bytes", Uri.AbsoluteUri, Bytes);
}
