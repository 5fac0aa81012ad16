using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Sessions;

/// <summary>ForEach-Object -Parallel runs in runspaces of its own.</summary>
public sealed class ParallelTests : ModuleTest
{
    [Fact]
    public void A_connection_passed_with_using_works_there()
    {
        Server.Default = Reply.Echo();
        object[] replies = Invoke(
            "$c = Get-GptConnection; 1..4 | ForEach-Object -Parallel { Import-Module $using:path; (Invoke-GptChat \"n$_\" -Connection $using:c).Response.Content } -ThrottleLimit 2",
            ("path", Repository.Manifest)).Select(reply => reply.BaseObject).Order().ToArray();
        Assert.Equal(["n1", "n2", "n3", "n4"], replies);
        Assert.Empty(Invoke("Get-GptConversation -Current"));
    }

    [Fact]
    public void Without_one_the_error_shows_how()
    {
        string message = (string)InvokeOne(
            "1 | ForEach-Object -Parallel { Import-Module $using:path; try { Invoke-GptChat 'x' } catch { $_.Exception.Message } }", ("path", Repository.Manifest)).BaseObject;
        Assert.Contains("-Connection $using:c", message);
        Assert.Empty(Server.Requests);
    }
}
