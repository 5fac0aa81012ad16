using System;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Errors;

/// <summary>What a provider refuses becomes an error that says what to do next.</summary>
public sealed class ProviderErrorTests : ModuleTest
{
    [Fact]
    public void A_wrong_key_in_the_shape_of_OpenAI()
    {
        Server.Enqueue(Reply.Error(401, "Incorrect API key provided", "invalid_request_error", "invalid_api_key").WithHeader("x-request-id", "req_42"));
        ErrorRecord error = InvokeError("Invoke-GptChat 'x'").IsKind("Authentication");
        Is(error, ErrorCategory.AuthenticationError, "Incorrect API key provided", "Connect-GptChat", "HTTP 401", "req_42", Server.BaseUri + "/chat/completions");
        Assert.Equal(401, error.Fact("StatusCode"));
        Assert.Equal("invalid_api_key", error.Fact("Code"));
        Assert.Equal("invalid_request_error", error.Fact("Type"));
        Assert.Equal("req_42", error.Fact("RequestId"));
        Assert.Equal(1, error.Fact("Attempts"));
        Assert.Equal(Server.BaseUri + "/chat/completions", Assert.IsType<Uri>(error.TargetObject).AbsoluteUri);
    }

    [Fact]
    public void A_wrong_token_in_the_envelope_of_Cloudflare()
    {
        Server.Enqueue(Reply.CloudflareError(401, 10000, "Authentication error"));
        ErrorRecord error = InvokeError("Invoke-GptChat 'x'").IsKind("Authentication");
        Is(error, ErrorCategory.AuthenticationError, "Authentication error", "AI Gateway", "code 10000");
        Assert.Equal("10000", error.Fact("Code"));
    }

    [Fact]
    public void A_wrong_account_in_the_envelope_of_Cloudflare()
    {
        Server.Enqueue(Reply.CloudflareError(404, 7003, "Could not route to /client/v4/accounts/x/ai/v1"));
        Is(InvokeError("Invoke-GptChat 'x'").IsKind("InvalidConnection"), ErrorCategory.InvalidArgument, "-AccountId", "CLOUDFLARE_ACCOUNT_ID");
    }

    [Fact]
    public void An_error_of_a_model_server_inside_that_of_Workers_AI()
    {
        Server.Enqueue(Reply.CloudflareError(400, 5006, "AiError: AiError: {\"error\":{\"message\":\"x is wrong\"}} (0f8fad5b-d9cb-469f-a165-70867728950e)"));
        Assert.Equal("0f8fad5b-d9cb-469f-a165-70867728950e", InvokeError("Invoke-GptChat 'x'").IsKind("BadRequest").Fact("RequestId"));
    }

    [Fact]
    public void A_model_that_does_not_exist()
    {
        Server.Enqueue(Reply.Error(404, "The model 'nope' does not exist", "invalid_request_error", "model_not_found"));
        Is(InvokeError("Invoke-GptChat 'x' -Model nope").IsKind("ModelNotFound"), ErrorCategory.ObjectNotFound, "nope", "-Model");
    }

    [Fact]
    public void An_address_that_does_not_exist()
    {
        Server.Enqueue(Reply.Raw(404, "text/plain", "404 page not found"));
        Is(InvokeError("Invoke-GptChat 'x'").IsKind("NotFound"), ErrorCategory.ObjectNotFound, "-BaseUri");
    }

    [Theory]
    [InlineData("insufficient_quota", "QuotaExceeded", ErrorCategory.QuotaExceeded)]
    [InlineData("rate_limit_exceeded", "RateLimit", ErrorCategory.LimitsExceeded)]
    public void An_empty_account_and_haste_are_told_apart(string code, string kind, ErrorCategory category)
    {
        // The last reply stands for as many attempts as it takes.
        Server.Default = Reply.Error(429, "Slow down or pay up", code: code).WithHeader("retry-after", "86400");
        Is(InvokeError("Invoke-GptChat 'x'").IsKind(kind), category, "HTTP 429");
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("max_tokens", "-MaxCompletionTokens")]
    [InlineData("max_completion_tokens", "-MaxCompletionTokens")]
    [InlineData("temperature", "-Temperature")]
    [InlineData("top_p", "-TopP")]
    [InlineData("frequency_penalty", "-FrequencyPenalty")]
    [InlineData("presence_penalty", "-PresencePenalty")]
    [InlineData("tools", "-Tool")]
    [InlineData("tool_choice", "-ToolChoice")]
    [InlineData("response_format.json_schema", "-ResponseFormat")]
    [InlineData("modalities", "-Modality, -Audio or -AudioPath")]
    [InlineData("audio", "-Audio or -AudioPath")]
    [InlineData("logprobs", "-Logprobs or -TopLogprobs")]
    [InlineData("stream_options", "-StreamOption @{ include_usage = $null }")]
    [InlineData("messages[0].content[1].image_url", "change the messages that were sent, at messages[0].content[1].image_url.")]
    public void A_parameter_that_the_model_refuses_is_named_as_the_cmdlet_names_it(string member, string parameter)
    {
        Server.Enqueue(Reply.Error(400, "Unsupported parameter", "invalid_request_error", "unsupported_parameter", member));
        ErrorRecord error = InvokeError("Invoke-GptChat 'x'").IsKind("UnsupportedParameter");
        Is(error, ErrorCategory.InvalidArgument, parameter);
        Assert.Equal(member, error.Fact("Param"));
    }

