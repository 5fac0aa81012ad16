using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Replies;

/// <summary>The answer is a string that carries its envelope.</summary>
public sealed class ReplyTests : ModuleTest
{
    private static readonly string[] Notes = ["Response", "Content", "Usage", "Cost", "FinishReason", "Model", "Source", "Index"];

    [Fact]
    public void A_reply_is_a_string_first_and_a_reply_second()
    {
        PSObject reply = InvokeOne("Invoke-GptChat 'x'");
        Assert.Equal("This is the answer of the test server.", Assert.IsType<string>(reply.BaseObject));
        Assert.Equal(["System.String", "GptChat.Reply", "System.Object"], reply.TypeNames);
    }

    [Fact]
    public void The_envelope_is_note_properties()
    {
        Server.Enqueue(Reply.Completion("Yes.").WithUsage(5, 3).WithModel("served-model").WithGatewayMetadata());
        PSObject reply = InvokeOne("Invoke-GptChat 'x'");
        Assert.Equal(Notes, reply.Properties.Where(property => property.MemberType == PSMemberTypes.NoteProperty).Select(property => property.Name));
        Assert.Equal("Yes.", reply.Member("Content"));
        Assert.Equal(8L, reply.Member("Usage.TotalTokens"));
        Assert.Equal("stop", reply.Member("FinishReason"));
        Assert.Equal("served-model", reply.Member("Model"));
        Assert.Null(reply.Member("Source"));
        Assert.Equal(0, reply.Member("Index"));
        Assert.Equal("GptChat.GptResponse", reply.Member("Response")!.GetType().FullName);
        Assert.Equal("Unified", Host.Invoke("$reply.Response.ExtensionData.gatewayMetadata.keySource", ("reply", reply)).Single().BaseObject);
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x'")]
    [InlineData("Invoke-GptChat 'x' -Live -PassThru")]
    [InlineData("$kept = Invoke-GptChat 'x'; $kept")]
    [InlineData("foreach ($r in @(Invoke-GptChat 'x')) { $r }")]
    [InlineData("Invoke-GptChat 'x' | Where-Object FinishReason -eq 'stop'")]
    [InlineData("Invoke-GptChat 'x' | Where-Object { $_.Usage.TotalTokens -gt 1 }")]
    [InlineData("Invoke-GptChat 'x' | ForEach-Object { $_ }")]
    [InlineData("function Ask { param($p) Invoke-GptChat $p } Ask 'x'")]
    [InlineData("Invoke-GptChat 'x' -OutVariable kept")]
    public void Its_properties_survive_the_ways_of_scripts(string script)
    {
        Server.Default = Reply.AsAsked("Yes indeed.");
        PSObject reply = InvokeOne(script);
        Assert.Equal("Yes indeed.", reply.BaseObject);
        Assert.Equal(19L, reply.Member("Response.Usage.TotalTokens"));
        Assert.Equal("stop", reply.Member("FinishReason"));
    }

    [Fact]
    public void A_reply_behaves_as_the_string_it_is()
    {
        Server.Default = Reply.Completion("Low");
        IReadOnlyList<PSObject> results = Invoke("$r = Invoke-GptChat 'x'; $r -is [string]; $r.Length; $r -eq 'low'; \"<$r>\"; $r.ToUpperInvariant(); switch ($r) { 'low' { 'switched' } }; $r + '!'");
        Assert.Equal([true, 3, true, "<Low>", "LOW", "switched", "Low!"], results.Select(result => result.BaseObject));
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -ResponseVariable rv")]
    [InlineData("Invoke-GptChat 'x' -RV rv")]
    [InlineData("Invoke-GptChat 'x' -Stream -ResponseVariable rv")]
    [InlineData("Invoke-GptChat 'x' -Live -ResponseVariable rv")]
    public void The_response_can_be_had_in_a_variable_in_every_mode(string script)
    {
        Server.Default = Reply.AsAsked("Yes.");
        PSObject response = Host.Invoke("$null = " + script + "; $rv").Single();
        Assert.Equal("GptChat.GptResponse", response.BaseObject.GetType().FullName);
        Assert.Equal("Yes.", response.Member("Content"));
    }

    [Fact]
    public void The_response_variable_is_set_where_the_call_stands()
    {
        Assert.Equal("inner", Assert.Single(Invoke("function Ask { $null = Invoke-GptChat 'x' -ResponseVariable rv; if ($rv.Content) { 'inner' } } Ask; if ($rv) { 'outer' }")).BaseObject);
    }

    [Fact]
    public void Response_and_usage_read_well_as_text()
    {
        Server.Enqueue(Reply.Completion("Yes.").WithUsage(16, 156));
        PSObject reply = InvokeOne("Invoke-GptChat 'x'");
        Assert.Equal("172 tokens (16 prompt, 156 completion)", reply.Member("Usage")!.ToString());
        Assert.Equal("gpt-5.1-chat-latest, stop, 172 tokens (16 prompt, 156 completion)", reply.Member("Response")!.ToString());
    }

    [Fact]
    public void Calls_in_one_session_can_be_repeated()
    {
        Assert.Equal(5, Invoke("1..5 | ForEach-Object { Invoke-GptChat 'x' }").Count);
        Assert.Equal(1, Server.ConnectionCount);
        Assert.Equal(0, InvokeOne("$Error.Count").BaseObject);
    }

    [Fact]
    public void Unknown_members_of_an_answer_do_no_harm()
    {
        Server.Enqueue(Reply.Json("""{"choices":[{"index":0,"finish_reason":"stop","new":[1],"message":{"role":"assistant","content":"ok","novelty":{"a":1}}}],"future":true}"""));
        PSObject reply = InvokeOne("Invoke-GptChat 'x'");
        Assert.Equal("ok", reply.BaseObject);
        Assert.Null(reply.Member("Usage"));
        Assert.Null(reply.Member("Model"));
    }

    [Fact]
    public void Reasoning_is_beside_the_answer_and_not_in_it()
    {
        Server.Enqueue(Reply.Json("""{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"42","reasoning_content":"Six by nine."}}]}"""));
        PSObject reply = InvokeOne("Invoke-GptChat 'x'");
        Assert.Equal("42", reply.BaseObject);
        Assert.Equal("Six by nine.", reply.Member("Response.Reasoning"));
    }
}
