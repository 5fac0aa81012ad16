using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>Each member that a request can have, as the cmdlet's parameter puts it on the wire.</summary>
public sealed class RequestMemberTests : ModuleTest
{
    private const string Function = """{"type":"function","function":{"name":"get_time","parameters":{"type":"object","properties":{"zone":{"type":"string"}},"required":["zone"]}}}""";
    private const string FunctionTable = "@{ type = 'function'; function = @{ name = 'get_time'; parameters = @{ type = 'object'; properties = @{ zone = @{ type = 'string' } }; required = @('zone') } } }";

    [Theory]
    [InlineData("messages", "", """[{"role":"user","content":"x"}]""")]
    [InlineData("temperature", "-Temperature 0.2", "0.2")]
    [InlineData("max_tokens", "-MaxCompletionTokens 9 -Model llama3", "9")]
    [InlineData("max_completion_tokens", "-MaxCompletionTokens 9", "9")]
    [InlineData("top_p", "-TopP 0.5", "0.5")]
    [InlineData("frequency_penalty", "-FrequencyPenalty 1.5", "1.5")]
    [InlineData("presence_penalty", "-PresencePenalty -1", "-1")]
    [InlineData("stream", "-Stream", "true")]
    [InlineData("stream", "-Live", "true")]
    [InlineData("stream_options", "-Live -StreamOption @{ include_obfuscation = $false }", """{"include_usage":true,"include_obfuscation":false}""")]
    [InlineData("tools", "-Tool (" + FunctionTable + ")", "[" + Function + "]")]
    [InlineData("tools", "-Tool '" + Function + "'", "[" + Function + "]")]
    [InlineData("tools", "-Tool '[" + Function + "," + Function + "]'", "[" + Function + "," + Function + "]")]
    [InlineData("tool_choice", "-ToolChoice required", "\"required\"")]
    [InlineData("tool_choice", "-ToolChoice @{ type = 'function'; function = @{ name = 'get_time' } }", """{"type":"function","function":{"name":"get_time"}}""")]
    [InlineData("response_format", "-ResponseFormat json_object", """{"type":"json_object"}""")]
    [InlineData("response_format", """-ResponseFormat '{"type":"json_schema","json_schema":{"name":"n","strict":true}}'""", """{"type":"json_schema","json_schema":{"name":"n","strict":true}}""")]
    [InlineData("modalities", "-Modality text, audio", """["text","audio"]""")]
    [InlineData("audio", "-Audio @{ voice = 'marin'; format = 'mp3' }", """{"voice":"marin","format":"mp3"}""")]
    [InlineData("audio", "-Audio ([pscustomobject]@{ voice = 'marin'; format = 'wav' })", """{"voice":"marin","format":"wav"}""")]
    public void A_parameter_is_its_member(string member, string parameter, string expected)
    {
        Server.Default = Reply.AsAsked("An answer.");
        Invoke("$null = Invoke-GptChat 'x' " + parameter);
        Request.Json.GetProperty(member).IsJson(expected);
    }

    [Theory]
    [InlineData("-Tool '{oops'")]
    [InlineData("-Tool 42")]
    [InlineData("-Audio 'text'")]
    [InlineData("-Audio '[1]'")]
    [InlineData("-ResponseFormat '{oops'")]
    [InlineData("-Stream -StreamOption 'x'")]
    public void What_is_no_object_is_refused_by_the_parameters_name(string parameter)
    {
        string message = InvokeError("Invoke-GptChat 'x' " + parameter).IsKind("InvalidParameter").Exception.Message;
        Assert.Contains(parameter.Replace("-Stream ", string.Empty, System.StringComparison.Ordinal).Split(' ')[0], message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("-Provider OpenAI -ApiKey $key", "any", "max_completion_tokens")]
    [InlineData("-Provider AzureOpenAI -ApiKey $key", "deployment", "max_completion_tokens")]
    [InlineData("-Provider Cloudflare -ApiToken $key", "openai/gpt-5.1-chat", "max_completion_tokens")]
    [InlineData("-Provider Cloudflare -ApiToken $key", "@cf/meta/llama-3.1-8b-instruct", "max_tokens")]
    [InlineData("-Provider Ollama", "gpt-oss:20b", "max_tokens")]
    [InlineData("-Provider Compatible", "llama3", "max_tokens")]
    [InlineData("-Provider Compatible", "gpt-5.1", "max_completion_tokens")]
    [InlineData("-Provider Compatible -TokenLimitName max_completion_tokens", "llama3", "max_completion_tokens")]
    [InlineData("-Provider OpenAI -ApiKey $key -TokenLimitName max_tokens", "gpt-5.1", "max_tokens")]
    public void The_name_of_the_limit_follows_the_connection(string parameters, string model, string member)
    {
        Invoke("Connect-GptChat -BaseUri $uri " + parameters + "; Invoke-GptChat 'x' -MaxCompletionTokens 7 -Model $model", ("uri", Server.BaseUri), ("key", ModuleHost.Secure("sk-abcdefgh")), ("model", model));
        Assert.Equal(["model", member, "messages"], Request.MemberNames());
    }
}
