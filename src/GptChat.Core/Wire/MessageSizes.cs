using System.Collections.Generic;

namespace GptChat.Wire;

/// <summary>What can be told of messages without counting tokens; it adds up.</summary>
/// <param name="Bytes">Their length in a request, without what stands between them.</param>
/// <param name="Images">How many images they show.</param>
internal readonly record struct MessageSizes(long Bytes, long Images)
{
    /// <summary>Those of two lists together.</summary>
    public static MessageSizes operator +(MessageSizes left, MessageSizes right) => new(left.Bytes + right.Bytes, left.Images + right.Images);

    /// <summary>Those of a message.</summary>
    public static MessageSizes Of(GptMessage message)
    {
        long images = 0;
        if (message.Body is { IsParts: true } body)
        {
            foreach (GptContentPart part in body.Parts)
            {
                if (part.Type == PartTypes.Image) images++;
            }
        }

        return new MessageSizes(message.Utf8.Length, images);
    }

    /// <summary>Those of a list, which may know them already.</summary>
    public static MessageSizes Of(IReadOnlyList<GptMessage> messages)
    {
        if (messages is ISized sized) return sized.Sizes;
        MessageSizes sum = default;
        foreach (GptMessage message in messages) sum += Of(message);
        return sum;
    }
}

/// <summary>Messages that know their sizes without visiting each.</summary>
internal interface ISized
{
    /// <summary>The sizes of all.</summary>
    MessageSizes Sizes { get; }
}
