using System.IO;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Connections;

/// <summary>Headers of one's own, of a connection and of a call: they reach the server, and their values nobody else.</summary>
public sealed class HeaderTests : ModuleTest
{
    private const string Secret = "hv-77-value-51c0";

    private protected override bool IsConnected => false;

    private void Connect(string parameters) =>
        Invoke("Connect-GptChat -BaseUri $uri -Model m " + parameters + " 3>$null", ("uri", Server.BaseUri), ("secret", ModuleHost.Secure(Secret)));

    [Fact]
    public void Those_of_a_connection_go_with_every_request_and_those_of_a_call_come_before_them()
    {
        Connect("-Header @{ 'X-Team' = 'ops'; 'X-Number' = 1.5; 'X-Flag' = $true; 'X-Token' = $secret; 'User-Agent' = 'mine/1' }");
        Invoke("Invoke-GptChat 'x'; Invoke-GptChat 'x' -ExtraHeader @{ 'x-team' = 'dev'; 'X-Call' = 7 }");
        ReceivedRequest first = Server.Requests[0];
        Assert.Equal(("ops", "1.5", "true", Secret, "mine/1"), (first.Headers["X-Team"], first.Headers["X-Number"], first.Headers["X-Flag"], first.Headers["X-Token"], first.Headers["User-Agent"]));
        ReceivedRequest second = Server.Requests[1];
        Assert.Equal(("dev", "7", Secret), (second.Headers["X-Team"], second.Headers["X-Call"], second.Headers["X-Token"]));
    }

    [Theory]
    [InlineData("'X-Team: ops'")]
    [InlineData("'X-Team:ops', 'X-Call: http://a:1/b'")]
    [InlineData("@('X-Team: ops', 'X-Call: http://a:1/b')")]
    public void They_may_be_text(string headers)
    {
        Connect("-Header " + headers);
        Invoke("Invoke-GptChat 'x' -ExtraHeader 'X-Now: 7'");
        Assert.Equal(("ops", "7"), (Request.Headers["X-Team"], Request.Headers["X-Now"]));
        if (headers.Contains("X-Call", System.StringComparison.Ordinal)) Assert.Equal("http://a:1/b", Request.Headers["X-Call"]);
    }

