using System;
using System.Globalization;
using System.Linq;

namespace GptChat.Errors;

/// <summary>
/// From status, code and words of a failed request to what it means and what to do about it. The order matters: what a
/// provider says in a code outranks what its status suggests (a 429 may be an empty account, a 404 a wrong account id).
/// </summary>
internal static class Diagnosis
{
    private const string ChangeRequest = "Change what the message names: -WhatIf shows the request without sending it.";

    private static readonly string[] QuotaCodes =
    {
        "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded", "project_spend_limit_exceeded",
        "organization_usage_limit_exceeded", "billing_hard_limit_reached", "3036",
    };

    /// <summary>Names the failure of an HTTP answer with an error status.</summary>
    public static (GptErrorKind Kind, string? Hint) Of(int status, ErrorDetail detail, GptConnection connection)
    {
        (GptErrorKind, string?)? known = ByCode(detail, connection) ?? ByWords(status, detail, connection);
        return AnswerForm.Advise(known ?? ByStatus(status, detail, connection), detail);
    }

    /// <summary>Names the failure of an error that came inside an answer with status 200.</summary>
    public static (GptErrorKind Kind, string? Hint) OfBody(ErrorDetail detail, GptConnection connection, bool isStream)
    {
        (GptErrorKind, string?)? known = ByCode(detail, connection) ?? ByWords(200, detail, connection);
        return AnswerForm.Advise(known, detail) ?? (isStream
            ? (GptErrorKind.StreamError, "Send again. What had come, if anything, is in the error's PartialText.")
            : (GptErrorKind.ServerError, "Send again; if it stays so, ask the provider."));
    }

    private static (GptErrorKind, string?)? ByCode(ErrorDetail detail, GptConnection connection)
    {
        string code = detail.Code ?? string.Empty;
        if (QuotaCodes.Contains(code, StringComparer.OrdinalIgnoreCase) || string.Equals(detail.Type, "insufficient_quota", StringComparison.Ordinal))
        {
            return (GptErrorKind.QuotaExceeded, "Trying again does not help: add credit or raise the limit at the provider.");
        }

        switch (code)
        {
            case "10000":
                return (GptErrorKind.Authentication, KeyHint(connection) + " A Cloudflare token needs the permission 'AI Gateway' for models such as openai/*, 'Workers AI' for @cf/* models.");
            case "6003" or "6111":
                return (GptErrorKind.Authentication, "The token is malformed: look for a line break in it or the word 'Bearer' before it. " + KeyHint(connection));
            case "7003":
                return (GptErrorKind.InvalidConnection, "The account id in the address is wrong: give the 32 hexadecimal digits from the Cloudflare dashboard as -AccountId or CLOUDFLARE_ACCOUNT_ID.");
            case "7000" or "7001":
                return (GptErrorKind.NotFound, "This server has nothing at this address: check -BaseUri.");
            case "2009":
                return (GptErrorKind.Authentication, connection.Provider == GptProvider.CloudflareGateway
                    ? "The gateway wants a Cloudflare token: check the one given as Connect-GptChat -ApiToken, or give one beside the provider's -ApiKey."
                    : "The gateway wants a Cloudflare token of its own. " + KeyHint(connection));
            case "2008":
                return (GptErrorKind.ModelNotFound, "Through a gateway a model's name is author/model, such as openai/gpt-5.1-chat: change -Model.");
            case "2016" or "2017" or "2029" or "2030" or "8007" or "content_filter" or "content_policy_violation" or "ResponsibleAIPolicyViolation":
                return (GptErrorKind.ContentFiltered, (detail.Filtered is null ? string.Empty : "Filtered for: " + detail.Filtered + ". ") + "A content filter, guardrail or data-loss rule of the provider blocked it: change the prompt or the rule.");
            case "model_decommissioned" or "model_deprecated" or "ModelDeprecated" or "model_retired":
                return (GptErrorKind.ModelNotFound, ModelHints.Gone(connection));
            case "5007" or "3042" or "model_not_found" or "model_not_available" or "DeploymentNotFound":
                return (GptErrorKind.ModelNotFound, ModelHints.IsGone(detail.Message) ? ModelHints.Gone(connection) : ModelHints.Unknown(connection));
            case "invalid_api_key" or "invalid_authentication":
                return (GptErrorKind.Authentication, KeyHint(connection));
            case "context_length_exceeded" or "context_window_exceeded":
                return (GptErrorKind.ContextLengthExceeded, "Send less: a shorter input, in parts with -Chunk -ChunkSize TOKENS, or a new conversation instead of -Continue.");
            case "unsupported_parameter" or "unsupported_value":
                return (GptErrorKind.UnsupportedParameter, LeaveOut(detail.Param ?? ParameterNames.RefusedIn(detail.Message), code == "unsupported_value"));
            case "5005" or "5019":
                return (GptErrorKind.BadRequest, ChangeRequest);
            case "rate_limit_exceeded" or "slow_down":
                return (GptErrorKind.RateLimit, "Wait, then send again.");
            default:
                return null;
        }
    }

