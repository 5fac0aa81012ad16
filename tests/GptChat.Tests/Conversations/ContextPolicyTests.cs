using System.Linq;
using GptChat.TestServer;
using GptChat.Tests.Copies;
using Xunit;

namespace GptChat.Tests.Conversations;

/// <summary>What is sent of a conversation that no longer fits into the model's context.</summary>
public sealed class ContextPolicyTests : ModuleTest
{
    // Each turn has some 2 * (100 + 6) tokens.
    private const string Talk = "$words = 'word ' * 99 + 'end'; $c = New-GptConversation c -System 'Be brief.'; 1..4 | ForEach-Object { $null = Invoke-GptChat \"$_ $words\" -Conversation c }; ";

    private static string[] Heads(ReceivedRequest request) => [.. request.Messages().Select(message => string.Join(' ', message.Split(' ').Take(2)))];

    private int Stored() => (int)InvokeOne("$c.Messages.Count").BaseObject;

    private void Echo() =>
        Server.Respond = request => request.Json.GetProperty("messages")[0].GetProperty("content").GetString()!.Contains("Write a summary", System.StringComparison.Ordinal) ? Reply.Completion("Short.") : Reply.Echo();

    [Theory]
    [InlineData("-ContextWindow 500")]
    [InlineData("-ContextWindow 500 -ContextPolicy Error")]
    [InlineData("-ContextWindow 1000 -MaxCompletionTokens 600")]
    public void By_default_it_is_an_error_before_anything_is_sent(string parameters)
    {
        Echo();
        string message = InvokeError(Talk + "Invoke-GptChat 'five' -Conversation c " + parameters).IsKind("ContextLengthExceeded").Exception.Message;
        Assert.Matches("The prompt has 8[0-9]{2} tokens, [0-9]+ too many: the context of openai/gpt-5.1-chat holds (500|1,000, of which 600 are kept for the answer)\\.", message);
        Assert.Contains("-ContextPolicy TrimOldest", message);
        Assert.Contains("Nothing was sent", message);
        Assert.Equal((4, 9), (Server.Requests.Count, Stored()));
    }

    [Fact]
    public void The_number_of_tokens_decides_to_the_token()
    {
        Echo();
        string said = InvokeError(Talk + "Invoke-GptChat 'five' -Conversation c -ContextWindow 500").Exception.Message;
        int tokens = int.Parse(said.Split(' ')[3], System.Globalization.CultureInfo.InvariantCulture);
        InvokeError("Invoke-GptChat 'five' -Conversation c -ContextWindow " + (tokens - 1)).IsKind("ContextLengthExceeded");
        InvokeError("Invoke-GptChat 'five' -Conversation c -MaxTokens 3 -ContextWindow " + (tokens + 2)).IsKind("ContextLengthExceeded");
        Invoke("Invoke-GptChat 'five' -Conversation c -MaxTokens 3 -ContextWindow " + (tokens + 3));
        Assert.Equal(5, Server.Requests.Count);
    }

    [Fact]
    public void The_window_of_a_known_model_is_known()
    {
        string message = InvokeError("Invoke-GptChat ('word ' * 130000)").IsKind("ContextLengthExceeded").Exception.Message;
        Assert.Contains("128,000", message);
        Assert.DoesNotContain("TrimOldest", message);
        Assert.Empty(Server.Requests);
        Invoke("Invoke-GptChat ('word ' * 130000) -Model unknown");
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("$long | Invoke-GptChat 'Q'", 1)]
    [InlineData("$long | Invoke-GptChat 'Q' -Each", 1)]
    [InlineData("$long | Invoke-GptChat 'Q' -Chunk", 1)]
    [InlineData("$long | Invoke-GptChat 'Q' -Chunk -Combine 'All?'", 2)]
    [InlineData("Invoke-GptChat $long -Conversation (New-GptConversation c)", 1)]
    [InlineData("$null = Invoke-GptChat 'one'; Invoke-GptChat $long -Continue", 2)]
    [InlineData("$null = Invoke-GptChat 'one'; Invoke-GptChat $long -Continue -ContextPolicy TrimOldest", 2)]
    public void What_is_said_of_the_context_counts_more_than_the_list(string call, int requests)
    {
        Invoke("Set-GptPrice openai/gpt-5.1-chat -Input 1 -Output 1 -ContextWindow 500; $long = 'word ' * 600");
        Invoke(call + " -ContextWindow 2000");
        Assert.Equal(requests, Server.Requests.Count);
        Assert.Contains(Server.Requests, request => request.Messages()[^1].Length > 3000);
    }

