using System;
using System.Collections.Generic;
using System.Threading;
using GptChat.Tokens;
using GptChat.Wire;

namespace GptChat.Context;

/// <summary>
/// Tells whether messages fit into a model's context. Where their bytes say so already (a token is a byte at least), nothing is
/// counted and the tokenizer is not loaded.
/// </summary>
/// <param name="model">The model that is asked.</param>
/// <param name="parameters">What is sent beside the messages.</param>
/// <param name="imageTokens">The most tokens that an image takes; null where not known.</param>
/// <param name="stop">Fires when the user stops.</param>
internal sealed class ContextMeter(string? model, ChatParameters parameters, long? imageTokens, CancellationToken stop)
{
    // More than any known model puts around a message or an image.
    private const int MostAround = 16;
    private const long UsualImage = 1445;

    private readonly RequestTokens _tokens = new(model, imageTokens, stop);
    private TokenCount? _around;
    private TokenCount? _empty;

    /// <summary>Whether the messages fit for certain, by their bytes alone.</summary>
    public bool CertainlyFits(IReadOnlyList<GptMessage> messages, long most)
    {
        long bound = RequestBody.Create(parameters, messages).Length;
        for (int i = 0; i < messages.Count && bound <= most; i++)
        {
            bound += MostAround;
            if (messages[i].Body is not { IsParts: true } body) continue;
            foreach (GptContentPart part in body.Parts)
            {
                if (part.Type == PartTypes.Image) bound += imageTokens ?? UsualImage;
            }
        }

        return bound <= most;
    }

    /// <summary>Whether their texts alone are too long, whatever images and definitions of tools add; false where the model's tokens are not known.</summary>
    public bool CertainlyExceeds(IReadOnlyList<GptMessage> messages, long most) =>
        TokenIds.IsKnown(model) && new RequestTokens(model, 0, stop).Count(messages, null).Tokens > most;

    /// <summary>What the whole prompt has, to the token where that can be known.</summary>
    public TokenCount Count(IReadOnlyList<GptMessage> messages)
    {
        TokenCount sum = Around;
        for (int i = 0; i < messages.Count; i++) sum += Count(messages[i]);
        return sum;
    }

    /// <summary>What one message adds. Its text is counted once, however many turns it is sent in.</summary>
    public TokenCount Count(GptMessage message)
    {
        TokenCount whole = _tokens.Count(new[] { message }, null);
        return new TokenCount(whole.Tokens - Empty.Tokens, whole.IsExact);
    }

    private TokenCount Empty => _empty ??= _tokens.Count(Array.Empty<GptMessage>(), null);

    private TokenCount Around => _around ??= _tokens.Count(Array.Empty<GptMessage>(), parameters);
}
