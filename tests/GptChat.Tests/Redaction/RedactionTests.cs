using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Redaction;

/// <summary>What -Redact and its relatives do, as a user sees it.</summary>
public sealed class RedactionTests : ModuleTest
{
    private const string Prompt = "password=hunter-2 of bob@example.com at 10.1.2.3, badge 4711";

    [Theory]
    [InlineData("-Redact", "password=[SECRET:PASSWORD:1] of bob@example.com at 10.1.2.3, badge 4711")]
    [InlineData("-Redact:$false", Prompt)]
    [InlineData("", Prompt)]
    [InlineData("-RedactKind All", "password=[SECRET:PASSWORD:1] of [SECRET:EMAIL:1] at [SECRET:IP-ADDRESS:1], badge 4711")]
    [InlineData("-RedactKind Secret, Email", "password=[SECRET:PASSWORD:1] of [SECRET:EMAIL:1] at 10.1.2.3, badge 4711")]
    [InlineData("-RedactKind ipaddress", "password=hunter-2 of bob@example.com at [SECRET:IP-ADDRESS:1], badge 4711")]
    [InlineData("-RedactPattern 'badge \\d+'", "password=[SECRET:PASSWORD:1] of bob@example.com at 10.1.2.3, [SECRET:PATTERN:1]")]
    [InlineData("-RedactKind None -RedactPattern ([regex]::new('BADGE \\d+', 'IgnoreCase'))", "password=hunter-2 of bob@example.com at 10.1.2.3, [SECRET:PATTERN:1]")]
    [InlineData("-Redact -RedactPattern @{ 'Badge no' = 'badge (?<secret>\\d+)'; who = 'bob', 'carl' }", "password=[SECRET:PASSWORD:1] of [SECRET:WHO:1]@example.com at 10.1.2.3, badge [SECRET:BADGE-NO:1]")]
    public void What_is_taken_out_can_be_said(string parameters, string sent) => Assert.Equal(sent, SentText("Invoke-GptChat $p " + parameters, ("p", Prompt)));

