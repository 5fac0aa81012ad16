using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary><c>-WhatIf</c> shows the request and sends nothing.</summary>
public sealed class WhatIfTests : ModuleTest
{
    [Theory]
    [InlineData("Invoke-GptChat 'x' -Temperature 1 -WhatIf")]
    [InlineData("Invoke-GptChat 'x' -Temperature 1 -Live -WhatIf")]
    [InlineData("$WhatIfPreference = $true; Invoke-GptChat 'x' -Temperature 1")]
    public void The_request_is_on_the_information_stream(string script)
    {
        Outcome outcome = Run(script);
        Assert.Empty(Server.Requests);
        Assert.Empty(outcome.Output);
        InformationRecord record = outcome.Information.Single(information => information.Tags.Contains("GptChatRequest"));
        object request = record.MessageData;
        Assert.Equal("GptChat.GptRequest", request.GetType().FullName);
        Assert.Equal(Server.BaseUri + "/chat/completions", request.Member("Uri.AbsoluteUri"));
        Assert.Equal("openai/gpt-5.1-chat", request.Member("Model"));
        var body = (string)request.Member("Body")!;
        Assert.Equal((long)Encoding.UTF8.GetByteCount(body), request.Member("Bytes"));
        using JsonDocument json = JsonDocument.Parse(body);
        Assert.Equal(1, json.RootElement.GetProperty("temperature").GetInt32());
    }

    [Fact]
    public void The_host_shows_one_line()
    {
        Invoke("Invoke-GptChat 'x' -WhatIf");
        string line = Assert.Single(Host.Screen.Written.TrimEnd('\n').Split('\n'));
        Assert.Contains(Server.BaseUri + "/chat/completions", line);
        Assert.Contains("bytes", line);
    }

    [Theory]
    [InlineData("", 15L, false, "0.00016875")]
    [InlineData("-ChoiceCount 2", 15L, false, "0.00031875")]
    [InlineData("-Model gpt-5.1", 15L, true, "0.00016875")]
    [InlineData("-Model gpt-oss-20b", 15L, true, null)]
    [InlineData("-Model llama3", null, false, null)]
    [InlineData("-ServiceTier flex", 15L, false, null)]
    public void The_tokens_and_the_most_that_it_costs_are_there_where_they_are_known(string parameters, long? tokens, bool isEstimate, string? cost)
    {
        Outcome outcome = Run("Invoke-GptChat 'What are the three laws of thermodynamics?' -MaxCompletionTokens 15 -WhatIf " + parameters);
        object request = outcome.Information.Single(information => information.Tags.Contains("GptChatRequest")).MessageData;
        Assert.Equal(tokens, request.Member("Tokens"));
        Assert.Equal(isEstimate, request.Member("IsEstimate"));
        Assert.Equal(cost, ((decimal?)request.Member("MaxCost"))?.ToString("0.########", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(tokens is not null, Host.Screen.Written.Contains(" tokens", System.StringComparison.Ordinal));
        Assert.Equal(cost is not null, Host.Screen.Written.Contains("at most 0.0", System.StringComparison.Ordinal));
        Assert.Equal(Host.Screen.Written.Contains("USD", System.StringComparison.Ordinal), request.ToString()!.Contains("USD", System.StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_whose_price_the_user_gave_has_tokens_and_a_cost()
    {
        Invoke("Set-GptPrice my-deployment -Input 1 -Output 10");
        object request = Run("Invoke-GptChat 'What are the three laws of thermodynamics?' -Model my-deployment -MaxCompletionTokens 15 -WhatIf").Information.Single(information => information.Tags.Contains("GptChatRequest")).MessageData;
        Assert.Equal((15L, true, 0.000165m), (request.Member("Tokens"), request.Member("IsEstimate"), request.Member("MaxCost")));
        Assert.Contains("about 15 tokens, at most 0.000165 USD", Host.Screen.Written);
    }

    [Fact]
    public void Sound_has_tokens_that_nobody_can_tell()
    {
        Folder.Write("a.wav", Media.Wav);
        object request = Run("Invoke-GptChat 'x' -Path $path -WhatIf", ("path", Folder.At("a.wav"))).Information.Single(information => information.Tags.Contains("GptChatRequest")).MessageData;
        Assert.Null(request.Member("Tokens"));
        Assert.Null(request.Member("MaxCost"));
    }

    [Fact]
    public void The_request_can_be_had_in_a_variable() =>
        Assert.Equal("GptChat.GptRequest", InvokeOne("Invoke-GptChat 'x' -WhatIf -InformationVariable r; $r.MessageData.GetType().FullName").BaseObject.ToString());

    [Fact]
    public void The_body_shown_is_the_body_sent()
    {
        var shown = (string)InvokeOne("Invoke-GptChat 'Grüße' -System 's' -WhatIf -InformationVariable r; $r.MessageData.Body").BaseObject;
        Invoke("Invoke-GptChat 'Grüße' -System 's'");
        Assert.Equal(Request.BodyText, shown);
    }

    [Fact]
    public void Nothing_changes_in_the_conversation()
    {
        Invoke("$null = New-GptConversation c; Invoke-GptChat 'x' -Conversation c -WhatIf");
        Assert.Equal(0, InvokeOne("(Get-GptConversation c).Messages.Count").BaseObject);
        Assert.Empty(Invoke("Get-GptConversation -Current"));
    }

    [Fact]
    public void Sending_never_asks_of_itself() => Assert.Single(Invoke("$ConfirmPreference = 'Medium'; Invoke-GptChat 'x'"));

    [Fact]
    public void What_would_be_refused_is_refused_under_WhatIf_too()
    {
        InvokeError("@() | Invoke-GptChat 'x' -WhatIf").IsKind("NoInput");
        InvokeError("Invoke-GptChat 'x' -Stream -Live -WhatIf").IsKind("InvalidParameter");
    }
}
