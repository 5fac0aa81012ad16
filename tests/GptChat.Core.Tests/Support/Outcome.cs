using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace GptChat.Core.Tests;

/// <summary>What came of a request: pieces, and either the whole answer or a failure.</summary>
internal sealed record Outcome(IReadOnlyList<GptChunk> Chunks, GptChatException? Failure)
{
    /// <summary>The pieces' text.</summary>
    public string Text => string.Concat(Chunks.Select(chunk => chunk.Text));

    /// <summary>The whole answer; the test fails here if there is none.</summary>
    public GptResponse Response
    {
        get
        {
            Assert.Null(Failure);
            Assert.All(Chunks.SkipLast(1), chunk => Assert.Null(chunk.Response));
            return Assert.IsType<GptResponse>(Chunks[^1].Response);
        }
    }

    /// <summary>The failure, which must be of this kind; the test fails here if it is not.</summary>
    public GptChatException FailedAs(GptErrorKind kind)
    {
        Assert.NotNull(Failure);
        Assert.True(kind == Failure.Kind, Failure.Kind + ": " + Failure.Message);
        return Failure;
    }

    /// <summary>Reads an answer to its end. Anything thrown but the client's own failure goes on to the test.</summary>
    public static async Task<Outcome> OfAsync(IAsyncEnumerable<GptChunk> answer)
    {
        var chunks = new List<GptChunk>();
        try
        {
            await foreach (GptChunk chunk in answer) chunks.Add(chunk);
            return new Outcome(chunks, null);
        }
        catch (GptChatException failure)
        {
            return new Outcome(chunks, failure);
        }
    }
}
