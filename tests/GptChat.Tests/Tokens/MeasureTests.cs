using System;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace GptChat.Tests.Tokens;

/// <summary>Tokens of text, files and messages.</summary>
public sealed class MeasureTests : ModuleTest
{
    private const string Laws = "What are the three laws of thermodynamics?";

    private static (long Tokens, long Request, bool IsEstimate) Of(PSObject count) => ((long)count.Member("Tokens")!, (long)count.Member("RequestTokens")!, (bool)count.Member("IsEstimate")!);

    [Theory]
    [InlineData("Measure-GptToken $laws", 9, 15)]
    [InlineData("$laws | Measure-GptToken", 9, 15)]
    [InlineData("$laws | Measure-GptToken -Model gpt-4o", 9, 16)]
    [InlineData("New-GptMessage $laws | Measure-GptToken", 15, 15)]
    [InlineData("(New-GptMessage $laws), (New-GptMessage -Role Assistant 'Hello') | Measure-GptToken", 22, 22)]
    [InlineData("'Hello', 'Hello' | Measure-GptToken", 3, 9)]
    [InlineData("Measure-GptToken -InputObject 'Hello', 'Hello'", 3, 9)]
    [InlineData("'' | Measure-GptToken", 0, 0)]
    [InlineData("$null | Measure-GptToken", 0, 0)]
    [InlineData("Measure-GptToken ''", 0, 0)]
    public void Known_input_has_its_tokens(string script, long tokens, long request) =>
        Assert.Equal((tokens, request, false), Of(InvokeOne(script, ("laws", Laws))));

    [Theory]
    [InlineData("Measure-GptToken 'Hello' -Model llama3")]
    [InlineData("Measure-GptToken 'Hello' -Model gpt-4-turbo")]
    [InlineData("Measure-GptToken ('a' * 5000)")]
    [InlineData("[IO.FileInfo]$png | Measure-GptToken")]
    public void What_is_not_known_to_the_token_says_so(string script)
    {
        Folder.Write("a.png", Media.Png);
        Assert.True(Of(InvokeOne(script, ("png", Folder.At("a.png")))).IsEstimate);
    }

    [Fact]
    public void The_cost_is_that_of_the_input_on_the_model()
    {
        PSObject count = InvokeOne("Measure-GptToken $laws", ("laws", Laws));
        Assert.Equal((15 * 1.25m / 1_000_000, "openai/gpt-5.1-chat", 42L, 128_000L), (count.Member("Cost"), count.Member("Model"), count.Member("Characters"), count.Member("ContextWindow")));
        Assert.Null(InvokeOne("Measure-GptToken 'x' -Model own").Member("Cost"));
        Assert.Equal("9 tokens, 42 characters", count.ToString());
    }

    [Fact]
    public void The_model_is_that_of_the_connection_unless_named()
    {
        Invoke("Connect-GptChat -Provider Ollama -BaseUri $uri -Model gpt-4o", ("uri", Server.BaseUri));
        PSObject count = InvokeOne("Measure-GptToken 'x'");
        Assert.Equal(("gpt-4o", null), (count.Member("Model"), count.Member("Cost")));
        Assert.NotNull(InvokeOne("Measure-GptToken 'x' -Model gpt-4o").Member("Cost"));
        Invoke("Disconnect-GptChat *");
        Assert.Equal("openai/gpt-5.1-chat", InvokeOne("Measure-GptToken 'x'").Member("Model"));
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("[IO.FileInfo]$path | Measure-GptToken")]
    [InlineData("Measure-GptToken -Path $path")]
    [InlineData("Measure-GptToken -LiteralPath $path")]
    [InlineData("[IO.FileInfo]$path | Measure-GptToken -Each")]
    public void A_file_counts_as_it_stands_in_a_prompt(string script)
    {
        string path = Folder.Write("a.log", "Hello\n");
        (long tokens, long request, bool isEstimate) = Of(InvokeOne(script, ("path", path)));
        Assert.Equal(Of(InvokeOne("Measure-GptToken \"a.log (6 bytes):`n$('`' * 3)`nHello`n$('`' * 3)\"")), (tokens, request, isEstimate));
    }

    public static TheoryData<string> LargeTexts => new("utf8", "mark", "utf16", "latin1", "ticks");

