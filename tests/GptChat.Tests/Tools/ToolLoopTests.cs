using System;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Tools;

/// <summary>The model asks, the command runs, the model answers.</summary>
public sealed class ToolLoopTests : ToolTest
{
    private const string Disk = """
        function Get-Disk {
            <# .SYNOPSIS
            Free space of a machine's disks. #>
            param([Parameter(Mandatory)] [string] $ComputerName, [int] $Least = 0)
            [pscustomobject]@{ ComputerName = $ComputerName; FreeGB = 12.5; Least = $Least }
        }
        """;

    [Fact]
    public void A_command_is_run_and_its_result_goes_to_the_model()
    {
        Server.Enqueue(Asks("Get-Disk", """{"ComputerName":"srv1","Least":3}"""));
        Server.Enqueue(Reply.AsAsked("srv1 has 12.5 GB."));
        PSObject reply = InvokeOne(Disk + "Invoke-GptChat 'How full is srv1?' -Tool Get-Disk");
        Assert.Equal("srv1 has 12.5 GB.", reply.BaseObject);

        JsonElement tool = Assert.Single(Server.Requests[0].Json.GetProperty("tools").EnumerateArray());
        tool.IsJson("""
            {"type":"function","function":{"name":"Get-Disk","description":"Free space of a machine's disks.","parameters":{"type":"object","properties":{
                "ComputerName":{"type":"string"},"Least":{"type":"integer"}},"required":["ComputerName"],"additionalProperties":false}}}
            """);
        Server.Requests[1].Json.GetProperty("messages").IsJson("""
            [{"role":"user","content":"How full is srv1?"},
             {"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"Get-Disk","arguments":"{\"ComputerName\":\"srv1\",\"Least\":3}"}}]},
             {"role":"tool","content":"{\"ComputerName\":\"srv1\",\"FreeGB\":12.5,\"Least\":3}","tool_call_id":"call_1"}]
            """);
        Assert.True(JsonElement.DeepEquals(Server.Requests[0].Json.GetProperty("tools"), Server.Requests[1].Json.GetProperty("tools")));
    }

