using System;
using System.IO;
using GptChat.Tokens;
using Xunit;

namespace GptChat.Core.Tests.Tokens;

/// <summary>What counting holds in memory; measured over the whole process, so nothing may run beside it.</summary>
[Collection(SerialTests.Name)]
public sealed class EndlessTextTests
{
    [Fact]
    public void A_reader_without_end_is_counted_in_flat_memory()
    {
        var counter = new TextTokens();
        counter.Add(new RepeatingReader("The quick brown fox jumps over 13 lazy dogs. ", 100_000));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        counter.Add(new RepeatingReader("The quick brown fox jumps over 13 lazy dogs. ", 1_000_000));
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(counter.End().IsExact);
        Assert.True(grown < 5_000_000, "memory grew by " + grown);
    }

    /// <summary>The same text many times, never whole in memory.</summary>
    private sealed class RepeatingReader(string text, int characters) : TextReader
    {
        private int _at;

        public override int Read(char[] buffer, int index, int count)
        {
            int read = Math.Min(count, characters - _at);
            for (int i = 0; i < read; i++) buffer[index + i] = text[(_at + i) % text.Length];
            _at += read;
            return read;
        }
    }
}
