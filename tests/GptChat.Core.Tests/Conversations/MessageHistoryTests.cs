using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using GptChat.Conversations;
using Xunit;

namespace GptChat.Core.Tests.Conversations;

/// <summary>Histories share what they have in common and never change.</summary>
public sealed class MessageHistoryTests
{
    private static GptMessage Message(string text) => GptMessage.FromText("user", text);

    private static GptMessage[] Messages(params string[] texts) => [.. texts.Select(Message)];

    private static string Texts(IEnumerable<GptMessage> history) => string.Join(",", history.Select(message => message.Content));

    [Fact]
    public void A_history_stays_as_it_is_while_others_grow_from_it()
    {
        MessageHistory one = MessageHistory.Empty.Append(Messages("a"));
        MessageHistory two = one.Append(Messages("b", "c"));
        MessageHistory fork = one.Append(Messages("x"));
        MessageHistory three = two.Append(Messages("d"));
        MessageHistory forked = fork.Append(Messages("y", "z"));
        Assert.Equal("a", Texts(one));
        Assert.Equal("a,b,c", Texts(two));
        Assert.Equal("a,b,c,d", Texts(three));
        Assert.Equal("a,x", Texts(fork));
        Assert.Equal("a,x,y,z", Texts(forked));
        Assert.Equal(("c", 3), (two[2].Content, two.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => two[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => two[-1]);
    }

    [Fact]
    public void Appending_nothing_gives_the_same_history()
    {
        MessageHistory one = MessageHistory.Empty.Append(Messages("a"));
        Assert.Same(one, one.Append([]));
        Assert.Empty(MessageHistory.Empty);
    }

    [Fact]
    public void Messages_are_shared_and_not_copied()
    {
        GptMessage message = Message("a");
        MessageHistory one = MessageHistory.Empty.Append([message]);
        MessageHistory all = one;
        for (int i = 0; i < 100; i++) all = all.Append(Messages(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Same(message, all[0]);
        Assert.Same(message, one.Append(Messages("fork"))[0]);
        Assert.Equal(101, all.Count);
    }

    [Fact]
    public void Concurrent_forks_do_not_disturb_one_another()
    {
        MessageHistory root = MessageHistory.Empty.Append(Messages("root"));
        MessageHistory[] forks = new MessageHistory[64];
        Parallel.For(0, forks.Length, i =>
        {
            forks[i] = root;
            for (int turn = 0; turn < 20; turn++) forks[i] = forks[i].Append(Messages(i + "." + turn));
        });
        for (int i = 0; i < forks.Length; i++) Assert.Equal("root," + string.Join(",", Enumerable.Range(0, 20).Select(turn => i + "." + turn)), Texts(forks[i]));
    }

    [Fact]
    public void The_empty_history_keeps_nothing_that_grew_from_it()
    {
        WeakReference grown = Grow();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(grown.IsAlive);
        Assert.Empty(MessageHistory.Empty);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Grow()
    {
        GptMessage message = Message("gone");
        MessageHistory.Empty.Append([message]);
        return new WeakReference(message);
    }
}
