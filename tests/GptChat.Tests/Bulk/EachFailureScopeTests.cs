using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Bulk;

/// <summary>What a failure is about: an item, a part of one, or all input.</summary>
public sealed class EachFailureScopeTests : ModuleTest
{
    private const string Layout = "$layout = [pscustomobject]@{}; $layout.PSTypeNames.Insert(0, 'Deserialized.Microsoft.PowerShell.Commands.Internal.Format.FormatEntryData'); ";

    [Theory]
    [InlineData("")]
    [InlineData("-AsJob")]
    public void Layout_is_one_error_of_the_call_and_no_more_is_read(string more)
    {
        ErrorRecord error = InvokeError(Layout + "$global:read = 0; 1..50 | ForEach-Object { $global:read++; $layout } | Invoke-GptChat 'Q' -Each " + more).IsKind("InvalidInput");
        Assert.Contains("Format-Table", error.Exception.Message);
        Assert.Empty(Server.Requests);
        Assert.Equal(1, InvokeOne("$global:read").BaseObject);
    }

    [Fact]
    public void Parts_of_one_item_that_fail_are_told_apart()
    {
        Server.Default = Reply.Error(400, "No.");
        string path = Folder.Write("big.log", string.Concat(Enumerable.Repeat("Something happened at some time.\n", 80)));
        Outcome outcome = Host.Run("[System.IO.FileInfo]$path | Invoke-GptChat 'Q' -Each -Chunk -ChunkSize 200", ("path", path));
        Assert.Equal(["Part 1 of 3: No.", "Part 2 of 3: No.", "Part 3 of 3: No."], outcome.Errors.Select(error => error.Exception.Message[..16]));
        Assert.All(outcome.Errors, error => Assert.Equal(path, error.TargetObject.ToString()));
    }

    [Fact]
    public void An_object_says_which_part_it_is_about()
    {
        Server.Default = Reply.Completion("{\"a\":\"x\"}");
        string path = Folder.Write("big.log", string.Concat(Enumerable.Repeat("Something happened at some time.\n", 80)));
        string[] told = Invoke("[System.IO.FileInfo]$path | Invoke-GptChat 'Q' -Chunk -ChunkSize 200 -Schema 'a string' | ForEach-Object { \"$($_.a) $($_.Response.Part)/$($_.Response.PartCount)\" }; $null -eq (Invoke-GptChat 'Q' -Schema 'a string').Response.Part", ("path", path))
            .Select(line => line.ToString()).ToArray();
        Assert.Equal(["x 1/3", "x 2/3", "x 3/3", "True"], told);
    }

    [Theory]
    [InlineData("'' | Invoke-GptChat 'Q' -Each")]
    [InlineData("1 | Invoke-GptChat { } -Each")]
    public void An_item_without_content_says_what_to_do(string script)
    {
        string message = Assert.Single(Host.Run(script).Errors).IsKind("InvalidInput").Exception.Message;
        Assert.Contains("out of the input; TargetObject is the item", message);
    }
}
