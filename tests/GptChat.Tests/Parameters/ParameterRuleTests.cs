using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>Which parameters exclude or need each other: every rule, in words.</summary>
public sealed class ParameterRuleTests : ModuleTest
{
    public static TheoryData<string, string, string, string> Rules => new()
    {
        // Rule, call, message, reason.
        { "Stream Live", "-Stream -Live", "-Stream and -Live cannot be used together", "choose one" },
        { "Continue Conversation", "-Continue -Conversation c", "-Continue and -Conversation cannot be used together", "choose one" },
        { "Each Continue", "-Each -Continue", "-Each and -Continue cannot be used together", "which conversation" },
        { "Each Conversation", "-Each -Conversation c", "-Each and -Conversation cannot be used together", "a request of its own" },
        { "Retry Prompt", "-Retry", "-Retry and -Prompt cannot be used together", "last question" },
        { "Retry InputObject", "-Retry", "-Retry and -InputObject cannot be used together", "last question" },
        { "Retry Path", "-Retry -Path a", "-Retry and -Path cannot be used together", "last question" },
        { "Retry LiteralPath", "-Retry -LiteralPath a", "-Retry and -LiteralPath cannot be used together", "last question" },
        { "Each Retry", "-Each -Retry", "-Each and -Retry cannot be used together", "a request of its own" },
        { "Each ContextPolicy", "-Each -ContextPolicy Error", "-Each and -ContextPolicy cannot be used together", "no turns before it" },
        { "Chunk ContextPolicy", "-Chunk -ContextPolicy Error", "-Chunk and -ContextPolicy cannot be used together", "no turns before it" },
        { "Each AudioPath", "-Each -AudioPath a.wav", "-Each and -AudioPath cannot be used together", "overwrite" },
        { "Live AsCompleted", "-Each -Live -AsCompleted", "-Live and -AsCompleted cannot be used together", "would mix" },
        { "ThrottleLimit", "-ThrottleLimit 3", "-ThrottleLimit needs -Each", "one request" },
        { "AsCompleted", "-AsCompleted", "-AsCompleted needs -Each", "one answer" },
        { "Journal", "-Journal j.jsonl", "-Journal needs -Each", "items are finished" },
        { "BatchSize", "-BatchSize 3", "-BatchSize needs -Each", "one request" },
        { "As Schema", "-As int -Schema a", "-As and -Schema cannot be used together", "choose one" },
        { "As ResponseFormat", "-As int -ResponseFormat text", "-As and -ResponseFormat cannot be used together", "leave -ResponseFormat out" },
        { "Schema ResponseFormat", "-Schema a -ResponseFormat text", "-Schema and -ResponseFormat cannot be used together", "leave -ResponseFormat out" },
        { "As ChoiceCount", "-As int -ChoiceCount 2", "-As and -ChoiceCount cannot be used together", "one answer" },
        { "Schema ChoiceCount", "-Schema a -N 2", "-Schema and -ChoiceCount cannot be used together", "one answer" },
        { "As AudioPath", "-As int -AudioPath a.wav", "-As and -AudioPath cannot be used together", "spoken" },
        { "Schema AudioPath", "-Schema a -AudioPath a.wav", "-Schema and -AudioPath cannot be used together", "spoken" },
        { "Repair Stream", "-As int -Repair 1 -Stream", "-Repair and -Stream cannot be used together", "taken back" },
        { "Repair Live", "-As int -Repair 1 -Live", "-Repair and -Live cannot be used together", "taken back" },
        { "SchemaMode", "-SchemaMode Loose", "-SchemaMode needs -As or -Schema", "how a schema is sent" },
        { "Repair", "-Repair 1", "-Repair needs -As or -Schema", "do not fit" },
        { "AsJob Live", "-AsJob -Live", "-AsJob and -Live cannot be used together", "Receive-Job" },
        { "AsJob Confirm", "-AsJob -Confirm", "-AsJob and -Confirm cannot be used together", "cannot ask" },
        { "AsJob Tool", "-AsJob -Tool @{ name = 'f' }", "-AsJob and -Tool cannot be used together", "nobody watches" },
        { "AsJob ResponseVariable", "-AsJob -ResponseVariable r", "-AsJob and -ResponseVariable cannot be used together", "Receive-Job" },
        { "Chunk Continue", "-Chunk -Continue", "-Chunk and -Continue cannot be used together", "the turn" },
        { "Chunk Conversation", "-Chunk -Conversation c", "-Chunk and -Conversation cannot be used together", "the turn" },
        { "Chunk AudioPath", "-Chunk -AudioPath a.wav", "-Chunk and -AudioPath cannot be used together", "overwrite" },
        { "ChunkSize", "-ChunkSize 100", "-ChunkSize needs -Chunk", "size of a part" },
        { "ChunkOverlap", "-ChunkOverlap 10", "-ChunkOverlap needs -Chunk", "repeats" },
        { "Combine", "-Combine 'x'", "-Combine needs -Chunk", "pipe the replies" },
        { "JobName", "-JobName j", "-JobName needs -AsJob", "names the job" },
        { "Record Replay", "-Record a -Replay b", "-Record and -Replay cannot be used together", "nothing to record" },
        { "PassThru", "-PassThru", "-PassThru needs -Live", "output anyway" },
        { "StreamOption", "-StreamOption @{ a = 1 }", "-StreamOption needs -Stream or -Live", "streamed answers" },
        { "ToolChoice", "-ToolChoice auto", "-ToolChoice needs -Tool or -ExtraBody", "among tools" },
        { "ParallelToolCall", "-ParallelToolCall $false", "-ParallelToolCall needs -Tool or -ExtraBody", "calls of tools" },
        { "MaxToolRounds", "-MaxToolRounds 3", "-MaxToolRounds needs -Tool", "how often tools are run" },
        { "MaxToolSeconds", "-MaxToolSeconds 3", "-MaxToolSeconds needs -Tool", "how long tools are run" },
        { "Record ReplayOrRecord", "-Record a -ReplayOrRecord b", "-Record and -ReplayOrRecord cannot be used together", "choose one" },
        { "Replay ReplayOrRecord", "-Replay a -ReplayOrRecord b", "-Replay and -ReplayOrRecord cannot be used together", "never sends" },
        { "Record Cache", "-Record a -Cache b", "-Record and -Cache cannot be used together", "all that is asked" },
        { "Replay Cache", "-Replay a -Cache b", "-Replay and -Cache cannot be used together", "One file answers" },
        { "ReplayOrRecord Cache", "-ReplayOrRecord a -Cache b", "-ReplayOrRecord and -Cache cannot be used together", "One file answers" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_that_is_broken_is_named_before_anything_is_sent(string rule, string call, string message, string reason)
    {
        Assert.NotEmpty(rule);
        string question = rule switch { "Retry InputObject" => "-InputObject 'x' ", "Retry Path" or "Retry LiteralPath" or "Each Retry" => string.Empty, _ => "'x' " };
        string said = InvokeError("Invoke-GptChat " + question + call).IsKind("InvalidParameter").Exception.Message;
        Assert.Contains(message, said);
        Assert.Contains(reason, said);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Every_rule_of_the_table_is_tested()
    {
        Type table = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "GptChat").GetType("GptChat.Cmdlets.ParameterRules", throwOnError: true)!;
        IEnumerable<string> rules = Rows(table, "Exclusive").Select(row => row[0] + " " + row[1]).Concat(Rows(table, "Dependent").Select(row => (string)row[0]!));
        Assert.Equal(rules.Order(), Rules.Select(row => (string)row[0]).Order());
    }

    [Theory]
    [InlineData("-Stream:$false -Live -PassThru")]
    [InlineData("-Continue:$false")]
    [InlineData("-PassThru:$false")]
    public void A_switch_that_is_off_is_not_given(string call)
    {
        Invoke("Invoke-GptChat 'x' " + call);
        Assert.Single(Server.Requests);
    }

    private static IEnumerable<ITuple> Rows(Type table, string name) =>
        ((IEnumerable)table.GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!).Cast<ITuple>();
}
