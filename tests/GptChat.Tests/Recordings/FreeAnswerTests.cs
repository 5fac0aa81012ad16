using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Recordings;

/// <summary>What a file answers costs nothing, uses nothing and needs no budget; what it does not hold does.</summary>
public sealed class FreeAnswerTests : ModuleTest
{
    private string Path => Folder.At("f.jsonl");

    private long Requests => (long)(InvokeOne("$sum = 0L; Get-GptUsage | ForEach-Object { $sum += $_.Requests }; $sum").BaseObject);

    [Theory]
    [InlineData("-Cache")]
    [InlineData("-ReplayOrRecord")]
    public void The_second_run_is_free_whatever_is_left_of_a_budget(string parameter)
    {
        Server.Default = Reply.AsAsked("An answer.");
        string script = "1..3 | Invoke-GptChat 'x' -Each " + parameter + " $path -MaxCompletionTokens 100 ";
        Assert.True((decimal)Invoke(script, ("path", Path))[0].Member("Response.Cost")! > 0);
        Assert.Equal(3, Requests);
        Invoke("Reset-GptRecording");
        Assert.All(Invoke(script + "-MaxCost 0 -MaxTotalTokens 1"), reply => Assert.Equal(0m, reply.Member("Response.Cost")));
        Assert.Equal(3, Requests);
        Invoke("Reset-GptRecording");
        InvokeError("1..4 | Invoke-GptChat 'x' -Each " + parameter + " $path -MaxCompletionTokens 100 -MaxCost 0").IsKind("BudgetExceeded");
        Assert.Equal(3, Server.Requests.Count);
    }

    [Fact]
    public void An_answer_of_a_file_that_is_left_or_fails_counts_for_nothing()
    {
        Server.Enqueue(Reply.Error(400, "No."), Reply.Stream("a b c"));
        Host.Run("Invoke-GptChat 'bad' -Record $path; $null = Invoke-GptChat 'good' -Stream -Cache $cache; Clear-GptUsage", ("path", Path), ("cache", Folder.At("c.jsonl")));
        InvokeError("Invoke-GptChat 'bad' -ReplayOrRecord $path").IsKind("BadRequest");
        Assert.Equal("a", string.Concat(Invoke("Invoke-GptChat 'good' -Stream -Cache $cache | Select-First").Select(chunk => chunk.ToString())).Trim());
        Assert.Equal(0, Requests);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Theory]
    [InlineData("-Cache f.jsonl")]
    [InlineData("-ReplayOrRecord f.jsonl")]
    public void A_job_uses_the_file_of_the_callers_location(string parameter)
    {
        Server.Default = Reply.Echo();
        const string Go = "$null = $ExecutionContext.SessionState.Path.SetLocation($folder); ";
        string script = Go + "Reset-GptRecording; 1..2 | Invoke-GptChat -Each " + parameter + " -AsJob | Receive-Job -Wait -ErrorAction Stop";
        for (int run = 0; run < 2; run++) Assert.Equal(["1", "2"], Invoke(script, ("folder", Folder.Path)).Select(reply => reply.ToString()));
        Assert.Equal("1", InvokeOne(Go + "Reset-GptRecording; '1' | Invoke-GptChat " + parameter + " -AsJob | Receive-Job -Wait -ErrorAction Stop").ToString());
        Assert.Equal(2, Server.Requests.Count);
        Assert.Equal(2, System.IO.File.ReadAllLines(Path).Length);
    }

    [Fact]
    public void A_job_uses_the_recording_of_its_connection()
    {
        Server.Default = Reply.Echo();
        Invoke("Connect-GptChat -BaseUri $uri -Model m -Name kept -ReplayOrRecord $path", ("uri", Server.BaseUri), ("path", Path));
        for (int run = 0; run < 2; run++) Invoke("Reset-GptRecording; $null = 'x' | Invoke-GptChat -Connection kept -AsJob | Receive-Job -Wait -ErrorAction Stop");
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void A_copy_still_tells_where_the_answer_came_from()
    {
        Invoke("$first = Invoke-GptChat 'x' -Cache $path | Send-Abroad; $second = Invoke-GptChat 'x' -Cache $path | Send-Abroad", ("path", Path));
        Assert.Equal([false, true], Invoke("$first.Response.FromCache; $second.Response.FromCache").Select(item => (bool)item.BaseObject));
        Assert.Equal([true, true], Invoke("$first.Response.Cost -gt 0; $second.Response.Cost -eq 0").Select(item => (bool)item.BaseObject));
        Assert.NotNull(InvokeOne("$first").Member("Response.Transfer.FirstByte"));
    }
}