    [Fact]
    public void A_value_that_the_model_refuses_is_not_left_out_and_sent_again()
    {
        Server.Enqueue(Reply.Error(400, "Only the default (1) is supported", "invalid_request_error", "unsupported_value", "temperature"));
        InvokeError("Invoke-GptChat 'x' -Temperature 0.5").IsKind("UnsupportedParameter");
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void A_parameter_that_only_the_message_names_is_named_and_nothing_is_sent_again()
    {
        Server.Enqueue(Reply.Error(400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "invalid_request_error"));
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -MaxCompletionTokens 5").IsKind("UnsupportedParameter");
        Is(error, ErrorCategory.InvalidArgument, "-MaxCompletionTokens", "-TokenLimitName max_completion_tokens", "parameter max_tokens");
        Assert.Equal("max_tokens", error.Fact("Param"));
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void A_data_loss_rule_is_named_by_its_policies()
    {
        Server.Enqueue(Reply.CloudflareError(424, 2029, "Request blocked").WithHeader("cf-aig-dlp", """{"findings":[{"policy_ids":["pol-7"]}]}"""));
        Is(InvokeError("Invoke-GptChat 'x'").IsKind("ContentFiltered"), ErrorCategory.PermissionDenied, "data-loss policy pol-7");
    }

    [Fact]
    public void A_filter_of_Azure_is_named_by_its_categories()
    {
        Server.Enqueue(Reply.Json("""{"error":{"message":"The prompt was filtered","param":"prompt","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"violence":{"filtered":true,"severity":"medium"}}}}}""", 400));
        Is(InvokeError("Invoke-GptChat 'x'").IsKind("ContentFiltered"), ErrorCategory.PermissionDenied, "Filtered for: violence (medium).");
    }

    [Fact]
    public void An_address_of_LM_Studio_that_lacks_its_end()
    {
        Server.Enqueue(Reply.Json("""{"error":"Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway"}"""));
        Is(InvokeError("Invoke-GptChat 'x'").IsKind("NotFound"), ErrorCategory.ObjectNotFound, "end -BaseUri with /v1");
    }

    [Fact]
    public void A_prompt_that_is_too_long()
    {
        Server.Enqueue(Reply.Error(400, "This model's maximum context length is 128000 tokens", "invalid_request_error", "context_length_exceeded", "messages"));
        Is(InvokeError("Invoke-GptChat 'x'").IsKind("ContextLengthExceeded"), ErrorCategory.LimitsExceeded, "-Continue");
    }

    [Fact]
    public void A_page_of_a_proxy_is_cut_to_its_title()
    {
        string page = "<html><head><title>502 Bad Gateway</title></head><body>" + new string('x', 200_000) + "</body></html>";
        Server.Default = Reply.Raw(502, "text/html", page);
        ErrorRecord error = InvokeError("Invoke-GptChat 'x'").IsKind("ServerError");
        Is(error, ErrorCategory.ResourceUnavailable, "502 Bad Gateway", "HTTP 502");
        Assert.True(error.Exception.Message.Length < 1000, error.Exception.Message);
    }

    [Fact]
    public void A_filter_of_the_provider()
    {
        Server.Enqueue(Reply.Error(400, "The prompt was filtered", null, "content_filter"));
        Is(InvokeError("Invoke-GptChat 'x'").IsKind("ContentFiltered"), ErrorCategory.PermissionDenied, "filter");
    }

    private static void Is(ErrorRecord error, ErrorCategory category, params string[] words)
    {
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.All(words, word => Assert.Contains(word, error.Exception.Message));
    }
}