    [Fact]
    public void A_conversation_says_it_for_all_its_turns()
    {
        Invoke("Set-GptPrice openai/gpt-5.1-chat -Input 1 -Output 1 -ContextWindow 500; $long = 'word ' * 600; $c = New-GptConversation c -ContextWindow 1000; $null = Invoke-GptChat $long -Conversation c");
        Assert.Contains("-ContextPolicy TrimOldest", InvokeError("Invoke-GptChat $long -Conversation c").IsKind("ContextLengthExceeded").Exception.Message);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void Of_many_items_those_that_do_not_fit_are_errors()
    {
        Outcome outcome = Host.Run("'a', ('word ' * 600), 'c' | Invoke-GptChat 'Q' -Each -ContextWindow 500");
        Assert.Equal(2, outcome.Output.Count);
        string message = Assert.Single(outcome.Errors).IsKind("ContextLengthExceeded").Exception.Message;
        Assert.Matches("^The prompt has 6[0-9]{2} tokens, 1[0-9]{2} too many: the context of openai/gpt-5.1-chat holds 500\\. -Chunk splits", message);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Model unknown")]
    [InlineData("-Each")]
    [InlineData("-MaxCompletionTokens 700")]
    public void Parts_fit_into_the_context_that_is_said(string parameters)
    {
        Server.Respond = _ => Reply.Completion("ok");
        Invoke("'word ' * 2000 | Invoke-GptChat 'Q' -Chunk -ChunkOverlap 0 -ContextWindow 1000 " + parameters);
        Assert.InRange(Server.Requests.Count, parameters.Contains("700", System.StringComparison.Ordinal) ? 7 : 3, parameters.Contains("700", System.StringComparison.Ordinal) ? 12 : 4);
        foreach (ReceivedRequest request in Server.Requests)
        {
            long tokens = (long)InvokeOne("(Measure-GptToken -InputObject $text).Tokens", ("text", request.Messages()[^1])).BaseObject;
            Assert.InRange(tokens, 1, parameters.Contains("700", System.StringComparison.Ordinal) ? 300 : 750);
        }
    }

    [Fact]
    public void Parts_that_the_user_makes_too_large_are_an_error_that_says_so()
    {
        Outcome outcome = Host.Run("'word ' * 2000 | Invoke-GptChat 'Q' -Chunk -ChunkSize 1500 -ContextWindow 1000");
        Assert.Contains("-ChunkSize", Assert.Single(outcome.Errors).IsKind("ContextLengthExceeded").Exception.Message);
        Assert.Contains("Part 2 of 2", Request.Messages()[0]);
    }

    [Fact]
    public void A_limit_of_cost_reckons_with_the_larger_context()
    {
        Invoke("Set-GptPrice openai/gpt-5.1-chat -Input 1 -Output 1000 -ContextWindow 500");
        InvokeError("Invoke-GptChat ('word ' * 600) -ContextWindow 100000 -MaxCost 1").IsKind("BudgetExceeded");
        Invoke("Invoke-GptChat 'word' -ContextWindow 100 -MaxCost 0.6");
        InvokeError("Invoke-GptChat 'word' -ContextWindow 100 -MaxCost 0.4").IsKind("BudgetExceeded");
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void The_oldest_turns_are_left_out_whole_and_the_instructions_stay()
    {
        Echo();
        Outcome outcome = Run(Talk + "$r = Invoke-GptChat 'five' -Conversation c -ContextPolicy TrimOldest -ContextWindow 700; $r.Response.LeftOut");
        Assert.Equal(["system: Be", "user: 3", "assistant: 3", "user: 4", "assistant: 4", "user: five"], Heads(Server.Requests[4]));
        object left = Assert.Single(outcome.Output);
        Assert.Equal(("TrimOldest", 4, 700L), (left.Member("Policy")!.ToString(), left.Member("Messages.Count"), left.Member("ContextWindow")));
        Assert.InRange((long)left.Member("Tokens")!, 412L, 436L);
        Assert.Contains("4 messages", Assert.Single(outcome.Warnings));

        // What is stored has it all, and another policy sends it all.
        Assert.Equal(11, Stored());
        Assert.Null(InvokeOne("(Invoke-GptChat 'six' -Conversation c -ContextPolicy TrimOldest).Response").Member("LeftOut"));
        Assert.Equal(12, Server.Requests[5].Messages().Length);
    }

    [Fact]
    public void As_little_as_can_be_is_left_out()
    {
        Echo();
        int sent = 9;
        Invoke(Talk);
        foreach (int window in (int[])[2000, 1100, 900, 650, 400, 150])
        {
            Invoke("$WarningPreference = 'SilentlyContinue'; $null = Invoke-GptChat 'q' -Conversation c -ContextPolicy TrimOldest -ContextWindow " + window + "; Remove-GptMessage c -LastTurn");
            string[] messages = Heads(Server.Requests[^1]);
            Assert.InRange(messages.Length, 1, sent + 1);
            Assert.Equal(("system: Be", "user: q"), (messages[0], messages[^1]));
            Assert.All(messages[1..], (message, index) => Assert.StartsWith(index % 2 == 0 ? "user" : "assistant", message));
            sent = messages.Length;
        }

        Assert.Equal(2, sent);
    }

    [Fact]
    public void Calls_of_tools_go_with_their_answers_and_the_turn_that_is_open_stays()
    {
        Echo();
        Invoke("""
            $call = @{ id = 'c1'; type = 'function'; function = @{ name = 'f'; arguments = '{}' } }
            $words = 'word ' * 100
            $m = (New-GptMessage "1 $words"), (New-GptMessage -Role Assistant -ToolCall $call), (New-GptMessage $words -Role Tool -ToolCallId c1), (New-GptMessage 'done' -Role Assistant), (New-GptMessage '2 open'), (New-GptMessage -Role Assistant -ToolCall $call)
            $c = New-GptConversation c -Message $m
            $null = New-GptMessage '5' -Role Tool -ToolCallId c1 | Invoke-GptChat -Conversation c -ContextPolicy TrimOldest -ContextWindow 200 -WarningAction SilentlyContinue
            """);
        Assert.Equal(["user", "assistant", "tool"], Request.Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal("2 open", Request.Json.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("TrimOldest")]
    [InlineData("Summarize")]
    public void A_question_that_does_not_fit_alone_is_an_error(string policy)
    {
        Echo();
        string message = InvokeError(Talk + "$null = Invoke-GptChat ('long ' * 600) -Conversation c -ContextWindow 500 -ContextPolicy " + policy).IsKind("ContextLengthExceeded").Exception.Message;
        Assert.Contains("The question with its instructions", message);
        Assert.Contains("of which 125 are kept for the answer", message);
        Assert.Equal(9, Stored());
    }

    [Fact]
    public void A_window_that_is_not_known_must_be_said_for_a_policy_that_needs_it()
    {
        string message = InvokeError("Invoke-GptChat 'x' -Model unknown -ContextPolicy TrimOldest").IsKind("InvalidParameter").Exception.Message;
        Assert.Contains("-ContextWindow", message);
        Invoke("Invoke-GptChat 'x' -Model unknown -ContextPolicy TrimOldest -ContextWindow 1000; Invoke-GptChat 'x' -Model unknown");
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public void A_summary_is_asked_for_once_and_sent_in_place_of_the_older_turns()
    {
        Echo();
        Invoke(Talk);
        Server.Enqueue(Reply.Completion("They said words.").WithUsage(700, 5), Reply.Completion("fifth").WithUsage(20, 2), Reply.Completion("sixth").WithUsage(30, 3));
        Outcome outcome = Run("$before = $c.Usage.TotalTokens; $r = Invoke-GptChat 'five' -Conversation c -ContextPolicy Summarize -ContextWindow 900 -MaxCompletionTokens 100; $null = Invoke-GptChat 'six' -Conversation c -ContextPolicy Summarize -ContextWindow 900 -MaxCompletionTokens 100");
        Assert.Equal(7, Server.Requests.Count);
        ReceivedRequest asked = Server.Requests[4];
        Assert.Equal(["model", "messages"], asked.MemberNames());
        Assert.Contains("## User\n\n1 word", asked.Messages()[1]);
        Assert.Contains("## Assistant\n\n3 word", asked.Messages()[1]);
        Assert.DoesNotContain("4 word", asked.Messages()[1]);
        Assert.Equal(["system: Be", "user: [A", "user: 4", "assistant: 4", "user: five"], Heads(Server.Requests[5]));
        Assert.EndsWith("\n\nThey said words.", Server.Requests[5].Messages()[1]);
        Assert.Equal(Server.Requests[5].Messages().Concat(["assistant: fifth", "user: six"]), Server.Requests[6].Messages());

        Assert.Equal(("Summarize", 6, "They said words.", 705L), (InvokeOne("$r.Response.LeftOut.Policy.ToString()").BaseObject, InvokeOne("$r.Response.LeftOut.Messages.Count").BaseObject, InvokeOne("$r.Response.LeftOut.Summary").BaseObject, InvokeOne("$r.Response.LeftOut.SummaryUsage.TotalTokens").BaseObject));
        Assert.Equal(760L, InvokeOne("$c.Usage.TotalTokens - $before").BaseObject);
        Assert.Equal(13, Stored());
        Assert.Equal(2, outcome.Warnings.Count);
    }

    [Fact]
    public void A_summary_grows_from_the_one_before()
    {
        Echo();
        Invoke(Talk + "$policy = @{ ContextPolicy = 'Summarize'; ContextWindow = 900; MaxCompletionTokens = 100; WarningAction = 'SilentlyContinue' }; $null = Invoke-GptChat 'five' -Conversation c @policy; 5..8 | ForEach-Object { $null = Invoke-GptChat \"$_ $words\" -Conversation c @policy }");
        ReceivedRequest[] summaries = [.. Server.Requests.Where(request => request.Messages()[^1].StartsWith("user: Summary of what was before:", System.StringComparison.Ordinal))];
        Assert.NotEmpty(summaries);
        Assert.All(summaries, request => Assert.DoesNotContain("\n\n1 word", request.Messages()[^1]));
        Assert.All(summaries, request => Assert.StartsWith("user: Summary of what was before:\n\nShort.\n\n## User", request.Messages()[^1]));
        Assert.Equal(19, Stored());
    }

    [Fact]
    public void A_conversation_that_was_edited_gets_a_summary_of_its_own()
    {
        Echo();
        Invoke(Talk + "$policy = @{ ContextPolicy = 'Summarize'; ContextWindow = 900; MaxCompletionTokens = 100; WarningAction = 'SilentlyContinue' }; $null = Invoke-GptChat 'five' -Conversation c @policy; Set-GptMessage c 1 'something else'; $null = Invoke-GptChat 'six' -Conversation c @policy");
        Assert.Contains("something else", Server.Requests[6].Messages()[1]);
    }

    [Fact]
    public void A_summary_that_fails_leaves_the_conversation_as_it_was()
    {
        Echo();
        Invoke(Talk);
        Server.Enqueue(Reply.Error(400, "no"));
        InvokeError("Invoke-GptChat 'five' -Conversation c -ContextPolicy Summarize -ContextWindow 900 -MaxCompletionTokens 100").IsKind("BadRequest");
        Assert.Equal((5, 9), (Server.Requests.Count, Stored()));
        InvokeError("Invoke-GptChat 'five' -Conversation c -ContextPolicy Summarize -ContextWindow 300").IsKind("ContextLengthExceeded");
        Assert.Equal(5, Server.Requests.Count);
    }

    [Fact]
    public void Under_WhatIf_nothing_is_asked()
    {
        Echo();
        Invoke(Talk + "Invoke-GptChat 'five' -Conversation c -ContextPolicy Summarize -ContextWindow 900 -MaxCompletionTokens 100 -WhatIf; Invoke-GptChat 'five' -Conversation c -ContextPolicy TrimOldest -ContextWindow 900 -WhatIf -WarningAction SilentlyContinue");
        Assert.Equal((4, 9), (Server.Requests.Count, Stored()));
    }

    [Fact]
    public void A_conversation_has_a_policy_of_its_own()
    {
        Echo();
        Invoke(Talk.Replace("-System 'Be brief.'", "-System 'Be brief.' -ContextPolicy TrimOldest -ContextWindow 700", System.StringComparison.Ordinal).Replace("-Conversation c }", "-Conversation c -WarningAction SilentlyContinue }", System.StringComparison.Ordinal));
        Assert.Equal(["system: Be", "user: 3", "assistant: 3", "user: 4"], Heads(Server.Requests[3]));
        Assert.Equal(9, Stored());
        InvokeError("Invoke-GptChat 'x' -Conversation c -ContextPolicy Error").IsKind("ContextLengthExceeded");
    }

    [Fact]
    public void What_was_left_out_travels_with_the_reply()
    {
        Echo();
        Invoke(Talk + "$r = Invoke-GptChat 'five' -Conversation c -ContextPolicy TrimOldest -ContextWindow 700 -WarningAction SilentlyContinue; $s = $r | Send-Abroad");
        Assert.Equal(PublicState.Of(InvokeOne("$r.Response.LeftOut")), PublicState.Of(InvokeOne("$s.Response.LeftOut")));
    }

    [Fact]
    public void Images_are_not_guessed_against_the_user()
    {
        Invoke("New-GptMessage 'x' -Uri https://example.org/a.png | Invoke-GptChat -Model openai/gpt-4o-mini -MaxCompletionTokens 100000");
        Assert.Single(Server.Requests);
        InvokeError("New-GptMessage 'x' -Uri https://example.org/a.png | Invoke-GptChat -Model openai/gpt-4o-mini -ContextWindow 1000").IsKind("ContextLengthExceeded");
    }
}
