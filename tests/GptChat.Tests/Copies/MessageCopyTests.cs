using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Copies;

/// <summary>Messages that come back from a job, remoting or Clixml are the messages that they were.</summary>
public sealed class MessageCopyTests : ModuleTest
{
    private const string Call = "@{ id = 'call_1'; type = 'function'; function = @{ name = 'get_time'; arguments = '{\"zone\":\"CET\"}' }; extra_content = @{ google = @{ thought_signature = 'sig' } } }";

    public static TheoryData<string, string> Messages => new()
    {
        { "text", "New-GptMessage 'Grüße, 世界 👍 <&>'" },
        { "instructions", "New-GptMessage -Role System 'Be brief.' -Name ops" },
        { "an image", "New-GptMessage 'What is it?' -Path $png -Detail low" },
        { "an address", "New-GptMessage -Uri 'https://host/a%20b.png?sig=1'" },
        { "sound and a document", "New-GptMessage 'Both' -Path $wav, $pdf" },
        { "an id of a file", "New-GptMessage -FileId file-1" },
        { "a mark for the cache", "New-GptMessage 'long text' -PromptCacheBreakpoint" },
        { "calls of tools", "New-GptMessage -Role Assistant -ToolCall (" + Call + ")" },
        { "an answer to a call", "New-GptMessage -Role Tool -ToolCallId call_1 '21 °C'" },
        { "a refusal", "New-GptMessage -Role Assistant -Refusal 'I cannot.'" },
        { "a spoken answer", "New-GptMessage -Role Assistant -AudioId audio_1" },
        { "the result of a function", "New-GptMessage -Role Function -Name get_time '12:00'" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_sent_as_if_it_had_never_left(string what, string script)
    {
        Assert.NotEmpty(what);
        if (script.Contains("Tool", StringComparison.Ordinal)) Host.AllowsRequestsOutsideTheSchema("a member that a provider adds to a call of a tool");
        string request = "$m = " + script + "\n$all = @(if ($m.ToolCallId) { New-GptMessage -Role Assistant -ToolCall (" + Call + ") }) + $m + @(if ($m.ToolCalls.Count) { New-GptMessage -Role Tool -ToolCallId call_1 'x' })\n";
        foreach (string way in new[] { "$all", "($all | Send-Abroad)", "($all | Send-Abroad -Unloaded)" }) Invoke(request + way + " | Invoke-GptChat 'Q'", Files());
        Assert.Equal(3, Server.Requests.Count);
        Assert.All(Server.Requests, sent => Assert.Equal(Server.Requests[0].BodyText, sent.BodyText));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_shows_all_that_it_showed(string what, string script)
    {
        Assert.NotEmpty(what);
        PSObject[] both = [.. Invoke("$m = " + script + "; $m; $m | Send-Abroad", Files())];
        Assert.Equal("GptChat.GptMessage", both[1].BaseObject.GetType().FullName);
        Assert.Equal(PublicState.Of(both[0]), PublicState.Of(both[1]));
    }

    [Fact]
    public void It_survives_at_the_end_of_the_depth()
    {
        PSObject found = InvokeOne("$o = [pscustomobject]@{ A = [pscustomobject]@{ B = @{ C = New-GptMessage -Role System 'deep' } } }; ($o | Send-Abroad -Depth 1).A.B.C");
        Assert.Equal("GptChat.GptMessage", found.BaseObject.GetType().FullName);
        Assert.Equal("system", found.Member("Role"));
    }

    [Fact]
    public void Where_the_module_is_not_loaded_the_main_things_can_be_read()
    {
        PSObject copy = InvokeOne("New-GptMessage -Role System 'Be brief.' -Name ops | Send-Abroad -Unloaded");
        Assert.Equal("Deserialized.GptChat.GptMessage", copy.TypeNames[0]);
        Assert.Equal(["system", "Be brief.", "ops"], new[] { "Role", "Content", "Name" }.Select(copy.Member));
    }

    [Fact]
    public void It_can_be_converted_by_its_type() =>
        Assert.Equal("system", InvokeOne("[GptChat.GptMessage]$m = New-GptMessage -Role System 'x' | Send-Abroad -Unloaded; $m.Role").BaseObject);

    [Fact]
    public void It_is_bound_where_messages_are_refused_or_read()
    {
        Assert.Contains("parentheses", InvokeError("New-GptMessage (New-GptMessage 'x' | Send-Abroad -Unloaded)").IsKind("InvalidInput", "NewGptMessageCommand").Exception.Message);
        Assert.Contains("Pipe it", InvokeError("Invoke-GptChat (New-GptMessage 'x' | Send-Abroad -Unloaded)").IsKind("InvalidParameter").Exception.Message);
        Assert.Equal("get_time", InvokeOne("$m = New-GptMessage -Role Assistant -ToolCall (" + Call + "); (New-GptMessage -Role Assistant -ToolCall ($m.ToolCalls | Send-Abroad -Unloaded)).ToolCalls[0].Name").BaseObject);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void With_Each_it_is_an_item()
    {
        Assert.Equal(["0", "1"], Invoke("$m = (New-GptMessage 'a'), (New-GptMessage 'b') | Send-Abroad -Unloaded; $m | Invoke-GptChat 'Q' -Each | ForEach-Object { \"$($_.Index)\" }").Select(index => (string)index.BaseObject));
        Assert.Equal(["user: a", "user: Q"], Server.Requests.Select(request => request.Messages()).Single(messages => messages[0] == "user: a"));
    }

    [Fact]
    public void One_that_lost_parts_is_refused()
    {
        string message = InvokeError("$m = New-GptMessage 'x' | Send-Abroad -Unloaded; $m.PSObject.Properties.Remove('SerializationData'); $m | Invoke-GptChat 'Q'").IsKind("InvalidInput").Exception.Message;
        Assert.Contains("A GptMessage that came through a job", message);
        Assert.Contains("by its manifest", message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("''", "damaged")]
    [InlineData("'[1]'", "something else")]
    [InlineData("'{\"gptchat_copy\":2}'", "version is 2")]
    [InlineData("'{\"gptchat_copy\":1}'", "'message' is missing")]
    [InlineData("$m.SerializationData.Substring(0, 60)", "damaged")]
    public void One_whose_text_was_damaged_is_refused(string data, string problem)
    {
        string message = InvokeError("$m = New-GptMessage 'a text that is long enough' | Send-Abroad -Unloaded; $m.SerializationData = " + data + "; $m | Invoke-GptChat 'Q'").IsKind("InvalidInput").Exception.Message;
        Assert.Contains(problem, message);
        Assert.Contains("same version", message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void What_travels_is_not_shown_to_who_lists_properties() => Assert.DoesNotContain(
        "SerializationData", Invoke("(New-GptMessage 'x').PSObject.Properties.Name").Select(name => (string)name.BaseObject));

    private (string Name, object? Value)[] Files() =>
    [
        ("png", Folder.Write("photo.png", Media.Long(Media.Png, 3000))),
        ("wav", Folder.Write("a.wav", Media.Wav)),
        ("pdf", Folder.Write("a.pdf", Media.Pdf)),
    ];
}
