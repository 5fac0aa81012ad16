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

    private readonly RequestTokens _tokens = new(model, imageTokens, stop);
    private TokenCount? _around;

    /// <summary>Whether the messages fit for certain, by their bytes alone.</summary>
    public bool CertainlyFits(IReadOnlyList<GptMessage> messages, long most) => CertainlyFits(RequestBody.Create(parameters, messages), most);

    /// <summary>The same of a request that is there already.</summary>
    public bool CertainlyFits(RequestBody body, long most)
    {
        long images = MessageSizes.Of(body.Messages).Images * (imageTokens ?? RequestTokens.UsualImageTokens);
        return body.Length + ((long)body.Messages.Count * MostAround) + images <= most;
    }

    /// <summary>Whether their texts alone are too long, whatever images and definitions of tools add; false where the model's tokens are not known.</summary>
    public bool CertainlyExceeds(IReadOnlyList<GptMessage> messages, long most) =>
        TokenIds.IsKnown(model) && new RequestTokens(model, 0, stop).Count(messages, null).Tokens > most;

    /// <summary>What the whole prompt has, to the token where that can be known.</summary>
    public TokenCount Count(IReadOnlyList<GptMessage> messages) => Around + _tokens.CountMessages(messages);

    /// <summary>What one message adds.</summary>
    public TokenCount Count(GptMessage message) => _tokens.Count(message);

    private TokenCount Around => _around ??= _tokens.Around(parameters);
}