    [Theory]
    [InlineData("-Redact:$false -RedactKind All", "-Redact:$false and -RedactKind cannot be used together")]
    [InlineData("-Redact:$false -RedactPattern x", "-Redact:$false and -RedactPattern cannot be used together")]
    [InlineData("-RedactKind None", "takes out nothing")]
    [InlineData("-RedactPattern 'a('", "no regular expression")]
    [InlineData("-RedactPattern @{ 'a/b' = 'x' }", "has the name 'a/b'")]
    [InlineData("-RedactPattern @{ a = 5 }", "not an Int32")]
    [InlineData("-Restore", "nothing is taken out")]
    [InlineData("-Restore -Redact:$false", "nothing is taken out")]
    [InlineData("-InputObject y -Each -Restore", "nothing is taken out")]
    public void What_makes_no_sense_is_refused(string parameters, string message)
    {
        Assert.Contains(message, InvokeError("Invoke-GptChat 'x' " + parameters).IsKind("InvalidParameter").Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_pattern_that_takes_too_long_ends_the_call_before_anything_is_sent()
    {
        string said = InvokeError("Invoke-GptChat ('a' * 40 + '!') -RedactPattern @{ slow = '^(a+)+$' }").IsKind("InvalidParameter").Exception.Message;
        Assert.Contains("'SLOW'", said);
        Assert.Contains("Nothing was sent", said);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void With_Each_that_is_the_failure_of_its_item()
    {
        Outcome outcome = Host.Run("'fine', ('a' * 40 + '!') | Invoke-GptChat -Each -RedactPattern '^(a+)+$'");
        Assert.Single(outcome.Output);
        Assert.Equal("GptChat.InvalidParameter", Assert.Single(outcome.Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void The_response_tells_what_was_taken_out_and_where()
    {
        PSObject reply = InvokeOne("Invoke-GptChat 'password=hunter-2, again hunter-2' -System 'pwd=other-1' -Redact");
        var redactions = (System.Collections.Generic.IReadOnlyList<object>)reply.Member("Response.Redactions")!;
        Assert.Equal(["[SECRET:PASSWORD:1] x 1 messages[0].content", "[SECRET:PASSWORD:2] x 2 messages[1].content"], redactions.Select(one => one + " " + string.Join(' ', (System.Collections.Generic.IReadOnlyList<string>)one.Member("Where")!)));
        Assert.Equal("PASSWORD", redactions[0].Member("Kind"));
    }

    [Fact]
    public void Nothing_found_is_said_too()
    {
        Outcome outcome = Run("(Invoke-GptChat 'hello' -Redact -Verbose).Response.Redactions.Count");
        Assert.Equal(0, Assert.Single(outcome.Output).BaseObject);
        Assert.Contains("Redaction found nothing to take out.", outcome.Verbose);
    }

    [Fact]
    public void A_conversation_goes_on_so_with_the_same_placeholders()
    {
        Server.Default = Reply.Echo();
        Invoke("$null = Invoke-GptChat 'password=hunter-2' -RedactKind Secret, Email; $null = Invoke-GptChat 'pwd=other-1, password=hunter-2, bob@example.com' -Continue");
        Assert.Equal(
            ["user: password=[SECRET:PASSWORD:1]", "assistant: password=[SECRET:PASSWORD:1]", "user: pwd=[SECRET:PASSWORD:2], password=[SECRET:PASSWORD:1], [SECRET:EMAIL:1]"], Server.Requests[1].Messages());
        Invoke("$null = Invoke-GptChat 'password=third-3' -Continue -Redact:$false; $null = Invoke-GptChat 'and' -Continue");
        Assert.EndsWith("password=third-3", Server.Requests[2].Messages()[^1]);
        Assert.Equal("user: password=[SECRET:PASSWORD:3]", Server.Requests[3].Messages()[^3]);
    }

    [Fact]
    public void What_was_said_before_is_redacted_and_stays_so()
    {
        Server.Default = Reply.Completion("ok");
        Invoke("$null = Invoke-GptChat 'password=hunter-2'; $null = Invoke-GptChat 'go on' -Continue -Redact");
        Assert.Equal("user: password=[SECRET:PASSWORD:1]", Server.Requests[1].Messages()[0]);
        Assert.Equal("password=[SECRET:PASSWORD:1]", InvokeOne("(Get-GptConversation -Current).Messages[0].Content").BaseObject);
    }

    [Fact]
    public void A_failed_call_leaves_the_conversation_as_it_was()
    {
        Invoke("$null = Invoke-GptChat 'password=hunter-2'");
        Server.Enqueue(Reply.Error(400, "no"));
        InvokeError("Invoke-GptChat 'pwd=other-1' -Continue -Redact");
        Assert.Equal("password=hunter-2", InvokeOne("(Get-GptConversation -Current).Messages[0].Content").BaseObject);
    }

    [Fact]
    public void Items_have_numbers_of_their_own_so_that_one_does_not_change_the_request_of_another()
    {
        Invoke("'password=hunter-2', 'password=other-1' | Invoke-GptChat -Each -Redact");
        Assert.All(Server.Requests, request => Assert.Equal("user: password=[SECRET:PASSWORD:1]", request.Messages()[0]));
    }

    [Theory]
    [InlineData("[string](Invoke-GptChat $p -Redact -Restore)")]
    [InlineData("(Invoke-GptChat $p -Redact -Restore).Content")]
    [InlineData("-join (Invoke-GptChat $p -Redact -Restore -Stream)")]
    [InlineData("[string](Invoke-GptChat $p -Redact -Restore -Live -PassThru 6>$null)")]
    [InlineData("Invoke-GptChat $p -Redact -Restore -Live 6>&1 | ForEach-Object { $s = '' } { $s += $_ } { $s }")]
    [InlineData("[string]($p | Invoke-GptChat -Each -Redact -Restore)")]
    [InlineData("-join ($p | Invoke-GptChat -Each -Redact -Restore -Stream)")]
    [InlineData("$null = Invoke-GptChat $p -Redact; [string](Invoke-GptChat 'again [SECRET:PASSWORD:1]' -Continue -Restore).Replace('again ', 'password=')")]
    public void Values_are_put_back_into_the_answer_and_nowhere_else(string script)
    {
        // A placeholder comes in pieces.
        Server.Respond = request => request.Json.TryGetProperty("stream", out _) ? Reply.Stream(request.Messages()[^1]["user: ".Length..].Select(letter => letter.ToString())) : Reply.Echo();
        Assert.Equal("password=hunter-2", InvokeOne(script, ("p", "password=hunter-2")).BaseObject.ToString());
        Assert.DoesNotContain("hunter", string.Concat(Server.Requests.Select(request => request.BodyText)), StringComparison.Ordinal);
        if (script.Contains("-Each", StringComparison.Ordinal)) return;
        Assert.DoesNotContain("hunter", string.Concat(Invoke("(Get-GptConversation -Current).Messages.Content")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_response_of_a_restored_reply_stays_without()
    {
        Server.Default = Reply.Echo();
        Assert.Equal("password=[SECRET:PASSWORD:1]", InvokeOne("(Invoke-GptChat 'password=hunter-2' -Redact -Restore).Response.Content").BaseObject);
    }

    [Theory]
    [InlineData("Invoke-GptChat $p", "password=[SECRET:PASSWORD:1] of [SECRET:EMAIL:1] at 10.1.2.3, [SECRET:BADGE:1]")]
    [InlineData("Invoke-GptChat $p -RedactKind Secret", "password=[SECRET:PASSWORD:1] of bob@example.com at 10.1.2.3, [SECRET:BADGE:1]")]
    [InlineData("Invoke-GptChat $p -RedactPattern 'of'", "password=[SECRET:PASSWORD:1] [SECRET:PATTERN:1] [SECRET:EMAIL:1] at 10.1.2.3, [SECRET:BADGE:1]")]
    [InlineData("Invoke-GptChat $p -Redact:$false", Prompt)]
    [InlineData("$p | Invoke-GptChat -Each", "password=[SECRET:PASSWORD:1] of [SECRET:EMAIL:1] at 10.1.2.3, [SECRET:BADGE:1]")]
    [InlineData("Invoke-GptChat $p -Connection ([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-GptConnection own)))) -Model m", "password=[SECRET:PASSWORD:1] of [SECRET:EMAIL:1] at 10.1.2.3, [SECRET:BADGE:1]")]
    public void A_connection_may_ask_for_it_in_every_call(string script, string sent) => Assert.Equal(
        sent, SentText("Connect-GptChat -BaseUri $uri -Model m -Name own -RedactKind Secret, Email -RedactPattern @{ badge = 'BADGE \\d+', '(?i)badge \\d+' }; " + script, ("p", Prompt), ("uri", Server.BaseUri)));

    [Fact]
    public void A_connection_shows_what_it_asks_for()
    {
        PSObject connection = InvokeOne("Connect-GptChat -BaseUri $uri -Redact -RedactPattern @{ badge = 'b\\d' } -PassThru", ("uri", Server.BaseUri));
        Assert.Equal("Secret", connection.Member("RedactKind")!.ToString());
        Assert.Equal(["BADGE=b\\d"], (System.Collections.Generic.IEnumerable<string>)connection.Member("RedactPattern")!);
        Assert.Null(InvokeOne("Connect-GptChat -BaseUri $uri -PassThru", ("uri", Server.BaseUri)).Member("RedactKind"));
    }

    [Theory]
    [InlineData("-Redact:$false -RedactKind All", "InvalidConnection")]
    [InlineData("-RedactKind None", "InvalidParameter")]
    public void A_connection_that_contradicts_itself_is_refused(string parameters, string kind) =>
        InvokeError("Connect-GptChat -BaseUri http://127.0.0.1:1/v1 " + parameters).IsKind(kind, "ConnectGptChatCommand");

    [Fact]
    public void A_recording_is_found_again_with_the_same_secret()
    {
        string path = Folder.At("r.jsonl");
        Server.Default = Reply.Echo();
        Invoke("$null = Invoke-GptChat 'password=hunter-2' -Redact -Record $path", ("path", path));
        Assert.DoesNotContain("hunter", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal("password=hunter-2", InvokeOne("[string](Invoke-GptChat 'password=hunter-2' -Redact -Restore -Replay $path)", ("path", path)).BaseObject);
    }
}
