using System;
using GptChat.Connections;
using GptChat.Errors;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests.Errors;

/// <summary>What a failed request means, and that the hint names what its reader can change.</summary>
public sealed class DiagnosisTests
{
    private static (GptErrorKind Kind, string? Hint) Of(GptProvider provider, int status, string body) =>
        Diagnosis.Of(status, ErrorBody.Parse(System.Text.Encoding.UTF8.GetBytes(body), "status"), Connection(provider));

    private static GptConnection Connection(GptProvider provider) => ConnectionFactory.Create(new ConnectionParts
    {
        Provider = provider,
        AccountId = new string('a', 32),
        BaseUri = provider switch { GptProvider.AzureOpenAI => "https://r.openai.azure.com", GptProvider.Compatible => "http://127.0.0.1:1/v1", _ => null },
        Key = provider == GptProvider.Ollama ? null : SecureText.From(Calls.Key),
        GatewayId = provider == GptProvider.CloudflareGateway ? "edge" : null,
        KeySource = provider == GptProvider.OpenAI ? "OPENAI_API_KEY" : null,
    });

    [Fact]
    public void A_gateway_without_the_providers_key_does_not_blame_the_token()
    {
        (GptErrorKind kind, string? hint) = Of(GptProvider.Cloudflare, 401, Payloads.Error("You didn't provide an API key.", "invalid_request_error"));
        Assert.Equal(GptErrorKind.Authentication, kind);
        Assert.StartsWith("The token is fine", hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, 10000, GptErrorKind.Authentication, "AI Gateway")]
    [InlineData(403, 10000, GptErrorKind.Authentication, "Workers AI")]
    [InlineData(400, 6003, GptErrorKind.Authentication, "line break")]
    [InlineData(400, 6111, GptErrorKind.Authentication, "Bearer")]
    [InlineData(404, 7003, GptErrorKind.InvalidConnection, "CLOUDFLARE_ACCOUNT_ID")]
    [InlineData(404, 7000, GptErrorKind.NotFound, "-BaseUri")]
    [InlineData(405, 7001, GptErrorKind.NotFound, "-BaseUri")]
    [InlineData(429, 1200, GptErrorKind.RateLimit, "Wait")]
    [InlineData(402, 0, GptErrorKind.QuotaExceeded, "credit")]
    [InlineData(400, 2008, GptErrorKind.ModelNotFound, "author/model")]
    [InlineData(424, 2016, GptErrorKind.ContentFiltered, "guardrail")]
    [InlineData(424, 2017, GptErrorKind.ContentFiltered, "guardrail")]
    [InlineData(424, 2029, GptErrorKind.ContentFiltered, "data-loss")]
    [InlineData(424, 2030, GptErrorKind.ContentFiltered, "data-loss")]
    [InlineData(400, 5007, GptErrorKind.ModelNotFound, "-Model")]
    [InlineData(400, 5006, GptErrorKind.BadRequest, "-WhatIf")]
    [InlineData(400, 8007, GptErrorKind.ContentFiltered, "prompt")]
    [InlineData(403, 5016, GptErrorKind.Forbidden, "permissions")]
    [InlineData(404, 3042, GptErrorKind.ModelNotFound, "-Model")]
    [InlineData(405, 5005, GptErrorKind.BadRequest, "-WhatIf")]
    [InlineData(405, 5019, GptErrorKind.BadRequest, "-WhatIf")]
    [InlineData(408, 3007, GptErrorKind.ServerError, "time")]
    [InlineData(413, 3006, GptErrorKind.RequestTooLarge, "less")]
    [InlineData(429, 3036, GptErrorKind.QuotaExceeded, "does not help")]
    [InlineData(429, 3040, GptErrorKind.RateLimit, "Wait")]
    public void A_cloudflare_code_outranks_its_status(int status, int code, GptErrorKind kind, string? named) =>
        Check(kind, named, Of(GptProvider.Cloudflare, status, Payloads.CloudflareError(code, "Something")));

