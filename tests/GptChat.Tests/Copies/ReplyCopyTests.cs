using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Copies;

/// <summary>Replies, responses and pieces of answers that come back from a job, remoting or Clixml.</summary>
public sealed class ReplyCopyTests : ModuleTest
{
    private const string Answer = "This is the answer of the test server.";

    [Theory]
    [InlineData("Send-Abroad")]
    [InlineData("Send-Abroad -Unloaded")]
    public void A_reply_is_its_text_with_its_notes(string way)
    {
        PSObject reply = InvokeOne("Invoke-GptChat 'x' | " + way);
        Assert.Equal(Answer, reply.BaseObject);
        Assert.Equal(["Response", "Content", "Usage", "Cost", "FinishReason", "Model", "Source", "Index"], reply.Properties.Where(property => property.MemberType == PSMemberTypes.NoteProperty).Select(property => property.Name));
        Assert.Equal([19L, 19L], Host.Invoke("$it.Usage.TotalTokens; $it.Response.Usage.TotalTokens", ("it", reply)).Select(total => total.BaseObject));
        Assert.Equal("stop", reply.Member("FinishReason"));
        Assert.Equal("user: Q\n\n" + Answer, Sent("$it | Invoke-GptChat 'Q'", reply));
        Assert.Equal("user: " + Answer, Sent("Invoke-GptChat $it", reply));
        Assert.Equal("user: Q\n\n" + Answer, Sent("$it.Response | Invoke-GptChat 'Q'", reply));
        Assert.Equal(Answer, Assert.Single(Host.Invoke("(New-GptMessage $it).Content", ("it", reply))).BaseObject);
    }

    [Fact]
    public void A_response_shows_all_that_it_showed()
    {
        Server.Enqueue(Reply.Raw(503, "text/plain", "busy").WithHeader("retry-after-ms", "1"));
        Server.Enqueue(Reply.Json("""
            {"id":"c1","created":1700000000,"model":"m","service_tier":"default","gatewayMetadata":{"keySource":"Unified","n":1.5},"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"cost":0.1,"prompt_tokens_details":{"cached_tokens":1}},
            "choices":[{"index":0,"finish_reason":"stop","novel":[1,{"a":null}],"logprobs":{"content":[{"token":"Hi","logprob":-0.5,"bytes":[72,105],"top_logprobs":[]}]},
            "message":{"role":"assistant","content":"Grüße 👍","reasoning_content":"Hm.","annotations":[{"type":"url_citation","url_citation":{"url":"https://a/","title":"A","start_index":1,"end_index":2}}],"audio":{"id":"a1","data":"UklGRg==","transcript":"t","expires_at":1700000000},"extra":"e",
            "tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"s"}}}]}},
            {"index":1,"finish_reason":"length","message":{"role":"assistant","content":"Second"}}]}
            """)
            .WithHeader("x-request-id", "req-1").WithHeader("cf-aig-cache-status", "HIT").WithHeader("cf-aig-step", "1").WithHeader("cf-aig-log-id", "log-1").WithHeader("x-ratelimit-limit-requests", "500").WithHeader("x-ratelimit-remaining-requests", "499").WithHeader("x-ratelimit-reset-requests", "120ms"));
        PSObject[] both = [.. Invoke("$r = (Invoke-GptChat 'x').Response; $r; $r | Send-Abroad")];
        Assert.Equal("GptChat.GptResponse", both[1].BaseObject.GetType().FullName);
        Assert.Equal(PublicState.Of(both[0]), PublicState.Of(both[1]));
        Assert.Equal(2, both[1].Member("Attempts"));
    }

