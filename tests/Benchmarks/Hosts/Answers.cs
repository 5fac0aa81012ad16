using System.Linq;
using System.Text;
using GptChat.TestServer;

namespace GptChat.Benchmarks.Hosts;

/// <summary>What servers answer here.</summary>
internal static class Answers
{
    /// <summary>A plain answer, as long as a sentence.</summary>
    public static Reply Plain { get; } = Reply.Completion("An answer of some words, as long as a sentence.");

    /// <summary>The bytes of a streamed answer in the shape of the real endpoint.</summary>
    public static byte[] Stream(int chunks) => Encoding.UTF8.GetBytes(string.Concat(
        Payloads.Stream(Enumerable.Repeat(" word", chunks), new CompletionShape(), withUsage: true, withObfuscation: true).Select(Payloads.Event)));
}
