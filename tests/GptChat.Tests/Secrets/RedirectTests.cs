using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Secrets;

/// <summary>Whatever a server points to, nothing is sent there: no request, no connection, no credentials.</summary>
public sealed class RedirectTests : SecretTest
{
    public static TheoryData<string, int> Redirects
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string provider in new[] { "Cloudflare", "AzureOpenAI", "Compatible" })
            {
                foreach (int status in new[] { 300, 301, 302, 303, 307, 308 }) data.Add(provider, status);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task To_another_port(string provider, int status)
    {
        await using ChatServer other = await ChatServer.StartAsync();
        await IsRefused(provider, Reply.Redirect(status, other.BaseUri + "/chat/completions"), other, other.BaseUri.Authority);
    }

    [Theory]
    [InlineData("http://localhost:PORT/v1/chat/completions")]
    [InlineData("https://127.0.0.1:PORT/v1/chat/completions")]
    [InlineData("//127.0.0.1:PORT/v1/chat/completions")]
    [InlineData("http://me:pass@127.0.0.1:PORT/")]
    [InlineData("HTTP://127.0.0.1:PORT")]
    public async Task To_another_host_or_scheme(string location)
    {
        await using ChatServer other = await ChatServer.StartAsync();
        string place = location.Replace("PORT", other.BaseUri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await IsRefused("AzureOpenAI", Reply.Redirect(307, place), other, other.BaseUri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("/v1/elsewhere")]
    [InlineData("?again=1")]
    [InlineData("")]
    [InlineData("nowhere")]
    public async Task To_the_same_server(string location)
    {
        await using ChatServer other = await ChatServer.StartAsync();
        await IsRefused("Compatible", Reply.Redirect(308, location), other, location);
    }

    [Theory]
    [InlineData("Refresh", "0; url=PLACE")]
    [InlineData("Link", "<PLACE>; rel=preload")]
    [InlineData("Content-Location", "PLACE")]
    [InlineData("Alt-Svc", "http/1.1=\":PORT\"")]
    [InlineData("Set-Cookie", "id=1; Domain=127.0.0.1")]
    public async Task Other_headers_lead_nowhere_either(string name, string value)
    {
        await using ChatServer other = await ChatServer.StartAsync();
        string place = value.Replace("PLACE", other.BaseUri.AbsoluteUri).Replace("PORT", other.BaseUri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Connect();
        Server.Enqueue(Reply.Completion("one").WithHeader(name, place), Reply.Completion("two"));
        Assert.Equal("one", InvokeOne("Invoke-GptChat 'x'").BaseObject);
        Assert.Equal("two", InvokeOne("Invoke-GptChat 'x'").BaseObject);
        Assert.DoesNotContain("Cookie", Server.Requests[1].Headers.Keys);
        Assert.Equal(0, other.ConnectionCount);
        WasSent(2);
    }

    [Fact]
    public async Task A_server_that_wants_other_credentials_gets_none()
    {
        Connect();
        foreach (string scheme in new[] { "Basic realm=x", "Negotiate", "NTLM", "Digest realm=x, nonce=y" }) Server.Enqueue(Reply.Error(401, "Who are you?").WithHeader("WWW-Authenticate", scheme));
        for (int i = 0; i < 4; i++) InvokeError("Invoke-GptChat 'x'").IsKind("Authentication");
        WasSent(4);
        Assert.All(Server.Requests, request => Assert.Equal("Bearer " + Marker.Key, request.Headers["Authorization"]));
        await Server.Requests[3].Completed.WaitAsync(ModuleHost.Limit);
    }

    [Fact]
    public void A_key_is_not_sent_in_clear_to_another_machine()
    {
        InvokeError("Connect-GptChat -BaseUri http://192.0.2.1/v1 -ApiKey $key -Model m", ("key", ModuleHost.Secure(Marker.Key))).IsKind("InvalidConnection", "ConnectGptChatCommand");
        InvokeError("Invoke-GptChat 'x'").IsKind("NoConnection");
    }

    [Fact]
    public async Task A_connection_that_was_replaced_takes_its_key_with_it()
    {
        await using ChatServer other = await ChatServer.StartAsync();
        Connect();
        Invoke("$null = Invoke-GptChat 'x'; Connect-GptChat -Name Cloudflare -BaseUri $uri -Model m; $null = Invoke-GptChat 'y' -Continue", ("uri", other.BaseUri.AbsoluteUri));
        WasSent();
        Assert.DoesNotContain("Authorization", Assert.Single(other.Requests).Headers.Keys);
    }

    private async Task IsRefused(string provider, Reply redirect, ChatServer other, string words)
    {
        Invoke(Connect(provider), ("uri", Server.BaseUri.AbsoluteUri), ("key", ModuleHost.Secure(Marker.Key)));
        Server.Enqueue(redirect);
        ErrorRecord error = InvokeError("Invoke-GptChat 'x'").IsKind("RedirectRefused");
        Assert.Equal(ErrorCategory.SecurityError, error.CategoryInfo.Category);
        Assert.Contains(words, error.Exception.Message);
        Assert.Contains("-BaseUri", error.Exception.Message);
        WasSent();
        Assert.Equal(provider == "AzureOpenAI", Server.Requests[0].Headers.ContainsKey("api-key"));
        Assert.Equal(provider != "AzureOpenAI", Server.Requests[0].Headers.ContainsKey("Authorization"));

        // Whatever was to come has come when the other server has answered somebody else.
        await using ModuleHost somebody = await ModuleHost.StartAsync();
        somebody.Invoke("Connect-GptChat -BaseUri $uri -Model m; Invoke-GptChat 'x'", ("uri", other.BaseUri.AbsoluteUri));
        Assert.Equal(1, other.ConnectionCount);
        Assert.Equal(["user: x"], Assert.Single(other.Requests).Messages());
        Assert.Equal("This is the answer of the test server.", InvokeOne("Invoke-GptChat 'again'").BaseObject);
    }
}