    [Fact]
    public void A_result_that_does_not_fit_into_the_context_says_what_to_take_less_of()
    {
        Server.Enqueue(Asks("Get-Much"));
        ErrorRecord error = InvokeError("$null = New-GptConversation ops; function Get-Much { 'word ' * 5000 } Invoke-GptChat 'x' -Tool Get-Much -Conversation ops -Model openai/gpt-5.1-chat -ContextWindow 4000").IsKind("ContextLengthExceeded");
        Assert.Contains("-MaxResultLength", error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing was sent", error.Exception.Message, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
        Assert.Equal(0, InvokeOne("(Get-GptConversation ops).Messages.Count").BaseObject);
    }

    [Fact]
    public void The_log_has_each_call_with_its_arguments_outcome_and_time()
    {
        Server.Enqueue(Asks(("Get-Disk", """{"ComputerName":"a"}"""), ("Get-Disk", "{}")));
        Server.Enqueue(Asks("Get-Disk", """{"ComputerName":"b"}"""));
        Server.Enqueue(Reply.Completion("Both are fine."));
        PSObject reply = InvokeOne(Disk + "Invoke-GptChat 'x' -Tool Get-Disk");
        object[] log = [.. Log(reply.Member("Response")!)];
        Assert.Equal(["Succeeded", "Invalid", "Succeeded"], log.Select(call => call.Member("Outcome")!.ToString()));
        Assert.Equal([1, 1, 2], log.Select(call => (int)call.Member("Round")!));
        Assert.Equal("""{"ComputerName":"a"}""", log[0].Member("Arguments"));
        Assert.Equal("""{"ComputerName":"a","FreeGB":12.5,"Least":0}""", log[0].Member("Result"));
        Assert.Equal("ERROR: The arguments do not fit: ComputerName is missing. There are: ComputerName, Least. Nothing was run.", log[1].Member("Result"));
        Assert.All(log, call => Assert.True((TimeSpan)call.Member("Duration")! >= TimeSpan.Zero));
        Assert.All(log, call => Assert.True((DateTimeOffset)call.Member("Started")! > DateTimeOffset.Now.AddMinutes(-5)));
        Assert.Equal(3, reply.Member("Response.Requests"));
        Assert.Equal(15L + 15L + 19L, reply.Member("Usage.TotalTokens"));
    }

    [Fact]
    public void Calls_of_one_answer_run_in_their_order()
    {
        Server.Enqueue(Asks(("Get-Step", """{"Number":1}"""), ("Get-Step", """{"Number":2}"""), ("Get-Step", """{"Number":3}""")));
        Server.Enqueue(Reply.Completion("Done."));
        Assert.Equal("1,2,3", InvokeOne("$steps = [System.Collections.ArrayList]::new(); function Get-Step([int] $Number) { $null = $steps.Add($Number); $Number } $null = Invoke-GptChat 'x' -Tool Get-Step; $steps -join ','").BaseObject);
        Assert.Equal(["1", "2", "3"], ToolMessages(Server.Requests[1]));
    }

    [Fact]
    public void The_whole_exchange_is_one_turn_of_the_conversation()
    {
        Server.Enqueue(Asks("Get-Disk", """{"ComputerName":"a"}"""));
        Server.Enqueue(Reply.Completion("Fine."));
        Invoke(Disk + "$null = New-GptConversation ops; $null = Invoke-GptChat 'x' -Tool Get-Disk -Conversation ops");
        Assert.Equal(["user", "assistant", "tool", "assistant"], Invoke("(Get-GptConversation ops).Messages.Role").Select(role => (string)role.BaseObject));
        Assert.Equal(34L, InvokeOne("(Get-GptConversation ops).Usage.TotalTokens").BaseObject);

        // Without tools it goes on, with all that was said.
        Invoke("$null = Invoke-GptChat 'and now?' -Conversation ops");
        Assert.Equal(5, Server.Requests[2].Json.GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public void A_failure_leaves_the_conversation_as_it_was_and_says_what_was_run()
    {
        Server.Enqueue(Asks("Get-Disk", """{"ComputerName":"a"}"""));
        Server.Enqueue(Reply.Error(400, "No more."));
        ErrorRecord error = InvokeError(Disk + "$null = New-GptConversation ops; Invoke-GptChat 'x' -Tool Get-Disk -Conversation ops").IsKind("BadRequest");
        Assert.Contains("What was run before is not undone: Get-Disk (Succeeded).", error.Exception.Message);
        Assert.Equal("Succeeded", Log(error.Exception).Single().Member("Outcome")!.ToString());
        Assert.Equal(0, InvokeOne("(Get-GptConversation ops).Messages.Count").BaseObject);
    }

    [Fact]
    public void A_stream_goes_on_through_all_rounds()
    {
        Server.Enqueue(AsksInStream("Let me see. ", "Get-Disk", """{"ComputerName":"srv1"}"""));
        Server.Enqueue(Reply.Stream(["It has ", "12.5 GB."]));
        PSObject[] chunks = [.. Invoke(Disk + "Invoke-GptChat 'x' -Tool Get-Disk -Stream")];
        Assert.Equal("Let me see. It has 12.5 GB.", string.Concat(chunks.Select(chunk => chunk.ToString())));
        PSObject call = Assert.Single(chunks, chunk => chunk.Member("ToolCall") is not null);
        Assert.Equal("Succeeded", call.Member("ToolCall.Outcome")!.ToString());
        Assert.Same(chunks[^1], Assert.Single(chunks, chunk => chunk.Member("Response") is not null));
        Assert.Equal("It has 12.5 GB.", chunks[^1].Member("Response.Content"));
        Assert.Single(Log(chunks[^1].Member("Response")!));
        Assert.All(Server.Requests, request => Assert.True(request.Json.GetProperty("stream").GetBoolean()));
    }

    [Fact]
    public void Live_text_of_each_round_stands_on_lines_of_its_own()
    {
        Server.Enqueue(AsksInStream("Let me see.", "Get-Disk", """{"ComputerName":"srv1"}"""));
        Server.Enqueue(Reply.Stream(["It has ", "12.5 GB."]));
        Invoke(Disk + "Invoke-GptChat 'x' -Tool Get-Disk -Live");
        Assert.Equal("Let me see.\nIt has 12.5 GB.\n", Host.Screen.Written);
    }

    [Fact]
    public void A_definition_is_only_sent_and_its_calls_are_the_callers()
    {
        Server.Enqueue(Asks(("Get-Disk", """{"ComputerName":"a"}"""), ("ask_user", "{}")));
        Outcome outcome = Run(Disk + "$a = Invoke-GptChat 'x' -Tool Get-Disk, @{ type = 'function'; function = @{ name = 'ask_user' } }; $a");
        PSObject reply = Assert.Single(outcome.Output);
        Assert.Equal(["Get-Disk Succeeded", "ask_user NotRun"], Log(reply.Member("Response")!).Select(call => call.Member("Name") + " " + call.Member("Outcome")));
        Assert.Equal(["Get-Disk", "ask_user"], Server.Requests[0].Json.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()));

        // The caller answers its own call, and the model has both results.
        Server.Enqueue(Reply.Completion("Done."));
        Invoke("New-GptMessage -Role Tool -ToolCallId call_2 'yes' | Invoke-GptChat -Continue");
        Assert.Equal(["user", "assistant", "tool", "tool"], Server.Requests[1].Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
    }

    [Fact]
    public void After_so_many_rounds_it_is_an_error()
    {
        for (int i = 0; i < 4; i++) Server.Enqueue(Asks("Get-Disk", """{"ComputerName":"a"}"""));
        ErrorRecord error = InvokeError(Disk + "Invoke-GptChat 'x' -Tool Get-Disk -MaxToolRounds 3").IsKind("ToolLimit");
        Assert.Contains("after 3 rounds", error.Exception.Message);
        Assert.Contains("-MaxToolRounds", error.Exception.Message);
        Assert.Equal(3, Log(error.Exception).Count);
        Assert.Equal(4, Server.Requests.Count);
    }

    [Fact]
    public void When_the_time_of_all_tools_is_over_nothing_more_runs_and_the_next_call_is_an_error()
    {
        Server.Enqueue(Asks(("Get-Slow", "{}"), ("Get-Next", "{}")));
        Server.Enqueue(Asks("Get-Next"));
        ErrorRecord error = InvokeError("""
            $global:runs = 0
            Invoke-GptChat 'x' -MaxToolSeconds 0.5 -Tool (New-GptTool { param() while ($true) { } } -Name Get-Slow), (New-GptTool { param() $global:runs++ } -Name Get-Next)
            """).IsKind("ToolLimit");
        Assert.Contains("-MaxToolSeconds", error.Exception.Message);
        Assert.Contains("after 0.5 s", error.Exception.Message);
        Assert.Equal(["TimedOut", "TimedOut"], Log(error.Exception).Select(call => call.Member("Outcome")!.ToString()));
        Assert.Contains("The time for tools is over. Nothing was run.", ToolMessages(Server.Requests[1])[1]);
        Assert.Equal(0, InvokeOne("$global:runs").BaseObject);
        Assert.Empty(Invoke("Get-GptConversation -Current"));
    }

    [Fact]
    public void A_choice_that_forces_a_tool_holds_for_the_first_request()
    {
        Server.Enqueue(Asks("Get-Disk", """{"ComputerName":"a"}"""));
        Server.Enqueue(Reply.Completion("Done."));
        Invoke(Disk + "Invoke-GptChat 'x' -Tool Get-Disk -ToolChoice get-disk");
        Server.Requests[0].Json.GetProperty("tool_choice").IsJson("""{"type":"function","function":{"name":"Get-Disk"}}""");
        Assert.DoesNotContain("tool_choice", Server.Requests[1].MemberNames());
    }

    [Fact]
    public void Each_item_has_rounds_of_its_own()
    {
        Server.Respond = request => request.Json.GetProperty("messages").GetArrayLength() == 1
            ? Asks("Get-Disk", "{\"ComputerName\":\"" + request.Messages()[0].Split('\n')[^1] + "\"}")
            : Reply.Completion(ToolMessages(request)[^1]);
        PSObject[] replies = [.. Invoke(Disk + "1..20 | ForEach-Object { \"srv$_\" } | Invoke-GptChat 'How full?' -Tool Get-Disk -Each -ThrottleLimit 4")];
        Assert.Equal(Enumerable.Range(1, 20).Select(number => "{\"ComputerName\":\"srv" + number + "\",\"FreeGB\":12.5,\"Least\":0}"), replies.Select(reply => reply.ToString()));
        Assert.All(replies, reply => Assert.Single(Log(reply.Member("Response")!)));
        Assert.Equal(40, Server.Requests.Count);
    }

    [Fact]
    public void Under_WhatIf_the_tools_are_listed_and_which_would_ask()
    {
        Invoke(Disk + "function Restart-It {} Invoke-GptChat 'x' -Tool Get-Disk, Restart-It -WhatIf -InformationVariable info; $r = $info.MessageData | Where-Object Tools");
        Assert.Empty(Server.Requests);
        string line = Assert.Single(Host.Screen.Written.TrimEnd('\n').Split('\n'));
        Assert.Contains("tools: Get-Disk (runs without asking), Restart-It (asks first)", line);
        Assert.Equal("Get-Disk,Restart-It", InvokeOne("$r.Tools.Name -join ','").BaseObject);
        Assert.Empty(Host.Screen.Questions);
    }
}
