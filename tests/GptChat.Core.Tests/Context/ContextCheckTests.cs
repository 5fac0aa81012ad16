using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GptChat.Context;
using GptChat.Conversations;
using GptChat.Tokens;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Context;

/// <summary>Whether a request fits: what decides, and what it costs to ask.</summary>
public sealed class ContextCheckTests
{
    private const string Model = "gpt-5.1-chat";
    private const string Text = "And what follows from that, in the case of a server that is asked the same thing twice?";
    private const string Image = """{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}""";

    private static GptPrice Price(long? window, long? longest = null, string model = Model) => new(model, 1, 1) { ContextWindow = window, MaxOutputTokens = longest };

    private static TokenCount? Require(IReadOnlyList<GptMessage> messages, int? window, GptPrice? price = null, bool countsEstimates = false, ChatParameters? parameters = null)
    {
        parameters ??= new ChatParameters { Model = Model };
        var terms = new ContextTerms(window, countsEstimates, "Do something.");
        return ContextCheck.Require(terms, price, parameters, RequestBody.Create(parameters, messages), CancellationToken.None);
    }

    private static string Refused(IReadOnlyList<GptMessage> messages, int? window, GptPrice? price = null, bool countsEstimates = false, ChatParameters? parameters = null)
    {
        GptChatException failure = Assert.Throws<GptChatException>(() => Require(messages, window, price, countsEstimates, parameters));
        Assert.Equal(GptErrorKind.ContextLengthExceeded, failure.Kind);
        Assert.EndsWith("Do something. Nothing was sent.", failure.Message, System.StringComparison.Ordinal);
        return failure.Message;
    }

    private static GptMessage Read(string json) => System.Text.Json.JsonSerializer.Deserialize(json, WireJson.Default.GptMessage)!;

    private static MessageHistory Talk(int turns)
    {
        MessageHistory history = MessageHistory.Empty;
        for (int turn = 0; turn < turns; turn++) history = history.Append([GptMessage.FromText(Roles.User, Text), GptMessage.FromText(Roles.Assistant, Text)]);
        return history;
    }

    [Fact]
    public void It_decides_to_the_token()
    {
        MessageHistory talk = Talk(50);
        int tokens = (int)new RequestTokens(Model, null, CancellationToken.None).Count(talk, null).Tokens;
        Assert.Null(Require(talk, tokens));
        Assert.StartsWith($"The prompt has {tokens:N0} tokens, 1 too many: the context of {Model} holds {tokens - 1:N0}.", Refused(talk, tokens - 1), System.StringComparison.Ordinal);
        Assert.Null(Require(talk, null, Price(tokens)));
        Refused(talk, null, Price(tokens - 1));
    }

    [Fact]
    public void What_the_user_says_counts_more_than_what_is_known()
    {
        MessageHistory talk = Talk(50);
        Refused(talk, 500, Price(100_000));
        Assert.Null(Require(talk, 100_000, Price(500)));
        Assert.Null(Require(talk, null, Price(null)));
        Assert.Null(Require(talk, null));
    }

    [Theory]
    [InlineData(600, null, 400)]
    [InlineData(600, 100, 900)]
    [InlineData(5000, 4000, 1000)]
    [InlineData(null, 400, 1000)]
    public void The_answer_has_its_room(int? answer, int? longest, int most)
    {
        var parameters = new ChatParameters { Model = Model, MaxCompletionTokens = answer };
        PromptLimit limit = PromptLimit.Of(1000, Price(500, longest), parameters)!;
        Assert.Equal(most, limit.Most);
    }

    [Theory]
    [InlineData(600, null, 400)]
    [InlineData(null, null, 750)]
    [InlineData(null, 100, 900)]
    [InlineData(null, 400, 750)]
    public void An_answer_about_a_part_has_room_for_itself(int? answer, int? longest, int most) =>
        Assert.Equal(most, PromptLimit.Of(null, Price(1000, longest), new ChatParameters { Model = Model, MaxTokens = answer })!.OfPart);

