using System;
using System.IO;
using Xunit;

namespace GptChat.Tests.Growth;

/// <summary>
/// Files that grow with the number of answers cost as much for the last as for the first. What is counted is that of the whole process, since
/// they are written by whichever thread an answer comes on: nothing else may run.
/// </summary>
[Collection(SerialTests.Name)]
public sealed class FileGrowthTests : GrowthTest
{
    [Theory]
    [InlineData("-Record")]
    [InlineData("-Journal")]
    [InlineData("-Cache")]
    public void What_is_kept_of_each_answer(string how) => Counting.Cost.IsLinear(20, size =>
    {
        string file = Host.Folder.At(Guid.NewGuid().ToString("N") + ".jsonl");
        long cost = Spent("1.." + size + " | Invoke-GptChat 'Q' -Each " + how + " $file", file);
        Assert.InRange(File.ReadAllLines(file).Length, size, size + 1);
        return cost;
    });

    [Theory]
    [InlineData("-Record", "-Replay")]
    [InlineData("-Journal", "-Journal")]
    [InlineData("-Cache", "-Cache")]
    public void What_is_answered_from_it(string kept, string how) => Counting.Cost.IsLinear(20, size =>
    {
        string file = Host.Folder.At(size + kept + ".jsonl");
        if (!File.Exists(file)) Spent("1.." + size + " | Invoke-GptChat 'Q' -Each " + kept + " $file", file);
        return Spent("1.." + size + " | Invoke-GptChat 'Q' -Each " + how + " $file", file);
    });

    private long Spent(string script, string file)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Host.Invoke("$null = " + script, ("file", file));
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
