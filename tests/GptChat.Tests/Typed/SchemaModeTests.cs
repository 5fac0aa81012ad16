using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Typed;

/// <summary>How a schema is sent to providers that do not know strict mode.</summary>
public sealed class SchemaModeTests : TypedTest
{
    [Fact]
    public void Loose_says_what_strict_mode_cannot()
    {
        Answer("""{"Counts":{"a":1,"b":2},"Any":{"x":[1]},"Name":"ab"}""");
        Assert.Equal("1 2 1 ab", InvokeOne("""
            class C { [System.Collections.Generic.Dictionary[string, int]] $Counts; [object] $Any; [ValidateLength(2, 3)] [string] $Name; [Nullable[int]] $Maybe }
            $o = Invoke-GptChat 'x' -As ([C]) -SchemaMode Loose; "$($o.Counts.a) $($o.Counts.b) $($o.Any.x[0]) $($o.Name)"
            """).BaseObject);
        Assert.False(Request.Json.GetProperty("response_format").GetProperty("json_schema").TryGetProperty("strict", out _));
        SentSchema.IsJson("""{"type":"object","properties":{"Counts":{"type":"object","additionalProperties":{"type":"integer"}},"Any":{},"Name":{"type":"string","minLength":2,"maxLength":3},"Maybe":{"type":["integer","null"]}},"required":["Counts","Any","Name"],"additionalProperties":false}""");
    }

    [Fact]
    public void JsonObject_tells_the_model_in_words_beside_the_users_instructions()
    {
        Answer("""{"a":"x"}""");
        Assert.Equal("x", InvokeOne("(Invoke-GptChat 'q' -System 'Be brief.' -Schema a -SchemaMode JsonObject).a").BaseObject);
        Request.Json.GetProperty("response_format").IsJson("""{"type":"json_object"}""");
        Assert.Equal(2, Request.Messages().Length);
        Assert.StartsWith("system: Be brief.\n\nAnswer with one JSON object", Request.Messages()[0]);
        Assert.Contains("\"required\":[\"a\"]", Request.Messages()[0]);
        Assert.Equal("Be brief. q", InvokeOne("\"$((Get-GptConversation -Current).Messages[0..1])\"").BaseObject);
    }

    [Fact]
    public void Prompt_sends_no_format_and_understands_a_fence()
    {
        Answer("Sure!\n```json\n{\"a\": \"x\"}\n```\nAnything else?");
        Assert.Equal("x", InvokeOne("(Invoke-GptChat 'q' -Schema a -SchemaMode Prompt).a").BaseObject);
        Assert.False(Request.Json.TryGetProperty("response_format", out _));
        Assert.StartsWith("system: Answer with one JSON object", Request.Messages()[0]);
    }

    [Theory]
    [InlineData(400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.", "invalid_request_error", null, null)]
    [InlineData(400, "Unsupported", "invalid_request_error", "unsupported_parameter", "response_format")]
    [InlineData(422, "This model does not support structured outputs", null, null, null)]
    [InlineData(400, "Invalid schema for response_format 'answer': In context=(), 'x' is not permitted.", "invalid_request_error", null, "response_format")]
    public void A_provider_that_refuses_the_form_is_followed_by_advice(int status, string message, string? type, string? code, string? param)
    {
        Server.Enqueue(Reply.Error(status, message, type, code, param));
        ErrorRecord error = InvokeError("Invoke-GptChat 'q' -Schema a");
        Assert.Contains("-SchemaMode Loose, JsonObject or Prompt", error.Exception.Message);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void An_error_about_something_else_says_nothing_of_it()
    {
        Server.Enqueue(Reply.Error(400, "Bad", "invalid_request_error", null, "temperature"));
        Assert.DoesNotContain("-SchemaMode", InvokeError("Invoke-GptChat 'q' -Schema a").Exception.Message);
    }

    [Fact]
    public void The_schema_shows_before_it_is_sent_and_with_the_answer()
    {
        Outcome outcome = Run("Invoke-GptChat 'q' -Schema a -SchemaMode Prompt -WhatIf");
        Assert.Contains("\\\"required\\\":[\\\"a\\\"]", (string)outcome.Information.Single(record => record.Tags.Contains("GptChatRequest")).MessageData.Member("Body")!);
        Assert.Empty(Server.Requests);
        Answer("""{"a":"x"}""");
        Assert.Equal("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""", InvokeOne("(Invoke-GptChat 'q' -Schema a -SchemaMode Prompt).Response.Object.Schema").BaseObject);
    }
}
