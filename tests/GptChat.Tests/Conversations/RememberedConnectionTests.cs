using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Conversations;

/// <summary>A conversation goes on where it was.</summary>
public sealed class RememberedConnectionTests : ModuleTest
{
    [Fact]
    public async Task The_connection_is_remembered_though_another_one_is_the_default_now()
    {
        await using ChatServer other = await Host.StartServerAsync();
        Invoke("$null = Invoke-GptChat 'one'; Connect-GptChat -BaseUri $uri -Model other -Name other; Invoke-GptChat 'two' -Continue", ("uri", other.BaseUri));
        Assert.Equal(2, Server.Requests.Count);
        Assert.Empty(other.Requests);
        Invoke("Invoke-GptChat 'three' -Continue -Connection other; Invoke-GptChat 'four' -Continue");
        Assert.Equal(2, other.Requests.Count);
        Assert.Equal("other", other.Requests[1].Model());
        Assert.Equal(7, other.Requests[1].Messages().Length);
    }

    [Fact]
    public async Task After_a_disconnect_the_next_turn_looks_for_another()
    {
        await using ChatServer other = await Host.StartServerAsync();
        Invoke("$null = Invoke-GptChat 'one'; Disconnect-GptChat; Connect-GptChat -BaseUri $uri -Model other; Invoke-GptChat 'two' -Continue", ("uri", other.BaseUri));
        Assert.Equal(["user: one", "assistant: This is the answer of the test server.", "user: two"], Assert.Single(other.Requests).Messages());
        Assert.Equal("other", other.Requests[0].Model());
    }

    [Fact]
    public void A_connection_that_was_replaced_is_used_no_more()
    {
        Invoke(
            "$null = Invoke-GptChat 'one' -Model special; Connect-GptChat -Provider Cloudflare -BaseUri $uri -ApiKey $key; Invoke-GptChat 'two' -Continue",
            ("uri", Server.BaseUri),
            ("key", ModuleHost.Secure("sk-the-new-key")));
        Assert.Equal("Bearer sk-the-new-key", Server.Requests[1].Headers["Authorization"]);
        Assert.Equal("special", Server.Requests[1].Model());
    }
}