    private static (GptErrorKind, string?)? ByWords(int status, ErrorDetail detail, GptConnection connection)
    {
        string words = detail.Message;
        if (Has(words, "maximum context length") || Has(words, "context length exceeded") || Has(words, "exceeds the available context size"))
        {
            return (GptErrorKind.ContextLengthExceeded, "Send less: a shorter input, in parts with -Chunk -ChunkSize TOKENS, or a new conversation instead of -Continue.");
        }

        if (status == 429 && (Has(words, "spend limit") || Has(words, "budget") || Has(words, "exceeded your current quota")))
        {
            return (GptErrorKind.QuotaExceeded, "Trying again does not help before the limit is raised or its window ends.");
        }

        if (status is 400 or 422 && ParameterNames.RefusedIn(words) is { } refused && ParameterNames.CmdletParameter(refused) is not null)
        {
            return (GptErrorKind.UnsupportedParameter, LeaveOut(detail.Param ?? refused, Has(words, "unsupported value") || Has(words, "does not support")));
        }

        if (status is 400 or 404 or 410 or 200 && ModelHints.IsGone(words)) return (GptErrorKind.ModelNotFound, ModelHints.Gone(connection));
        if (status == 503 && Has(words, "loading model"))
        {
            return (GptErrorKind.ServerError, "The server is up and still loads the model, which may take minutes: send again then, or let the call wait for it, as with -MaximumRetryCount 20 -RetryIntervalSec 10.");
        }

        if (connection.Provider == GptProvider.CloudflareGateway && Has(words, "didn't provide an API key"))
        {
            return (GptErrorKind.Authentication, "The gateway passed on no key for this model's provider: give it as Connect-GptChat -ApiKey, or store it at the gateway.");
        }

        if (connection.Provider == GptProvider.Cloudflare && Has(words, "didn't provide an API key"))
        {
            return (GptErrorKind.Authentication, "The token is fine, but the gateway has no key for this model's provider: use a model of Cloudflare's unified billing, or store the provider's key at the gateway.");
        }

        if (Has(words, "unexpected endpoint or method"))
        {
            return (GptErrorKind.NotFound, "This server keeps its API under /v1: end -BaseUri with /v1.");
        }

        return null;
    }

    private static (GptErrorKind, string?) ByStatus(int status, ErrorDetail detail, GptConnection connection) => status switch
    {
        < 400 => (GptErrorKind.BadRequest, "No such API answers so: check -BaseUri, and proxies on the way."),
        401 => (GptErrorKind.Authentication, KeyHint(connection)),
        402 => (GptErrorKind.QuotaExceeded, "The account has no credit: load some at the provider."),
        407 => (GptErrorKind.Authentication, "The proxy asks who you are: Connect-GptChat -Proxy ADDRESS -ProxyCredential (Get-Credential)."),
        403 => (GptErrorKind.Forbidden, "The key is known but may not do this: check its permissions, the project and the region. " + KeyHint(connection)),
        404 when Has(detail.Message, "model") => (GptErrorKind.ModelNotFound, ModelHints.Unknown(connection)),
        404 or 405 => (GptErrorKind.NotFound, connection.Provider == GptProvider.AzureOpenAI
            ? "Check the endpoint (-BaseUri or AZURE_OPENAI_ENDPOINT) and that -Model is the name of a deployment."
            : "This server has nothing at this address: check -BaseUri; most servers want it to end with /v1."),
        408 or 504 or 524 => (GptErrorKind.ServerError, "The provider ran out of time: send again, with less input or less to answer."),
        409 or 425 => (GptErrorKind.ServerError, "The server was not ready for the request: send again."),
        413 => (GptErrorKind.RequestTooLarge, "Send less, or larger files in parts."),
        429 => (GptErrorKind.RateLimit, "Wait, then send again."),
        529 or >= 500 => (GptErrorKind.ServerError, "The provider failed or is overloaded: send again later."),
        _ => (GptErrorKind.BadRequest, ParameterNames.CmdletParameter(detail.Param) is { } name ? "Check " + name + "." : ChangeRequest),
    };

    private static string KeyHint(GptConnection connection) => connection is { Provider: GptProvider.AzureOpenAI, Credentials: [{ Scheme: not null }, ..] }
        ? "Check the token" + (connection.KeySource is { } variable ? " in " + variable : string.Empty) + ": one of Entra lasts about an hour, and is made for the scope https://ai.azure.com/.default, on the classic address https://cognitiveservices.azure.com/.default."
        : connection.KeySource is { } source
        ? "Check the key: it came from " + source + "."
        : connection.HasKey
            ? "Check the key given to Connect-GptChat."
            : "No key was sent: give one with Connect-GptChat -ApiKey.";

    private static string LeaveOut(string? member, bool isValue)
    {
        string what = isValue ? "The model does not take this value" : "The model does not take it";
        if (ParameterNames.IsMessage(member)) return what + ": change the messages that were sent, at " + member + ".";
        return ParameterNames.CmdletParameter(member) is { } name
            ? what + ": leave out " + name + "."
            : what + (member is null ? string.Empty : " (" + member + ")") + ": leave it out.";
    }

    private static bool Has(string text, string words) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, words, CompareOptions.OrdinalIgnoreCase) >= 0;
}
