using System;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>An answer was paid for: that its copy cannot be written is told, and the answer is kept.</summary>
public sealed class FullDiskTests : ModuleTest
{
    private static readonly (string, object?) Full = ("full", FullDeviceTheoryAttribute.Path);

    [FullDeviceTheory]
    [InlineData("")]
    [InlineData("-Stream")]
    [InlineData("-Live -PassThru")]
    public void The_answer_comes_out_and_an_error_with_it(string mode)
    {
        Server.Default = Reply.AsAsked("Paid for.");
        Outcome outcome = Host.Run("$answer = Invoke-GptChat 'x' -Record $full " + mode, Full);
        Assert.Null(outcome.Failure);
        ErrorRecord error = Assert.Single(outcome.Errors).IsKind("RecordingNotUsable");
        Assert.Equal("Paid for.", error.Fact("Response.Content"));
        Assert.Equal("Paid for.", InvokeOne("-join $answer").BaseObject);
        Assert.Equal(2, InvokeOne("(Get-GptConversation -Current).Messages.Count").BaseObject);
    }

    [FullDeviceTheory]
    [InlineData("")]
    [InlineData("-Stream")]
    public void Where_errors_stop_the_error_carries_the_answer(string mode)
    {
        Server.Default = Reply.AsAsked("Paid for.");
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -Record $full -ErrorAction Stop " + mode, Full).IsKind("RecordingNotUsable");
        Assert.Equal("Paid for.", error.Fact("Response.Content"));
        Assert.Equal(2, InvokeOne("(Get-GptConversation -Current).Messages.Count").BaseObject);
    }

    [FullDeviceTheory]
    [InlineData("Invoke-GptChat 'x' -Record $full")]
    [InlineData("Invoke-GptChat 'x' -Record $full -Stream")]
    public void Beside_a_failure_it_is_a_warning(string script)
    {
        Server.Default = Reply.Error(400, "No.");
        Outcome outcome = Run("try { " + script + " } catch { $_ }", Full);
        ((ErrorRecord)Assert.Single(outcome.Output).BaseObject).IsKind("BadRequest");
        Assert.Contains("the recording cannot be written", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }
}
