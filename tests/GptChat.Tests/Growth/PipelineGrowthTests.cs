using System;
using System.Globalization;
using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Growth;

/// <summary>Work through the pipeline costs what it is, counted on the pipeline's own thread.</summary>
public sealed class PipelineGrowthTests : GrowthTest
{
    [Theory]
    [InlineData("-Each -ThrottleLimit 8")]
    [InlineData("-Each -AsCompleted -ThrottleLimit 8")]
    [InlineData("-Each -BatchSize 2")]
    public void Items(string how) => IsLinear(20, size => "1.." + size + " | Invoke-GptChat 'Q' " + how);

    [Theory]
    [InlineData("'A line of a log, as long as they are.'")]
    [InlineData("7")]
    [InlineData("@{ Name = 'a'; Size = 3 }")]
    [InlineData("[pscustomobject] @{ Name = 'a'; Size = 3 }")]
    [InlineData("(New-GptMessage 'a')")]
    public void What_is_piped_into_one_request(string item) => IsLinear(100, size => "$item = " + item + "; & { for ($i = 0; $i -lt " + size + "; $i++) { , $item } } | Invoke-GptChat 'Q'");

    [Theory]
    [InlineData("")]
    [InlineData(" -System 'You are terse.'")]
    public void Turns(string how) => IsLinear(5, size => "$question = 'What follows? ' * 100; Invoke-GptChat 'Q'; for ($i = 0; $i -lt " + size + "; $i++) { Invoke-GptChat $question -Continue" + how + " }");

    [Theory]
    [InlineData("-Stream")]
    [InlineData("-Live")]
    public void Pieces_of_a_stream(string how) => IsLinear(100, size =>
    {
        Server.Default = Reply.Stream(Enumerable.Repeat(" word", size));
        return "Invoke-GptChat 'Q' " + how + " 6> $null";
    });

    [Fact]
    public void Elements_of_a_list() => IsLinear(50, size =>
    {
        Server.Default = Reply.Stream(["{\"items\":[0", .. Enumerable.Range(1, size - 1).Select(i => "," + i.ToString(CultureInfo.InvariantCulture)), "]}"]);
        return "Invoke-GptChat 'Q' -As 'int[]' -Stream";
    });

    private void IsLinear(int start, Func<int, string> script) => Counting.Cost.IsLinear(start, size => (long)Host.Invoke(
        "$before = [GC]::GetAllocatedBytesForCurrentThread(); $null = & { " + script(size) + " }; [GC]::GetAllocatedBytesForCurrentThread() - $before").Single().BaseObject);
}