    [Theory]
    [InlineData("5", "This is an Int32.")]
    [InlineData("'X-Team'", "no name with a colon")]
    [InlineData("': hv-77-value-51c0'", "no name with a colon")]
    [InlineData("'hv-77-value-51c0'", "no name with a colon")]
    [InlineData("'X-Team: a', 'x-team: hv-77-value-51c0'", "'x-team' is given twice")]
    public void What_is_none_is_told_without_its_value(string headers, string said)
    {
        foreach (string script in new[] { "Connect-GptChat -BaseUri http://127.0.0.1:9/v1 -Header " + headers, "Invoke-GptChat 'x' -ExtraHeader " + headers })
        {
            string message = Assert.ThrowsAny<System.Exception>(() => Invoke(script)).Message;
            Assert.Contains(said, message);
            Assert.DoesNotContain(Secret, message);
        }

        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("-Connection @{ BaseUri = 'http://127.0.0.1:9/v1' }", "Connect-GptChat makes one of a hashtable")]
    [InlineData("-Connection @{ baseuri = 'http://127.0.0.1:9/v1'; ApiKey = 'hv-77-value-51c0'; Modell = 'm' }", "not a Hashtable. Connect-GptChat makes one of a hashtable: $c = Connect-GptChat -BaseUri … -ApiKey … -PassThru, then -Connection $c. It has no parameter 'Modell'.")]
    [InlineData("-Connection ([pscustomobject]@{ Model = 'm' })", "$c = Connect-GptChat -Model … -PassThru, then -Connection $c.")]
    [InlineData("-Connection 5", "not an Int32. Connect-GptChat makes one, Get-GptConnection lists")]
    [InlineData("-Conversation it''s.json", "There is no conversation named 'its.json' in this session. Import-GptConversation makes one of a file: $c = Import-GptConversation 'its.json', then -Conversation $c.")]
    [InlineData("-Conversation (Get-Item .)", "Import-GptConversation makes one of a file")]
    [InlineData("-Conversation 5", "Get-GptConversation lists")]
    public void What_is_neither_a_name_nor_the_thing_says_where_one_is_had(string parameter, string said)
    {
        Connect(string.Empty);
        string message = Assert.ThrowsAny<System.Exception>(() => Invoke("Invoke-GptChat 'x' " + parameter.Replace("(Get-Item .)", "([IO.FileInfo] 'a.json')", System.StringComparison.Ordinal))).Message;
        Assert.Contains(said, message);
        Assert.DoesNotContain(Secret, message);
        Assert.DoesNotContain("127.0.0.1:9", message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("Authorization", "-ApiKey")]
    [InlineData("api-key", "-ApiKey")]
    [InlineData("proxy-authorization", "-ProxyCredential")]
    [InlineData("cf-aig-authorization", "-ApiToken")]
    [InlineData("cf-aig-gateway-id", "-GatewayId")]
    [InlineData("cf-aig-skip-cache", "SkipCache")]
    [InlineData("OpenAI-Organization", "-Organization")]
    [InlineData("OpenAI-Project", "-Project")]
    [InlineData("Host", "frames")]
    [InlineData("Content-Length", "frames")]
    [InlineData("Content-Type", "frames")]
    [InlineData("Transfer-Encoding", "frames")]
    [InlineData("Expect", "frames")]
    [InlineData("X Team", "no header can have")]
    [InlineData("X-Täm", "no header can have")]
    [InlineData("", "no header can have")]
    public void What_frames_the_message_or_has_a_parameter_is_refused(string name, string hint)
    {
        (string, object?)[] variables = [("uri", Server.BaseUri), ("name", name), ("value", Secret)];
        foreach ((string script, string command) in new[]
        {
            ("Connect-GptChat -BaseUri $uri -Header @{ $name = $value }", "ConnectGptChatCommand"),
            ("Connect-GptChat -BaseUri $uri -Model m; Invoke-GptChat 'x' -ExtraHeader @{ $name = $value }", "InvokeGptChatCommand"),
        })
        {
            string message = InvokeError(script, variables).IsKind("InvalidParameter", command).Exception.Message;
            Assert.Contains(hint, message);
            Assert.DoesNotContain(Secret, message);
        }

        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("\"one`r`nX-Other: two\"")]
    [InlineData("'Müller'")]
    [InlineData("''")]
    [InlineData("$null")]
    [InlineData("@{ a = 1 }")]
    public void A_value_that_no_header_can_carry_is_refused_and_not_repeated(string value)
    {
        Connect("");
        string message = InvokeError("Invoke-GptChat 'x' -ExtraHeader @{ 'X-Team' = " + value + " }").IsKind("InvalidParameter").Exception.Message;
        Assert.Contains("X-Team", message);
        Assert.DoesNotContain("Müller", message);
        Assert.DoesNotContain("two", message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_connection_shows_their_names_and_never_their_values()
    {
        Connect("-Header @{ 'X-Team' = 'ops-team-4711'; 'X-Api-Key' = $secret }");
        PSObject connection = InvokeOne("Get-GptConnection");
        Assert.Equal(["X-Api-Key", "X-Team"], ((System.Collections.IEnumerable)connection.Member("HeaderNames")!).Cast<string>().Order());
        string all = PSSerializer.Serialize(connection, 5) + string.Join('\n', connection.Properties.Select(property => property.Name + "=" + property.Value));
        Assert.DoesNotContain("4711", all);
        Assert.DoesNotContain(Secret, all);
    }

    [Fact]
    public void One_that_looks_like_a_secret_is_warned_about_as_plain_text_and_taken_out_of_errors_and_recordings()
    {
        string path = Folder.At("r.jsonl");
        Connect("-Header @{ 'X-Api-Key' = $secret }");
        Server.Enqueue(Reply.Error(400, "Bad header: Basic " + Secret), Reply.Completion("You sent " + Secret), Reply.Error(400, "Bad call-9f31-value"));
        Assert.DoesNotContain(Secret, InvokeError("Invoke-GptChat 'x' -Record $path", ("path", path)).Exception.Message);
        Invoke("Invoke-GptChat $text -Record $path -Verbose -Debug", ("text", "My header is " + Secret));
        Assert.DoesNotContain(Secret, File.ReadAllText(path));
        Outcome outcome = Run("try { Invoke-GptChat 'x' -ExtraHeader @{ 'X-Auth' = 'call-9f31-value' } -Verbose -Debug } catch { $_ }");
        Assert.Contains("plain text", Assert.Single(outcome.Warnings));
        Assert.DoesNotContain("9f31", string.Join('\n', outcome.Warnings.Concat(outcome.Verbose).Concat(outcome.Output.Select(item => item.ToString()))));
    }

    [Fact]
    public void One_that_looks_like_a_secret_crosses_no_network_in_clear()
    {
        InvokeError("Connect-GptChat -BaseUri http://host.example/v1 -Header @{ 'X-Auth' = $secret }", ("secret", ModuleHost.Secure(Secret))).IsKind("InvalidConnection", "ConnectGptChatCommand");
        Invoke("Connect-GptChat -BaseUri http://host.example/v1 -Model m -Header @{ 'X-Team' = 'ops' }");
        InvokeError("Invoke-GptChat 'x' -ExtraHeader @{ 'X-Auth' = $secret }").IsKind("InvalidConnection");
    }

    [Fact]
    public void They_do_not_travel_to_another_process_and_say_so()
    {
        Connect("-Header @{ 'X-Team' = 'ops' }");
        object copy = PSSerializer.Deserialize(PSSerializer.Serialize(InvokeOne("Get-GptConnection")));
        Assert.Contains("headers", InvokeError("Invoke-GptChat 'x' -Connection $copy", ("copy", copy)).IsKind("InvalidConnection").Exception.Message);
    }
}
