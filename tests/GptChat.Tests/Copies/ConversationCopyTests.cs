using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Copies;

/// <summary>A conversation that comes back from a job, remoting or Clixml goes on.</summary>
public sealed class ConversationCopyTests : ModuleTest
{
    private const string Answer = "This is the answer of the test server.";

    [Theory]
    [InlineData("Send-Abroad", "$it | Invoke-GptChat 'two'")]
    [InlineData("Send-Abroad", "Invoke-GptChat 'two' -Conversation $it")]
    [InlineData("Send-Abroad -Unloaded", "$it | Invoke-GptChat 'two'")]
    [InlineData("Send-Abroad -Unloaded", "Invoke-GptChat 'two' -Conversation $it")]
    public void It_goes_on_turn_after_turn(string way, string script)
    {
        Invoke("$c = New-GptConversation trip -System 'Be brief.' -Model special; $null = Invoke-GptChat 'one' -Conversation trip; $it = $c | " + way + "; $null = " + script + "; " + script.Replace("two", "three", System.StringComparison.Ordinal));
        Assert.Equal(["system: Be brief.", "user: one", "assistant: " + Answer, "user: two", "assistant: " + Answer, "user: three"], Server.Requests[2].Messages());
        Assert.Equal("special", Server.Requests[2].Model());
        Assert.Equal(3, InvokeOne("$c.Messages.Count").BaseObject);
    }

    [Fact]
    public void It_shows_all_that_it_showed()
    {
        PSObject[] both = [.. Invoke("$c = New-GptConversation trip -System 'Be brief.'; $null = Invoke-GptChat 'one' -Conversation trip; $null = Invoke-GptChat 'two' -Conversation trip; $c; $c | Send-Abroad")];
        Assert.Equal("GptChat.GptConversation", both[1].BaseObject.GetType().FullName);
        Assert.Equal(PublicState.Of(both[0]), PublicState.Of(both[1]));
    }

    [Fact]
    public async Task It_goes_on_at_the_connection_of_the_same_name_with_the_key_that_is_there()
    {
        await using ChatServer other = await Host.StartServerAsync();
        Invoke(
            "Connect-GptChat -BaseUri $here -Name home -Model m1 -ApiKey $old; $it = Invoke-GptChat 'one' | Send-Abroad; Connect-GptChat -BaseUri $here -Name home -Model m2 -ApiKey $new; Connect-GptChat -BaseUri $other -Name other -Model m3; Invoke-GptChat 'two' -Conversation $it",
            ("here", Server.BaseUri),
            ("other", other.BaseUri),
            ("old", ModuleHost.Secure("sk-old-key-123")),
            ("new", ModuleHost.Secure("sk-new-key-456")));
        Assert.Empty(other.Requests);
        Assert.Equal("Bearer sk-new-key-456", Server.Requests[1].Headers["Authorization"]);
        Assert.Equal("m1", Server.Requests[1].Model());
    }

    [Fact]
    public async Task Where_there_is_no_such_connection_the_default_takes_it_with_its_own_model()
    {
        await using ChatServer other = await Host.StartServerAsync();
        Invoke("Connect-GptChat -BaseUri $uri -Name home -Model m1; $it = Invoke-GptChat 'one' | Send-Abroad; Disconnect-GptChat home; Connect-GptChat -BaseUri $other -Name other -Model m3; Invoke-GptChat 'two' -Conversation $it", ("uri", Server.BaseUri), ("other", other.BaseUri));
        Assert.Equal("m3", Assert.Single(other.Requests).Model());
    }

    [Fact]
    public void A_second_one_in_the_pipeline_is_still_an_error()
    {
        InvokeError("$it = (New-GptConversation a), (New-GptConversation b) | Send-Abroad -Unloaded; $it | Invoke-GptChat 'x'").IsKind("InvalidInput");
        InvokeError("$it = New-GptConversation c | Send-Abroad -Unloaded; Invoke-GptChat $it").IsKind("InvalidParameter");
        Assert.Empty(Server.Requests);
    }
}
