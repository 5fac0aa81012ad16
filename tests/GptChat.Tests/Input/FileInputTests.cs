using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace GptChat.Tests.Input;

/// <summary>Files are sent whole, each under its name.</summary>
public sealed class FileInputTests : ModuleTest
{
    [Fact]
    public void A_piped_file_is_its_content_under_its_name()
    {
        string path = Folder.Write("rules.txt", "deny all\n");
        Assert.Equal("rules.txt (9 bytes):\n```\ndeny all\n```", SentText("[System.IO.FileInfo]$path | Invoke-GptChat", ("path", path)));
    }

    [Fact]
    public void The_prompt_heads_the_files_and_each_has_a_block()
    {
        Folder.Write("a.txt", "A");
        Folder.Write("b.txt", "B");
        Assert.Equal(
            "Compare\n\na.txt (1 byte):\n```\nA\n```\n\nb.txt (1 byte):\n```\nB\n```",
            SentText("'a.txt', 'b.txt' | ForEach-Object { [System.IO.FileInfo][System.IO.Path]::Combine($path, $_) } | Invoke-GptChat 'Compare'", ("path", Folder.Path)));
    }

    [Fact]
    public void A_path_may_hold_wildcards()
    {
        Folder.Write("a.log", "A");
        Folder.Write("b.log", "B");
        Folder.Write("c.txt", "C");
        string text = SentText("Invoke-GptChat 'Compare' -Path $path", ("path", Folder.At("*.log")));
        Assert.Equal(["a.log (1 byte):", "b.log (1 byte):"], text.Split('\n').Where(line => line.EndsWith(':')).Order());
    }

    [Fact]
    public void A_literal_path_is_taken_as_it_is()
    {
        string path = Folder.Write("a[1].txt", "A");
        Assert.Equal("a[1].txt (1 byte):\n```\nA\n```", SentText("Invoke-GptChat -LiteralPath $path", ("path", path)));
    }

    [Fact]
    public void A_relative_path_starts_at_the_location_of_the_shell()
    {
        Folder.Write("here.txt", "H");
        Assert.Equal("here.txt (1 byte):\n```\nH\n```", SentText("$ExecutionContext.SessionState.Path.SetLocation($path); Invoke-GptChat -Path here.txt", ("path", Folder.Path)));
    }

    [Fact]
    public void Files_given_by_path_stand_before_what_is_piped()
    {
        string path = Folder.Write("a.txt", "A");
        Assert.Equal("Q\n\na.txt (1 byte):\n```\nA\n```\n\npiped", SentText("'piped' | Invoke-GptChat 'Q' -Path $path", ("path", path)));
    }

    [Fact]
    public void Nothing_in_a_file_can_close_its_fence()
    {
        string path = Folder.Write("a.md", "```\n````\n");
        Assert.Equal("a.md (9 bytes):\n`````\n```\n````\n`````", SentText("Invoke-GptChat -Path $path", ("path", path)));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void Encodings_are_recognised_and_marks_are_no_content(string encoding, bool isMarked)
    {
        Encoding codec = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. isMarked ? codec.GetPreamble() : [], .. codec.GetBytes("Grüße 👍")];
        string path = Folder.Write("a.txt", bytes);
        Assert.Equal("a.txt (" + bytes.Length + " bytes):\n```\nGrüße 👍\n```", SentText("Invoke-GptChat -Path $path", ("path", path)));
    }

    [Fact]
    public void A_binary_file_is_refused()
    {
        string path = Folder.Write("a.bin", [1, 0, 2, 0, 0, 3, 255]);
        InvokeError("[System.IO.FileInfo]$path | Invoke-GptChat", ("path", path)).IsKind("FileNotReadable");
        Assert.Contains("not a text file", InvokeError("Invoke-GptChat 'x' -Path $path").IsKind("FileNotReadable").Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_file_that_is_missing_is_named()
    {
        string path = Folder.At("gone.txt");
        Assert.Contains("gone.txt", InvokeError("Invoke-GptChat 'x' -Path $path", ("path", path)).IsKind("FileNotReadable").Exception.Message);
        Assert.Contains("gone.txt", InvokeError("Invoke-GptChat 'x' -LiteralPath $path").IsKind("FileNotReadable").Exception.Message);
        Assert.Contains("gone.txt", InvokeError("[System.IO.FileInfo]$path | Invoke-GptChat 'x'").IsKind("FileNotReadable").Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_folder_is_refused_with_the_way_out()
    {
        string message = InvokeError("[System.IO.DirectoryInfo]$path | Invoke-GptChat 'x'", ("path", Folder.Path)).IsKind("InvalidInput").Exception.Message;
        Assert.Contains("Get-ChildItem -File", message);
        InvokeError("Invoke-GptChat 'x' -Path $path").IsKind("FileNotReadable");
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_path_of_another_provider_is_no_file()
    {
        InvokeError("Invoke-GptChat 'x' -Path Variable:PSHOME").IsKind("FileNotReadable");
        InvokeError("Invoke-GptChat 'x' -LiteralPath NoSuchDrive:x").IsKind("FileNotReadable");
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_message_can_be_made_of_a_file()
    {
        string path = Folder.Write("rules.txt", "deny all\n");
        Assert.Equal(
            ["system: You audit firewall rules", "user: rules.txt (9 bytes):\n```\ndeny all\n```", "user: Which rule is never reached?"],
            SentMessages("New-GptMessage -Path $path | Invoke-GptChat 'Which rule is never reached?' -System 'You audit firewall rules'", ("path", path)));
    }

    [Fact]
    public void An_empty_file_beside_other_input_is_sent_as_empty()
    {
        string empty = Folder.Write("empty.txt", string.Empty);
        File.WriteAllText(Folder.At("full.txt"), "F");
        Assert.Equal("empty.txt (0 bytes):\n```\n\n```\n\nfull.txt (1 byte):\n```\nF\n```", SentText("Invoke-GptChat -Path $a, $b", ("a", empty), ("b", Folder.At("full.txt"))));
    }
}
