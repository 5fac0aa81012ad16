using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Xunit;

namespace GptChat.Tests.Sessions;

/// <summary>The assembly works without its manifest.</summary>
public sealed class BareAssemblyTests
{
    [Fact]
    public async Task The_assembly_alone_connects_asks_and_continues()
    {
        await using ModuleHost host = await ModuleHost.StartAsync(string.Empty);
        host.Invoke("Import-Module $path", ("path", Repository.Assembly));
        host.Connect();
        PSObject reply = host.Invoke("Invoke-GptChat 'one'").Single();
        Assert.Equal(19L, reply.Member("Usage.TotalTokens"));
        host.Invoke("Invoke-GptChat 'two' -Continue");
        Assert.Equal(3, host.Server.Requests[1].Messages().Length);
        host.Invoke("Remove-Module GptChat; Import-Module $path");
        Assert.Empty(host.Invoke("Get-GptConnection"));
    }
}