    [Theory]
    [InlineData(401, """{"name":"AiGatewayError","internalCode":2009,"message":"Unauthorized"}""", GptErrorKind.Authentication, "Cloudflare token")]
    [InlineData(429, """{"errors":[{"code":9,"message":"Spend limit reached for this gateway"}]}""", GptErrorKind.QuotaExceeded, "limit is raised")]
    [InlineData(429, """{"errors":[{"code":9,"message":"The budget of this gateway is used up"}]}""", GptErrorKind.QuotaExceeded, "limit is raised")]
    [InlineData(429, """{"errors":[{"code":9,"message":"Gateway rate limit"}]}""", GptErrorKind.RateLimit, "Wait")]
    [InlineData(524, "<html><title>524: A timeout occurred</title>", GptErrorKind.ServerError, "time")]
    [InlineData(520, "<html>", GptErrorKind.ServerError, "later")]
    [InlineData(529, """{"error":{"type":"overloaded_error","message":"Overloaded"}}""", GptErrorKind.ServerError, "overloaded")]
    public void A_gateway_is_understood(int status, string body, GptErrorKind kind, string named) => Check(kind, named, Of(GptProvider.Cloudflare, status, body));

    [Theory]
    [InlineData(400, "unsupported_parameter", "invalid_request_error", "max_tokens", GptErrorKind.UnsupportedParameter, "max_completion_tokens")]
    [InlineData(400, "unsupported_value", "invalid_request_error", "temperature", GptErrorKind.UnsupportedParameter, "-Temperature")]
    [InlineData(400, "unsupported_value", "invalid_request_error", "unheard_of", GptErrorKind.UnsupportedParameter, "leave it out")]
    [InlineData(400, null, "invalid_request_error", "top_p", GptErrorKind.BadRequest, "-TopP")]
    [InlineData(400, null, "invalid_request_error", "messages[0].content", GptErrorKind.BadRequest, "messages")]
    [InlineData(400, "context_length_exceeded", null, "messages", GptErrorKind.ContextLengthExceeded, "-Continue")]
    [InlineData(401, "invalid_api_key", null, null, GptErrorKind.Authentication, "OPENAI_API_KEY")]
    [InlineData(401, null, null, null, GptErrorKind.Authentication, "OPENAI_API_KEY")]
    [InlineData(403, null, null, null, GptErrorKind.Forbidden, "region")]
    [InlineData(404, "model_not_found", null, null, GptErrorKind.ModelNotFound, "-Model")]
    [InlineData(404, null, null, null, GptErrorKind.NotFound, "/v1")]
    [InlineData(408, null, null, null, GptErrorKind.ServerError, "time")]
    [InlineData(409, null, null, null, GptErrorKind.ServerError, "send again")]
    [InlineData(413, null, null, null, GptErrorKind.RequestTooLarge, "less")]
    [InlineData(425, null, null, null, GptErrorKind.ServerError, "send again")]
    [InlineData(422, null, null, null, GptErrorKind.BadRequest, "-WhatIf")]
    [InlineData(429, "rate_limit_exceeded", "requests", null, GptErrorKind.RateLimit, "Wait")]
    [InlineData(429, "slow_down", "rate_limit_error", null, GptErrorKind.RateLimit, "Wait")]
    [InlineData(429, "credit_balance_exhausted", "insufficient_quota", null, GptErrorKind.QuotaExceeded, "credit")]
    [InlineData(429, "organization_spend_limit_exceeded", "insufficient_quota", null, GptErrorKind.QuotaExceeded, "limit")]
    [InlineData(429, null, "insufficient_quota", null, GptErrorKind.QuotaExceeded, "credit")]
    [InlineData(429, "billing_hard_limit_reached", null, null, GptErrorKind.QuotaExceeded, "limit")]
    [InlineData(500, "server_error", "server_error", null, GptErrorKind.ServerError, "later")]
    [InlineData(503, "server_is_overloaded", "service_unavailable_error", null, GptErrorKind.ServerError, "later")]
    public void An_openai_error_is_understood(int status, string? code, string? type, string? param, GptErrorKind kind, string? named) =>
        Check(kind, named, Of(GptProvider.OpenAI, status, Payloads.Error("Something", type, code, param)));

