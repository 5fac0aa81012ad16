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
    [InlineData(400, 5006, GptErrorKind.BadRequest, null)]
    [InlineData(400, 8007, GptErrorKind.ContentFiltered, "prompt")]
    [InlineData(403, 5016, GptErrorKind.Forbidden, "permissions")]
    [InlineData(404, 3042, GptErrorKind.ModelNotFound, "-Model")]
    [InlineData(405, 5005, GptErrorKind.BadRequest, null)]
    [InlineData(405, 5019, GptErrorKind.BadRequest, null)]
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
    [InlineData(413, null, null, null, GptErrorKind.RequestTooLarge, "less")]
    [InlineData(422, null, null, null, GptErrorKind.BadRequest, null)]
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
    [InlineData(GptProvider.Compatible, 503, """{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""", GptErrorKind.ServerError, "later")]
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
        Assert.Equal(GptErrorKind.StreamError, Diagnosis.OfBody(new ErrorDetail("x"), Connection(GptProvider.OpenAI), isStream: true).Kind);
        Assert.Equal(GptErrorKind.ServerError, Diagnosis.OfBody(new ErrorDetail("x"), Connection(GptProvider.OpenAI), isStream: false).Kind);
        ErrorDetail wrongPath = new("Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway");
        Check(GptErrorKind.NotFound, "/v1", Diagnosis.OfBody(wrongPath, Connection(GptProvider.Compatible), isStream: false));
    }

    private static void Check(GptErrorKind kind, string? named, (GptErrorKind Kind, string? Hint) actual)
    {
        Assert.Equal(kind, actual.Kind);
        if (named is null) Assert.Null(actual.Hint);
        else Assert.Contains(named, actual.Hint, StringComparison.Ordinal);
    }
}