    [Theory]
    [InlineData("Send-Abroad")]
    [InlineData("Send-Abroad -Unloaded")]
    public void A_reply_can_be_continued(string way)
    {
        Invoke("$null = Invoke-GptChat 'one' -Model special; $it = Invoke-GptChat 'two' -Continue | " + way + "; $a = Invoke-GptChat 'three' -Conversation $it; Invoke-GptChat 'four' -Conversation $it");
        string[] four = Server.Requests[3].Messages();
        Assert.Equal(["user: one", "assistant: " + Answer, "user: two", "assistant: " + Answer, "user: three", "assistant: " + Answer, "user: four"], four);
        Assert.Equal("special", Server.Requests[3].Model());
    }

    [Theory]
    [InlineData("Send-Abroad")]
    [InlineData("Send-Abroad -Unloaded")]
    public void Pieces_of_a_stream_are_its_text_and_can_be_continued(string way)
    {
        Invoke("$it = Invoke-GptChat 'one' -Stream | " + way + "; $it | Invoke-GptChat 'Q'; Invoke-GptChat 'two' -Conversation $it[-1]");
        Assert.Equal(["user: Q\n\n" + Answer], Server.Requests[1].Messages());
        Assert.Equal(["user: one", "assistant: " + Answer, "user: two"], Server.Requests[2].Messages());
    }

    [Fact]
    public void A_piece_shows_all_that_it_showed()
    {
        IReadOnlyList<PSObject> pieces = Invoke("$c = 'a', 'b' | Invoke-GptChat 'one' -Stream -Each; $c; $c | Send-Abroad");
        Assert.Equal(pieces.Take(pieces.Count / 2).Select(piece => string.Join("\n", PublicState.Of(piece))), pieces.Skip(pieces.Count / 2).Select(piece => string.Join("\n", PublicState.Of(piece))));
    }

    [Fact]
    public void The_source_of_a_reply_comes_along()
    {
        PSObject[] replies = [.. Invoke("[pscustomobject]@{ Name = 'srv1'; Load = 3 }, 'text' | Invoke-GptChat 'x' -Each | Send-Abroad")];
        Assert.Equal("srv1", Assert.Single(Host.Invoke("$it.Source.Name", ("it", replies[0]))).BaseObject);
        Assert.Equal("text", replies[1].Member("Source"));
        Assert.Equal([0, 1], replies.Select(reply => reply.Member("Index")));
        Assert.Equal("user: Q\n\n{\"Name\":\"srv1\",\"Load\":3}", Sent("$it | Invoke-GptChat 'Q'", (PSObject)replies[0].Properties["Source"].Value));
    }

    [Fact]
    public void An_answer_of_many_belongs_to_no_conversation()
    {
        string message = InvokeError("$it = 'a' | Invoke-GptChat 'x' -Each | Send-Abroad; Invoke-GptChat 'y' -Conversation $it").IsKind("NoConversation").Exception.Message;
        Assert.Contains("-Each", message);
    }

    [Fact]
    public void A_reply_whose_response_was_cut_off_is_text_and_no_more()
    {
        PSObject cut = InvokeOne("$it = Invoke-GptChat 'x'; $it.Response = \"$($it.Response)\"; $it");
        Assert.Equal("user: Q\n\n" + Answer, Sent("$it | Invoke-GptChat 'Q'", cut));
        Assert.Contains("without its response", InvokeError("Invoke-GptChat 'y' -Conversation $it", ("it", cut)).IsKind("NoConversation").Exception.Message);
    }

    [Fact]
    public void No_key_travels()
    {
        string text = (string)InvokeOne("Connect-GptChat -BaseUri $uri -Name home -Model m -ApiKey $key -Header @{ 'X-Secret' = 'header-secret' }; Invoke-GptChat 'x' | Send-Abroad -AsText -Depth 5", ("uri", Server.BaseUri), ("key", ModuleHost.Secure(ModuleHost.Key))).BaseObject;
        Assert.Contains("home", text);
        Assert.DoesNotContain(ModuleHost.Key, text);
        Assert.DoesNotContain("header-secret", text);
    }

    private string Sent(string script, PSObject it)
    {
        Server.Clear();
        Invoke(script, ("it", it));
        return Assert.Single(Request.Messages());
    }
}
