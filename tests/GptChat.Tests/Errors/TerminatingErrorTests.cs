using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Errors;

/// <summary>A failed call throws as Invoke-RestMethod does, whatever the preferences.</summary>
public sealed class TerminatingErrorTests : ModuleTest
{
    [Theory]
    [InlineData("")]
    [InlineData("$ErrorActionPreference = 'SilentlyContinue'; ")]
    [InlineData("$ErrorActionPreference = 'Ignore'; ")]
    [InlineData("$ErrorActionPreference = 'Stop'; ")]
    public void Try_catches_it(string preference)
    {
        Server.Enqueue(Reply.Error(400, "No."));
        Assert.Equal("caught", InvokeOne(preference + "try { Invoke-GptChat 'x'; 'went on' } catch { 'caught' }").BaseObject);
    }

    [Fact]
    public void It_can_be_caught_by_its_type_and_looked_into()
    {
        Server.Enqueue(Reply.Error(400, "No.", code: "odd"));
        Assert.Equal("400 odd", InvokeOne("try { Invoke-GptChat 'x' } catch [GptChat.GptChatException] { \"$($_.Exception.StatusCode) $($_.Exception.Code)\" }").BaseObject);
    }

    [Fact]
    public void Without_try_the_statement_ends_and_the_script_goes_on()
    {
        Server.Enqueue(Reply.Error(400, "No."));
        Outcome outcome = Host.Run("$r = Invoke-GptChat 'x'; 'next'");
        Assert.Equal("next", outcome.Output.Single().BaseObject);
        Assert.Single(outcome.Errors).IsKind("BadRequest");
    }

    [Fact]
    public void It_stands_in_Error_once()
    {
        Server.Enqueue(Reply.Error(400, "No."));
        Assert.Equal(1, InvokeOne("try { Invoke-GptChat 'x' } catch { }; $Error.Count").BaseObject);
    }

    [Fact]
    public void A_failed_call_does_no_harm_to_the_next()
    {
        Server.Enqueue(Reply.Error(400, "No."), Reply.Stream("one").TruncateAfter(Offset.Events(1)));
        InvokeError("Invoke-GptChat 'x'");
        InvokeError("Invoke-GptChat 'x' -Stream");
        Assert.Equal("This is the answer of the test server.", InvokeOne("Invoke-GptChat 'x'").BaseObject);
    }

    [Fact]
    public void What_was_named_is_the_target()
    {
        Assert.Equal("gone", InvokeError("Invoke-GptChat 'x' -Connection gone").TargetObject);
        Assert.Equal("gone", InvokeError("Invoke-GptChat 'x' -Conversation gone").TargetObject);
        Assert.Equal("/no/such/file", InvokeError("Invoke-GptChat 'x' -LiteralPath /no/such/file").TargetObject);
    }

    [Fact]
    public void The_message_is_one_paragraph()
    {
        Server.Enqueue(Reply.Error(400, "First line"));
        Assert.DoesNotContain('\n', InvokeError("Invoke-GptChat 'x'").Exception.Message);
        Assert.IsNotType<ParameterBindingException>(InvokeError("Invoke-GptChat ''").Exception);
    }
}
