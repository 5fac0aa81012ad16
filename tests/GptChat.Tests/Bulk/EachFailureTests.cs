using System;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Bulk;

/// <summary>Items that fail, each for itself or one for all.</summary>
public sealed class EachFailureTests : ModuleTest
{
    /// <summary>Refuses the items whose text says so.</summary>
    private void RefuseBad(Reply refusal) => Server.Respond = request => request.Messages()[^1].Contains("bad", StringComparison.Ordinal) ? refusal : Reply.Echo();

    [Theory]
    [InlineData("'a', 'bad', 'c' | Invoke-GptChat -Each")]
    [InlineData("try { 'a', 'bad', 'c' | Invoke-GptChat -Each } catch { 'not caught' }")]
    [InlineData("'a', 'bad', 'c' | Invoke-GptChat -Each -AsCompleted -ThrottleLimit 1")]
    public void One_that_fails_is_an_error_and_the_rest_goes_on(string script)
    {
        RefuseBad(Reply.Error(400, "No."));
        Outcome outcome = Host.Run(script);
        Assert.Null(outcome.Failure);
        Assert.Equal(["a", "c"], outcome.Output.Select(reply => reply.ToString()));
        ErrorRecord error = Assert.Single(outcome.Errors).IsKind("BadRequest");
        Assert.Equal("bad", error.TargetObject.ToString());
    }

    [Fact]
    public void An_item_that_cannot_be_sent_is_an_error_of_its_own()
    {
        string binary = Folder.Write("b.bin", [1, 0, 2, 0, 0]);
        Outcome outcome = Host.Run("'a', [System.IO.FileInfo]$path, '', [System.IO.DirectoryInfo]'/', (New-GptConversation c), 'z' | Invoke-GptChat 'Q' -Each", ("path", binary));
        Assert.Equal(2, outcome.Output.Count);
        Assert.Equal(["FileNotReadable", "InvalidInput", "InvalidInput", "InvalidInput"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0][8..]));
        Assert.Equal(binary, outcome.Errors[0].TargetObject.ToString());
    }

    [Fact]
    public void The_error_variable_has_them_and_silence_is_silent()
    {
        RefuseBad(Reply.Error(400, "No."));
        Outcome outcome = Run("'bad', 'a', 'bad' | Invoke-GptChat -Each -ErrorAction SilentlyContinue -ErrorVariable e; $e.Count");
        Assert.Equal(["a", "2"], outcome.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Whoever_wants_to_stop_at_the_first_stops_there()
    {
        RefuseBad(Reply.Error(400, "No."));
        ErrorRecord error = InvokeError("'a', 'bad', 'c', 'd', 'e' | Invoke-GptChat -Each -ThrottleLimit 1 -ErrorAction Stop");
        Assert.Equal("bad", error.TargetObject.ToString());
        Assert.Equal(2, Server.Requests.Count);
    }

    [Theory]
    [InlineData(401, "invalid_api_key", "Authentication")]
    [InlineData(404, "model_not_found", "ModelNotFound")]
    [InlineData(429, "insufficient_quota", "QuotaExceeded")]
    [InlineData(400, "unsupported_parameter", "UnsupportedParameter")]
    public void What_would_hit_every_item_ends_the_pipeline_with_one_error(int status, string code, string kind)
    {
        RefuseBad(Reply.Error(status, "No.", null, code));
        Caught("$(1..3; 'bad'; 5..1000) | Invoke-GptChat -Each -ThrottleLimit 1", out string[] answers).IsKind(kind);
        Assert.Equal(["1", "2", "3"], answers);
        Assert.Equal(4, Server.Requests.Count);
    }

    [Fact]
    public void Answers_that_had_come_before_such_an_end_are_output()
    {
        // The second is under way when the first fails for all; it was paid for.
        System.Threading.Tasks.TaskCompletionSource failing = new();
        int asked = 0;
        Server.Respond = request =>
        {
            if (request.Messages()[^1] == "user: bad") return Reply.Error(401, "No.").GateHeaders(failing.Task);
            if (System.Threading.Interlocked.Increment(ref asked) == 2) failing.SetResult();
            return Reply.Echo();
        };
        Caught("'bad', 'a', 'b' | Invoke-GptChat -Each -ThrottleLimit 3", out string[] answers).IsKind("Authentication");
        Assert.InRange(answers.Length, 1, 2);
        Assert.All(answers, answer => Assert.Contains(answer, new[] { "a", "b" }));
    }

    [Fact]
    public void Without_a_connection_nothing_is_read()
    {
        Invoke("Disconnect-GptChat *; $global:read = 0");
        Caught("1..5 | ForEach-Object { $global:read++; $_ } | Invoke-GptChat -Each", out _).IsKind("NoConnection");
        Assert.Equal(0, InvokeOne("$global:read").BaseObject);
    }

    [Fact]
    public void A_server_that_nobody_has_started_is_told_once()
    {
        Invoke("Connect-GptChat -BaseUri 'http://127.0.0.1:9/v1' -Model m");
        Caught("1..50 | Invoke-GptChat -Each", out string[] answers).IsKind("ConnectFailed");
        Assert.Empty(answers);
    }

    [Fact]
    public void A_cut_answer_is_warned_about_by_its_number()
    {
        Server.Default = Reply.Completion("cut").WithFinishReason("length");
        Assert.StartsWith("Item 1: The answer is cut off", Run("1, 2 | Invoke-GptChat -Each").Warnings[1]);
    }

    /// <summary>The error that ended a pipeline, the only one, and what it had output by then.</summary>
    private ErrorRecord Caught(string pipeline, out string[] answers)
    {
        Outcome outcome = Run("$answers = [System.Collections.Generic.List[string]]::new(); try { " + pipeline + " | ForEach-Object { $answers.Add(\"$_\") } } catch { $_ }; $answers");
        answers = outcome.Output.Skip(1).Select(answer => answer.ToString()).ToArray();
        return Assert.IsType<ErrorRecord>(outcome.Output[0].BaseObject);
    }
}
