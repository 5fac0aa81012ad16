using System;
using System.Text;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Connections;

/// <summary>Through a proxy.</summary>
public sealed class ProxyTests : ModuleTest
{
    private protected override bool IsConnected => false;

    private string Proxy => Server.BaseUri.GetLeftPart(UriPartial.Authority);

    [Fact]
    public void A_request_goes_through_it_and_the_connection_shows_it()
    {
        Invoke("Connect-GptChat -BaseUri http://model.invalid/v1 -Model m -Proxy $proxy; Invoke-GptChat 'x'", ("proxy", Proxy));
        Assert.Equal("http://model.invalid/v1/chat/completions", Request.Path);
        Assert.Equal(new Uri(Proxy), InvokeOne("(Get-GptConnection).Proxy").BaseObject);
    }

    [Fact]
    public void It_gets_the_name_and_the_password_that_it_asks_for()
    {
        Server.Enqueue(Reply.Raw(407, "text/plain", "Who?").WithHeader("Proxy-Authenticate", "Basic realm=\"p\""));
        Invoke("Connect-GptChat -BaseUri http://model.invalid/v1 -Model m -Proxy $proxy -ProxyCredential ([pscredential]::new('me', $password)); Invoke-GptChat 'x'", ("proxy", Proxy), ("password", ModuleHost.Secure("pw-1234")));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:pw-1234")), Server.Requests[1].Headers["Proxy-Authorization"]);
    }

    [Fact]
    public void One_that_wants_a_password_and_gets_none_is_not_taken_for_the_server()
    {
        Server.Enqueue(Reply.Raw(407, "text/plain", "Who?").WithHeader("Proxy-Authenticate", "Basic realm=\"p\""));
        Invoke("Connect-GptChat -BaseUri http://model.invalid/v1 -Model m -Proxy $proxy", ("proxy", Proxy));
        Assert.Contains("-ProxyCredential", InvokeError("Invoke-GptChat 'x'").IsKind("Authentication").Exception.Message);
    }

    [Fact]
    public void One_that_repeats_the_password_is_not_repeated()
    {
        string pair = Convert.ToBase64String(Encoding.UTF8.GetBytes("me:proxy-word-1234"));
        Server.Default = Reply.Raw(403, "text/plain", "Not you, Basic " + pair + " or proxy-word-1234");
        Invoke("Connect-GptChat -BaseUri http://model.invalid/v1 -Model m -Proxy $proxy -ProxyCredential ([pscredential]::new('me', $password))", ("proxy", Proxy), ("password", ModuleHost.Secure("proxy-word-1234")));
        string message = InvokeError("Invoke-GptChat 'x' -Record $path", ("path", Folder.At("r.jsonl"))).Exception.Message;
        foreach (string said in new[] { message, System.IO.File.ReadAllText(Folder.At("r.jsonl")) })
        {
            Assert.DoesNotContain("proxy-word", said);
            Assert.DoesNotContain(pair[8..], said);
        }
    }

    [Fact]
    public void One_that_nobody_has_started_is_named()
    {
        Invoke("Connect-GptChat -BaseUri http://model.invalid/v1 -Model m -Proxy http://127.0.0.1:9");
        Assert.Contains("the proxy 127.0.0.1:9", InvokeError("Invoke-GptChat 'x'").IsKind("ConnectFailed").Exception.Message);
    }

    [Fact]
    public void Connections_with_the_same_settings_share_open_connections_and_others_do_not()
    {
        string script = "'a', 'b' | ForEach-Object { Connect-GptChat -BaseUri http://model.invalid/v1 -Model m -Name $_ -Proxy $proxy -ProxyCredential ([pscredential]::new('me', $password)); Invoke-GptChat 'x' }";
        Invoke(script, ("proxy", Proxy), ("password", ModuleHost.Secure("one")));
        Assert.Equal(1, Server.ConnectionCount);
        Invoke(script, ("proxy", Proxy), ("password", ModuleHost.Secure("two")));
        Assert.Equal(2, Server.ConnectionCount);
    }
}
