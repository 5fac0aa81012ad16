using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Streams;

/// <summary><c>-Stream</c> outputs the pieces of an answer the moment they arrive.</summary>
public sealed class StreamTests : ModuleTest
{
    [Fact]
    public void The_first_piece_leaves_the_cmdlet_while_the_server_still_holds_the_rest()
    {
        var gate = new TaskCompletionSource();
        Server.Enqueue(Reply.Stream(["one ", "two"]).Gate(Offset.Events(2), gate.Task));

        // Were the first piece held back, nothing would ever open the gate.
        IReadOnlyList<PSObject> texts = Invoke("Invoke-GptChat 'x' -Stream | ForEach-Object { if (\"$_\" -eq 'one ') { $gate.SetResult() }; \"$_\" }", ("gate", gate));
        Assert.Equal("one two", string.Concat(texts));
    }

    [Fact]
    public void The_last_piece_and_no_other_carries_the_response()
    {
        Server.Enqueue(Reply.Stream("one two three"));
        IReadOnlyList<PSObject> chunks = Invoke("Invoke-GptChat 'x' -Stream");
        Assert.All(chunks, chunk => Assert.Equal("GptChat.GptChunk", chunk.TypeNames[0]));
        Assert.Equal(["one", " two", " three", ""], chunks.Select(chunk => chunk.Member("Text")));
        Assert.All(chunks.SkipLast(1), chunk => Assert.Null(chunk.Member("Response")));
        Assert.Equal("one two three", chunks[^1].Member("Response.Content"));
        Assert.Equal(19L, chunks[^1].Member("Response.Usage.TotalTokens"));
        Assert.Equal("stop", chunks[^1].Member("Response.FinishReason"));
    }

    [Fact]
    public void Joined_pieces_are_the_answer() =>
        Assert.Equal("one two", InvokeOne("(Invoke-GptChat 'x' -Stream) -join ''", Answering("one two")).BaseObject);

    [Fact]
    public void A_server_that_answers_whole_is_understood()
    {
        PSObject chunk = InvokeOne("Invoke-GptChat 'x' -Stream");
        Assert.Equal("This is the answer of the test server.", chunk.ToString());
        Assert.Equal("This is the answer of the test server.", chunk.Member("Response.Content"));
    }

    [Fact]
    public void Options_of_the_stream_can_be_set_and_the_usage_declined()
    {
        Invoke("Invoke-GptChat 'x' -Stream -StreamOption @{ include_obfuscation = $false }", Answering("one"));
        Invoke("Invoke-GptChat 'x' -Stream -StreamOption @{ include_usage = $false }", Answering("one"));
        Server.Requests[0].Json.GetProperty("stream_options").IsJson("""{"include_usage":true,"include_obfuscation":false}""");
        Server.Requests[1].Json.GetProperty("stream_options").IsJson("""{"include_usage":false}""");
    }

    [Fact]
    public async Task A_socket_that_stays_open_after_the_end_holds_nothing_up()
    {
        Server.Enqueue(Reply.Stream("one two").KeepOpenAfterEnd());
        Assert.Equal("one two", string.Concat(Invoke("Invoke-GptChat 'x' -Stream")));
        await Request.Aborted.WaitAsync(ModuleHost.Limit);
    }

    private (string Name, object? Value) Answering(string text)
    {
        Server.Enqueue(Reply.Stream(text));
        return ("unused", null);
    }
}