    [Theory]
    [MemberData(nameof(LargeTexts))]
    public void A_large_file_that_is_read_through_has_the_tokens_of_one_in_memory(string kind)
    {
        string line = kind == "ticks" ? "Some `````text````` with ticks, 12345 and more.\n" : "Grüße aus dem Süden, 12345 Zeilen: ändern!\n";
        string text = string.Concat(Enumerable.Repeat(line, 7_000)) + (kind == "ticks" ? string.Empty : "Ende");
        byte[] bytes = kind switch
        {
            "mark" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            "utf16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            "latin1" => Encoding.Latin1.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };
        string path = Folder.Write("large.txt", bytes);
        string sent = SentText("Invoke-GptChat -Path $path", ("path", path));
        Assert.Equal(Of(InvokeOne("Measure-GptToken $sent", ("sent", sent))), Of(InvokeOne("Measure-GptToken -Path $path")));

        // Between other things too.
        Server.Clear();
        string mixed = SentText("'before', ([IO.FileInfo]$path), 'after' | Invoke-GptChat", ("path", path));
        Assert.Equal(Of(InvokeOne("Measure-GptToken $sent", ("sent", mixed))), Of(InvokeOne("'before', ([IO.FileInfo]$path), 'after' | Measure-GptToken")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-InputFormat Csv")]
    [InlineData("-InputFormat List -Property Name")]
    [InlineData("-InputFormat Text")]
    [InlineData("-Depth 3")]
    public void Objects_count_as_they_are_sent(string format)
    {
        const string Objects = "[pscustomobject]@{ Name = 'a'; Size = 1 }, [pscustomobject]@{ Name = 'b'; Size = @{ A = @{ B = 1 } } }, 3, [version]'1.2'";
        string sent = SentText(Objects + " | Invoke-GptChat " + format);
        Assert.Equal(Of(InvokeOne("Measure-GptToken $sent", ("sent", sent))), Of(InvokeOne(Objects + " | Measure-GptToken " + format)));
    }

    [Fact]
    public void A_conversation_counts_as_its_next_request()
    {
        Invoke("$c = New-GptConversation c; $null = Invoke-GptChat $laws -Conversation c", ("laws", Laws));
        (long tokens, long request, bool isEstimate) = Of(InvokeOne("Get-GptConversation c | Measure-GptToken"));
        Assert.Equal((tokens, false), (request, isEstimate));
        Assert.True(tokens > 20, tokens.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Each_counts_items_by_themselves_with_their_source()
    {
        Folder.Write("a.log", "Hello");
        PSObject[] counts = [.. Invoke("'Hello', ([IO.FileInfo]$path), [pscustomobject]@{ A = 1 } | Measure-GptToken -Each", ("path", Folder.At("a.log")))];
        Assert.Equal(3, counts.Length);
        Assert.Equal((1L, "Hello", null), (counts[0].Member("Tokens"), counts[0].Member("Source"), counts[0].Member("Name")));
        Assert.Equal("a.log", counts[1].Member("Name"));
        Assert.Equal("System.IO.FileInfo", counts[1].Member("Source")!.GetType().FullName);
    }

    [Fact]
    public void With_each_an_item_that_cannot_be_counted_is_an_error_of_its_own()
    {
        Folder.Write("a.wav", Media.Wav);
        Outcome outcome = Host.Run("'Hello', ([IO.FileInfo]$path), 'Hello' | Measure-GptToken -Each", ("path", Folder.At("a.wav")));
        Assert.Equal(2, outcome.Output.Count);
        Assert.Single(outcome.Errors).IsKind("InvalidInput", "MeasureGptTokenCommand");
        InvokeError("[IO.FileInfo]$path | Measure-GptToken").IsKind("InvalidInput", "MeasureGptTokenCommand");
    }

    [Theory]
    [InlineData("Measure-GptToken", "NoInput")]
    [InlineData("Measure-GptToken -Path nowhere.txt", "FileNotReadable")]
    [InlineData("Measure-GptToken -Path *.nothing", "NoInput")]
    public void Nothing_to_count_is_an_error(string script, string kind) => InvokeError(script).IsKind(kind, "MeasureGptTokenCommand");

    [Fact]
    public async Task A_stop_ends_the_counting_of_hostile_text()
    {
        // Ten million letters without a border take seconds at best.
        using PendingCall call = Host.Begin("'begun'; Measure-GptToken ('a' * 10MB)");
        await call.FirstOutput;
        Outcome outcome = await call.StopAsync();
        Assert.Equal("begun", Assert.Single(outcome.Output).BaseObject);
        Assert.Equal(PSInvocationState.Stopped, call.State);
    }
}
