using Xunit;

namespace GptChat.Tests.Input;

/// <summary>What piped text becomes.</summary>
public sealed class TextInputTests : ModuleTest
{
    [Fact]
    public void Lines_are_joined_by_line_feeds_into_one_message() => Assert.Equal("one\ntwo\nthree", SentText("'one', 'two', 'three' | Invoke-GptChat"));

    [Fact]
    public void An_empty_string_is_an_empty_line() => Assert.Equal("one\n\ntwo", SentText("'one', '', 'two' | Invoke-GptChat"));

    [Fact]
    public void A_null_is_skipped() => Assert.Equal("one\ntwo", SentText("'one', $null, 'two' | Invoke-GptChat"));

    [Fact]
    public void The_prompt_heads_the_lines() => Assert.Equal("What is it?\n\none\ntwo", SentText("'one', 'two' | Invoke-GptChat 'What is it?'"));

    [Fact]
    public void A_list_given_as_parameter_reads_like_a_piped_one() => Assert.Equal("one\ntwo", SentText("Invoke-GptChat -InputObject 'one', 'two'"));

    [Fact]
    public void A_prompt_of_several_lines_is_one_text() => Assert.Equal("one\ntwo", SentText("Invoke-GptChat ('one', 'two')"));

    [Fact]
    public void Text_keeps_its_own_line_breaks_and_blanks() => Assert.Equal("  a\r\n\tb  \n", SentText("\"  a`r`n`tb  `n\" | Invoke-GptChat"));

    [Fact]
    public void Members_of_a_string_that_look_like_parameters_bind_nothing()
    {
        // Lines of Get-Content carry a PSPath, which must not be taken for -LiteralPath.
        Assert.Equal("line", SentText("""
            $line = [psobject]'line'
            foreach ($name in 'PSPath', 'Path', 'Model', 'System', 'Prompt', 'Connection') { $line.psobject.Properties.Add([psnoteproperty]::new($name, 'elsewhere')) }
            $line | Invoke-GptChat
            """));
    }

    [Fact]
    public void A_reply_is_its_text()
    {
        Invoke("Invoke-GptChat 'Draft' | Invoke-GptChat 'Shorten'");
        Assert.Equal(["user: Shorten\n\nThis is the answer of the test server."], Server.Requests[1].Messages());
    }

    [Fact]
    public void A_response_is_its_text()
    {
        Invoke("(Invoke-GptChat 'Draft').Response | Invoke-GptChat 'Shorten'");
        Assert.Equal(["user: Shorten\n\nThis is the answer of the test server."], Server.Requests[1].Messages());
    }

    [Fact]
    public void The_pieces_of_a_stream_are_one_text_again()
    {
        Server.Enqueue(TestServer.Reply.Stream("one two three"));
        Invoke("Invoke-GptChat 'Draft' -Stream | Invoke-GptChat 'Shorten'");
        Assert.Equal(["user: Shorten\n\none two three"], Server.Requests[1].Messages());
    }

    [Fact]
    public void Replies_are_lines_so_that_map_and_reduce_is_natural()
    {
        Server.Respond = _ => TestServer.Reply.Completion("answer " + Server.Requests.Count);
        Invoke("'a', 'b' | ForEach-Object { Invoke-GptChat $_ } | Invoke-GptChat 'Sum up'");
        Assert.Equal(["user: Sum up\n\nanswer 1\nanswer 2"], Server.Requests[2].Messages());
    }
}