    [Theory]
    [InlineData(GptProvider.AzureOpenAI, 400, """{"error":{"message":"The response was filtered","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}}""", GptErrorKind.ContentFiltered, "filter")]
    [InlineData(GptProvider.AzureOpenAI, 401, """{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}""", GptErrorKind.Authentication, "key")]
    [InlineData(GptProvider.AzureOpenAI, 404, """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}""", GptErrorKind.ModelNotFound, "deployment")]
    [InlineData(GptProvider.AzureOpenAI, 404, """{"error":{"code":"404","message":"Resource not found"}}""", GptErrorKind.NotFound, "AZURE_OPENAI_ENDPOINT")]
    [InlineData(GptProvider.AzureOpenAI, 429, """{"error":{"code":"429","message":"Requests have exceeded the token rate limit. Please retry after 20 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit."}}""", GptErrorKind.RateLimit, "Wait")]
    [InlineData(GptProvider.Compatible, 402, """{"error":{"code":402,"message":"Insufficient credits"}}""", GptErrorKind.QuotaExceeded, "credit")]
    [InlineData(GptProvider.Compatible, 403, """{"error":{"code":403,"message":"Flagged","metadata":{}}}""", GptErrorKind.Forbidden, "permissions")]
    [InlineData(GptProvider.Compatible, 503, """{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""", GptErrorKind.ServerError, "-MaximumRetryCount")]
    [InlineData(GptProvider.LlamaCpp, 503, """{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""", GptErrorKind.ServerError, "still loads")]
    [InlineData(GptProvider.AzureOpenAI, 400, """{"error":{"message":"The response was filtered","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,"severity":"high"},"jailbreak":{"filtered":true,"detected":true},"self_harm":{"filtered":false,"severity":"safe"}}}}}""", GptErrorKind.ContentFiltered, "Filtered for: hate (high), jailbreak. ")]
    [InlineData(GptProvider.CloudflareGateway, 401, """{"name":"AiGatewayError","internalCode":2009,"message":"Unauthorized"}""", GptErrorKind.Authentication, "-ApiToken")]
    [InlineData(GptProvider.CloudflareGateway, 401, """{"error":{"message":"You didn't provide an API key."}}""", GptErrorKind.Authentication, "-ApiKey")]
    [InlineData(GptProvider.Compatible, 422, """{"detail":[{"loc":["body","seed"],"msg":"Unknown field 'seed'","type":"extra_forbidden"}]}""", GptErrorKind.UnsupportedParameter, "-Seed")]
    [InlineData(GptProvider.Compatible, 400, """{"error":{"code":400,"message":"the request exceeds the available context size (4096 tokens)","type":"exceed_context_size_error"}}""", GptErrorKind.ContextLengthExceeded, "shorter")]
    [InlineData(GptProvider.Compatible, 400, """{"object":"error","message":"This model's maximum context length is 4096 tokens.","type":"BadRequestError","code":400}""", GptErrorKind.ContextLengthExceeded, "shorter")]
    [InlineData(GptProvider.Ollama, 404, """{"error":{"message":"model 'x' not found","type":"not_found_error","param":null,"code":null}}""", GptErrorKind.ModelNotFound, "ollama pull")]
    [InlineData(GptProvider.Ollama, 401, "", GptErrorKind.Authentication, "No key was sent")]
    public void Another_server_is_understood(GptProvider provider, int status, string body, GptErrorKind kind, string named) => Check(kind, named, Of(provider, status, body));

