using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using Xunit;

namespace GptChat.Tests.Stops;

/// <summary>A host that closes, or a session that ends, in every state of a call.</summary>
public sealed class ClosedRunspaceTests : ModuleTest
{
    public static TheoryData<string> States => [.. StopState.Names];

    [Theory]
    [MemberData(nameof(States))]
    public async Task Closing_the_runspace_ends_it(string state)
    {
        Invoke("$null = Invoke-GptChat 'first'");
        using StopState held = StopState.Create(state, Host);
        using PendingCall call = Host.Begin(held.Script);
        await held.Reached(call).WaitAsync(ModuleHost.Limit);
        await Task.Run(Host.Runspace.Close).WaitAsync(ModuleHost.Limit);

        Outcome outcome = await call.EndAsync();
        Assert.Equal(PSInvocationState.Stopped, call.State);
        Assert.Empty(outcome.Errors);
        Assert.Equal(RunspaceState.Closed, Host.Runspace.RunspaceStateInfo.State);
        Assert.Equal(string.Empty, Host.Screen.Written.Replace("one ", string.Empty).Replace("\n", string.Empty));
        await held.Closed().WaitAsync(ModuleHost.Limit);
        Assert.Empty(UnobservedFailures.Collect());

        await using ModuleHost other = await ModuleHost.StartAsync();
        Assert.Equal("This is the answer of the test server.", Assert.Single(other.Connect().Invoke("Invoke-GptChat 'elsewhere'")).BaseObject);
    }
}
