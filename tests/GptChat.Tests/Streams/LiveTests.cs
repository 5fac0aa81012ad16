using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Streams;

/// <summary><c>-Live</c> shows an answer as it arrives.</summary>
public sealed class LiveTests : ModuleTest
{
    [Fact]
    public void The_text_goes_to_the_host_and_nothing_into_the_pipeline()
    {
        Server.Enqueue(Reply.Stream("one two"));
        Outcome outcome = Run("Invoke-GptChat 'x' -Live");
        Assert.Empty(outcome.Output);
        Assert.Equal("one two\n", Shown(outcome));
        Assert.All(outcome.Information, record => Assert.Contains("PSHOST", record.Tags));
        Assert.Equal("one two\n", Host.Screen.Written);
    }

    [Fact]
    public async Task Each_piece_is_shown_when_it_arrives()
    {
        var gate = new TaskCompletionSource();
        Server.Enqueue(Reply.Stream(["one ", "two"]).Gate(Offset.Events(2), gate.Task));
        using PendingCall call = Host.Begin("Invoke-GptChat 'x' -Live");
        await call.FirstInformation;
        gate.SetResult();
        Assert.Equal("one two\n", Shown((await call.EndAsync()).RequireSuccess()));
    }

    [Fact]
    public void With_PassThru_the_reply_follows()
    {
        Server.Enqueue(Reply.Stream("one two"));
        Outcome outcome = Run("Invoke-GptChat 'x' -Live -PassThru");
        PSObject reply = Assert.Single(outcome.Output);
        Assert.Equal("one two", reply.BaseObject);
        Assert.Equal("GptChat.Reply", reply.TypeNames[1]);
        Assert.Equal("one two\n", Shown(outcome));
    }

    [Fact]
    public void The_information_stream_can_be_silenced()
    {
        Server.Enqueue(Reply.Stream("one two"));
        Outcome outcome = Run("Invoke-GptChat 'x' -Live 6>$null");
        Assert.Empty(outcome.Output);
        Assert.Equal(string.Empty, Host.Screen.Written);
    }

    [Fact]
    public void The_text_can_be_had_in_an_information_variable()
    {
        Server.Enqueue(Reply.Stream("one two"));
        Assert.Equal("one two", InvokeOne("Invoke-GptChat 'x' -Live -InformationVariable shown; $shown -join ''").BaseObject);
    }

    [Fact]
    public void A_line_that_is_open_when_the_answer_fails_is_ended()
    {
        Server.Enqueue(Reply.Stream(["one ", "two"]).TruncateAfter(Offset.Events(2)));
        Outcome outcome = Run("try { Invoke-GptChat 'x' -Live } catch { 'caught' }");
        Assert.Equal("caught", Assert.Single(outcome.Output).BaseObject);
        Assert.Equal("one \n", Shown(outcome));
    }

    [Fact]
    public void An_answer_that_ends_its_own_line_gets_no_second_end()
    {
        Server.Enqueue(Reply.Stream(["one\n"]));
        Assert.Equal("one\n", Shown(Run("Invoke-GptChat 'x' -Live")));
    }

    private static string Shown(Outcome outcome)
    {
        IEnumerable<HostInformationMessage> messages = outcome.Information.Select(record => Assert.IsType<HostInformationMessage>(record.MessageData));
        return string.Concat(messages.Select(message => message.Message + (message.NoNewLine == true ? string.Empty : "\n")));
    }
}