    [Fact]
    public void An_error_inside_an_answer_is_understood_by_its_code()
    {
        ErrorDetail detail = ErrorBody.Parse("""{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}"""u8, "");
        Assert.Equal(GptErrorKind.Authentication, Diagnosis.OfBody(detail, Connection(GptProvider.Cloudflare), isStream: true).Kind);
        Check(GptErrorKind.StreamError, "PartialText", Diagnosis.OfBody(new ErrorDetail("x"), Connection(GptProvider.OpenAI), isStream: true));
        Check(GptErrorKind.ServerError, "Send again", Diagnosis.OfBody(new ErrorDetail("x"), Connection(GptProvider.OpenAI), isStream: false));
        ErrorDetail wrongPath = new("Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway");
        Check(GptErrorKind.NotFound, "/v1", Diagnosis.OfBody(wrongPath, Connection(GptProvider.Compatible), isStream: false));
    }

    [Theory]
    [InlineData("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "leave out -MaxCompletionTokens")]
    [InlineData("Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.", "this value: leave out -Temperature")]
    [InlineData("Unrecognized request argument supplied: seed", "leave out -Seed")]
    [InlineData("Unknown parameter: 'prompt_cache_options.mode'.", "leave out -PromptCacheOption")]
    [InlineData("The parameter `logit_bias` is not supported by this engine", "leave out -LogitBias")]
    [InlineData("'stop' is not supported with o4-mini.", "leave out -Stop")]
    public void A_refused_parameter_is_found_in_the_message_where_it_stands_nowhere_else(string message, string hint) =>
        Check(GptErrorKind.UnsupportedParameter, hint, Of(GptProvider.OpenAI, 400, Payloads.Error(message, "invalid_request_error")));

    [Theory]
    [InlineData("The model 'seed' went wrong")]
    [InlineData("The model `foo` is not supported")]
    [InlineData("Unsupported parameter: 'of_another_world'")]
    [InlineData("Invalid 'temperature': must be a number")]
    public void Other_words_refuse_no_parameter_of_ours(string message) =>
        Assert.Equal(GptErrorKind.BadRequest, Of(GptProvider.OpenAI, 400, Payloads.Error(message, "invalid_request_error")).Kind);

    [Theory]
    [InlineData("model", "-Model")]
    [InlineData("temperature", "-Temperature")]
    [InlineData("max_tokens", "-MaxCompletionTokens")]
    [InlineData("max_completion_tokens", "-MaxCompletionTokens")]
    [InlineData("top_p", "-TopP")]
    [InlineData("frequency_penalty", "-FrequencyPenalty")]
    [InlineData("presence_penalty", "-PresencePenalty")]
    [InlineData("stream", "-Stream")]
    [InlineData("stream_options.include_obfuscation", "-StreamOption")]
    [InlineData("tools[0].custom", "-Tool")]
    [InlineData("tool_choice", "-ToolChoice")]
    [InlineData("response_format.json_schema", "-ResponseFormat")]
    [InlineData("modalities", "-Modality")]
    [InlineData("audio.voice", "-Audio")]
    [InlineData("n", "-ChoiceCount")]
    [InlineData("stop", "-Stop")]
    [InlineData("logprobs", "-Logprobs")]
    [InlineData("top_logprobs", "-TopLogprobs")]
    [InlineData("logit_bias", "-LogitBias")]
    [InlineData("seed", "-Seed")]
    [InlineData("user", "-User")]
    [InlineData("safety_identifier", "-SafetyIdentifier")]
    [InlineData("prompt_cache_key", "-PromptCacheKey")]
    [InlineData("prompt_cache_retention", "-PromptCacheRetention")]
    [InlineData("prompt_cache_options", "-PromptCacheOption")]
    [InlineData("prompt_cache_breakpoint", "cache marks")]
    [InlineData("reasoning_effort", "-ReasoningEffort")]
    [InlineData("verbosity", "-AnswerVerbosity")]
    [InlineData("parallel_tool_calls", "-ParallelToolCall")]
    [InlineData("prediction", "-Prediction")]
    [InlineData("service_tier", "-ServiceTier")]
    [InlineData("store", "-Store")]
    [InlineData("metadata", "-Metadata")]
    [InlineData("moderation", "-Moderation")]
    [InlineData("web_search_options", "-WebSearchOption")]
    [InlineData("functions", "-ExtraBody")]
    [InlineData("function_call", "-ExtraBody")]
    public void Every_member_of_a_request_has_its_parameter(string member, string parameter)
    {
        Check(GptErrorKind.UnsupportedParameter, "leave out", Of(GptProvider.OpenAI, 400, Payloads.Error("No", "invalid_request_error", "unsupported_parameter", member)));
        Check(GptErrorKind.UnsupportedParameter, parameter, Of(GptProvider.OpenAI, 400, Payloads.Error("No", "invalid_request_error", "unsupported_value", member)));
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("messages[2].content[0].image_url.detail")]
    [InlineData("messages.1.tool_calls")]
    public void Messages_can_be_changed_but_not_left_out(string member)
    {
        Check(GptErrorKind.UnsupportedParameter, "change the messages that were sent, at " + member + ".", Of(GptProvider.OpenAI, 400, Payloads.Error("No", "invalid_request_error", "unsupported_parameter", member)));
        Check(GptErrorKind.UnsupportedParameter, "change the messages that were sent, at " + member + ".", Of(GptProvider.OpenAI, 400, Payloads.Error("No", "invalid_request_error", "unsupported_value", member)));
    }

    [Theory]
    [InlineData(GptProvider.OpenAI, 404, "model_not_found", "The model `gpt-4-32k` has been deprecated, learn more here: https://example.com", true, "Get-GptModel")]
    [InlineData(GptProvider.OpenAI, 404, "model_not_found", "The model `gpt-9` does not exist or you do not have access to it.", false, "Get-GptModel")]
    [InlineData(GptProvider.Compatible, 400, "model_decommissioned", "The model `x` has been decommissioned", true, "Get-GptModel")]
    [InlineData(GptProvider.Compatible, 410, null, "This model is no longer available", true, "-Model")]
    [InlineData(GptProvider.AzureOpenAI, 404, "DeploymentNotFound", "The API deployment for this resource does not exist.", false, "deployment")]
    [InlineData(GptProvider.AzureOpenAI, 400, "ModelDeprecated", "The model behind it is retired", true, "deployment")]
    [InlineData(GptProvider.Cloudflare, 400, "5007", "No such model @cf/x/y", false, "author/model")]
    [InlineData(GptProvider.Cloudflare, 400, "5007", "The model @cf/x/y was retired on 2026-01-01", true, "author/model")]
    [InlineData(GptProvider.Cloudflare, 404, "3042", "Invalid model id", false, "author/model")]
    [InlineData(GptProvider.Ollama, 404, null, "model 'x' not found", false, "ollama pull")]
    public void A_model_that_is_gone_and_one_that_never_was_are_told_apart(GptProvider provider, int status, string? code, string message, bool isGone, string way)
    {
        (GptErrorKind kind, string? hint) = Of(provider, status, Payloads.Error(message, "invalid_request_error", code));
        Assert.Equal(GptErrorKind.ModelNotFound, kind);
        Assert.Equal(isGone, hint!.Contains("taken this model away", StringComparison.Ordinal));
        Assert.Contains(way, hint, StringComparison.Ordinal);
        Assert.Contains("-Model", hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"findings":[{"profile":{"context":{},"entry_ids":["e1"],"profile_id":"p1"},"policy_ids":["pol-1","pol-2"],"check":"REQUEST"},{"policy_ids":["pol-1"]}],"action":"BLOCK"}""", "pol-1, pol-2")]
    [InlineData("""{"policy_id":"one"}""", "one")]
    [InlineData("""{"action":"BLOCK"}""", null)]
    [InlineData("BLOCK", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_policies_of_a_data_loss_rule_are_found(string? header, string? policies) => Assert.Equal(policies, FilterFacts.Policies(header));

    private static void Check(GptErrorKind kind, string? named, (GptErrorKind Kind, string? Hint) actual)
    {
        Assert.Equal(kind, actual.Kind);
        if (named is null) Assert.Null(actual.Hint);
        else Assert.Contains(named, actual.Hint, StringComparison.Ordinal);
    }
}