    [Fact]
    public void An_estimate_decides_only_where_the_user_says_so()
    {
        GptMessage[] image = [Read(Image)];
        Assert.Equal(1445 + 6, Require(image, 1000)!.Value.Tokens);
        Assert.Contains("The prompt has about 1,451 tokens", Refused(image, 1000, countsEstimates: true), System.StringComparison.Ordinal);

        // Its texts alone are too many, whatever the image has.
        Refused([.. image, .. Talk(50)], 1000);

        // Of another vocabulary nothing is sure.
        var other = new ChatParameters { Model = "other" };
        Assert.False(Require(Talk(50), 1000, parameters: other)!.Value.IsExact);
        Refused(Talk(50), 1000, countsEstimates: true, parameters: other);
    }

    [Fact]
    public void A_history_counts_as_its_messages_do()
    {
        GptMessage[] messages = [GptMessage.FromText(Roles.System, "s"), Read(Image), .. Talk(3), new GptMessage { Role = Roles.Assistant, Calls = [new GptToolCall("c", "function", "f", "{}")] }, new GptMessage { Role = Roles.Tool, ToolCallId = "c", Body = new MessageContent("5") }];
        MessageHistory history = MessageHistory.Empty;
        foreach (GptMessage message in messages)
        {
            history = history.Append([message]);
            GptMessage[] same = [.. messages.Take(history.Count)];
            Assert.Equal(MessageTokens.Of(same, CancellationToken.None), history.Tokens(CancellationToken.None));
            Assert.Equal(MessageSizes.Of(same), history.Sizes);
        }

        // A shorter one, one that forks from it, and what grows from that.
        MessageHistory first = history.First(4), fork = first.Append([messages[^1]]);
        Assert.Equal(MessageTokens.Of([.. messages.Take(4)], CancellationToken.None), first.Tokens(CancellationToken.None));
        Assert.Equal(MessageTokens.Of([.. messages.Take(4), messages[^1]], CancellationToken.None), fork.Tokens(CancellationToken.None));
        Assert.Equal(MessageSizes.Of([.. messages.Take(4), messages[^1], messages[0]]), fork.Append([messages[0]]).Sizes);
        Assert.Equal(MessageSizes.Of(messages), history.Sizes);
    }

    [Theory]
    [InlineData(10_000_000)]
    [InlineData(50_000)]
    public void A_turn_costs_what_it_adds(int window)
    {
        const int Turns = 800;
        MessageHistory history = MessageHistory.Empty;
        var parameters = new ChatParameters { Model = Model };
        long visits = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            history = history.Append([GptMessage.FromText(Roles.User, Text)]);
            var watched = new Watched(history);
            RequestBody body = RequestBody.Create(parameters, watched);
            Assert.Null(ContextCheck.Require(new ContextTerms(window, true, string.Empty), null, parameters, body, CancellationToken.None));
            visits += watched.Visits;
            history = history.Append([GptMessage.FromText(Roles.Assistant, Text)]);
        }

        // Each message is visited for its size, and where that does not tell, once more for its tokens.
        Assert.Equal(0, visits);
        Assert.InRange(history.Visited, 2 * Turns - 1, 4 * Turns);
    }

    [Fact]
    public void So_does_a_turn_whose_policy_asks()
    {
        const int Turns = 800;
        MessageHistory history = MessageHistory.Empty;
        var parameters = new ChatParameters { Model = Model };
        for (int turn = 0; turn < Turns; turn++)
        {
            int start = history.Count;
            history = history.Append([GptMessage.FromText(Roles.User, Text)]);
            var meter = new ContextMeter(Model, parameters, null, CancellationToken.None);
            Assert.True(new ContextFit(history, start, new PromptLimit(60_000, null), meter, Model).FitsWhole());
            history = history.Append([GptMessage.FromText(Roles.Assistant, Text)]);
        }

        Assert.InRange(history.Visited, 2 * Turns - 1, 4 * Turns);
    }

    /// <summary>A history that tells how many of its messages were looked at.</summary>
    private sealed class Watched(MessageHistory history) : IReadOnlyList<GptMessage>, ISized, ITokenised
    {
        public int Visits { get; private set; }

        public int Count => history.Count;

        public MessageSizes Sizes => history.Sizes;

        public GptMessage this[int index]
        {
            get
            {
                Visits++;
                return history[index];
            }
        }

        public MessageTokens Tokens(CancellationToken stop) => history.Tokens(stop);

        public IEnumerator<GptMessage> GetEnumerator()
        {
            for (int i = 0; i < Count; i++) yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
