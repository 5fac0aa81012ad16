using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>Each member that a request can have, as the cmdlet's parameter puts it on the wire: the exact JSON that leaves.</summary>
public sealed class RequestMemberTests : ModuleTest
{
    private const string Function = """{"type":"function","function":{"name":"get_time","parameters":{"type":"object","properties":{"zone":{"type":"string"}},"required":["zone"]}}}""";
    private const string FunctionTable = "@{ type = 'function'; function = @{ name = 'get_time'; parameters = @{ type = 'object'; properties = @{ zone = @{ type = 'string' } }; required = @('zone') } } }";
    private const string Custom = """{"type":"custom","custom":{"name":"run","format":{"type":"grammar","grammar":{"syntax":"lark","definition":"start: /a+/"}}}}""";
    private const string Schema = """{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{"type":"object","properties":{},"additionalProperties":false,"required":[]}}}""";

    [Theory]
    [InlineData("", "")]
    [InlineData("-Temperature 0.2", "\"temperature\":0.2")]
    [InlineData("-TopP 0.5", "\"top_p\":0.5")]
    [InlineData("-MaxCompletionTokens 9", "\"max_completion_tokens\":9")]
    [InlineData("-FrequencyPenalty 1.5", "\"frequency_penalty\":1.5")]
    [InlineData("-PresencePenalty -1", "\"presence_penalty\":-1")]
    [InlineData("-ChoiceCount 3", "\"n\":3")]
    [InlineData("-Stop END", "\"stop\":[\"END\"]")]
    [InlineData("-Stop \"`n\", 'é'", "\"stop\":[\"\\n\",\"é\"]")]
    [InlineData("-Seed 42", "\"seed\":42")]
    [InlineData("-Logprobs", "\"logprobs\":true")]
    [InlineData("-Logprobs:$false", "\"logprobs\":false")]
    [InlineData("-TopLogprobs 2", "\"logprobs\":true,\"top_logprobs\":2")]
    [InlineData("-LogitBias @{ 1734 = -100; '42' = 5 }", "\"logit_bias\":{\"1734\":-100,\"42\":5}")]
    [InlineData("-LogitBias @{ 5 = 5.0; 6 = '-1' }", "\"logit_bias\":{\"5\":5,\"6\":-1}")]
    [InlineData("-ReasoningEffort low", "\"reasoning_effort\":\"low\"")]
    [InlineData("-ReasoningEffort XHigh", "\"reasoning_effort\":\"xhigh\"")]
    [InlineData("-AnswerVerbosity high", "\"verbosity\":\"high\"")]
    [InlineData("-ServiceTier flex", "\"service_tier\":\"flex\"")]
    [InlineData("-Store", "\"store\":true")]
    [InlineData("-Store:$false", "\"store\":false")]
    [InlineData("-Metadata @{ job = 'nightly'; run = 7; when = [datetimeoffset]::new(2026, 1, 2, 3, 4, 5, [timespan]::Zero) }", "\"metadata\":{\"job\":\"nightly\",\"run\":\"7\",\"when\":\"2026-01-02T03:04:05.0000000+00:00\"}")]
    [InlineData("-SafetyIdentifier 8d1c", "\"safety_identifier\":\"8d1c\"")]
    [InlineData("-User u1", "\"user\":\"u1\"")]
    [InlineData("-PromptCacheKey k", "\"prompt_cache_key\":\"k\"")]
    [InlineData("-PromptCacheRetention 24h", "\"prompt_cache_retention\":\"24h\"")]
    [InlineData("-PromptCacheOption explicit", "\"prompt_cache_options\":{\"mode\":\"explicit\"}")]
    [InlineData("-PromptCacheOption @{ mode = 'explicit'; ttl = '30m' }", "\"prompt_cache_options\":{\"mode\":\"explicit\",\"ttl\":\"30m\"}")]
    [InlineData("-Prediction '{ \"a\": 1 }'", "\"prediction\":{\"type\":\"content\",\"content\":\"{ \\\"a\\\": 1 }\"}")]
    [InlineData("-Prediction 'one', 'two'", "\"prediction\":{\"type\":\"content\",\"content\":\"one\\ntwo\"}")]
    [InlineData("-Prediction @{ type = 'content'; content = @(@{ type = 'text'; text = 'one' }) }", "\"prediction\":{\"type\":\"content\",\"content\":[{\"type\":\"text\",\"text\":\"one\"}]}")]
    [InlineData("-WebSearchOption high", "\"web_search_options\":{\"search_context_size\":\"high\"}")]
    [InlineData("-WebSearchOption @{}", "\"web_search_options\":{}")]
    [InlineData("-WebSearchOption @{ user_location = @{ type = 'approximate'; approximate = @{ country = 'DE' } } }", "\"web_search_options\":{\"user_location\":{\"type\":\"approximate\",\"approximate\":{\"country\":\"DE\"}}}")]
    [InlineData("-Moderation omni-moderation-latest", "\"moderation\":{\"model\":\"omni-moderation-latest\"}")]
    [InlineData("-Moderation @{ model = 'm'; policy = @{ input = @{ mode = 'block' } } }", "\"moderation\":{\"model\":\"m\",\"policy\":{\"input\":{\"mode\":\"block\"}}}")]
    [InlineData("-Stream", "\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    [InlineData("-Live", "\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    [InlineData("-Stream -StreamOption @{ include_usage = $false }", "\"stream\":true,\"stream_options\":{\"include_usage\":false}")]
    [InlineData("-Stream -StreamOption @{ include_usage = $null }", "\"stream\":true")]
    [InlineData("-Live -StreamOption @{ include_usage = $null; include_obfuscation = $false }", "\"stream\":true,\"stream_options\":{\"include_obfuscation\":false}")]
    [InlineData("-Live -StreamOption @{ include_obfuscation = $false }", "\"stream\":true,\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}")]
    [InlineData("-Tool (" + FunctionTable + ")", "\"tools\":[" + Function + "]")]
    [InlineData("-Tool '" + Function + "'", "\"tools\":[" + Function + "]")]
    [InlineData("-Tool '[" + Function + "," + Custom + "]'", "\"tools\":[" + Function + "," + Custom + "]")]
    [InlineData("-Tool '" + Function + "' -ToolChoice Required", "\"tools\":[" + Function + "],\"tool_choice\":\"required\"")]
    [InlineData("-Tool '" + Function + "' -ToolChoice none", "\"tools\":[" + Function + "],\"tool_choice\":\"none\"")]
    [InlineData("-Tool '" + Function + "' -ToolChoice @{ type = 'function'; function = @{ name = 'get_time' } }", "\"tools\":[" + Function + """],"tool_choice":{"type":"function","function":{"name":"get_time"}}""")]
    [InlineData("-Tool '" + Custom + "' -ToolChoice @{ type = 'custom'; custom = @{ name = 'run' } }", "\"tools\":[" + Custom + """],"tool_choice":{"type":"custom","custom":{"name":"run"}}""")]
    [InlineData("-Tool '" + Function + "' -ToolChoice '{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}]}}'", "\"tools\":[" + Function + """],"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"get_time"}}]}}""")]
    [InlineData("-Tool '" + Function + "' -ParallelToolCall $false", "\"tools\":[" + Function + "],\"parallel_tool_calls\":false")]
    [InlineData("-ResponseFormat text", "\"response_format\":{\"type\":\"text\"}")]
    [InlineData("-ResponseFormat JSON_object", "\"response_format\":{\"type\":\"json_object\"}")]
    [InlineData("-ResponseFormat '" + Schema + "'", "\"response_format\":" + Schema)]
    [InlineData("-Modality text, audio", "\"modalities\":[\"text\",\"audio\"]")]
    [InlineData("-Modality TEXT, Audio -Audio ash", "\"modalities\":[\"text\",\"audio\"],\"audio\":{\"voice\":\"ash\",\"format\":\"wav\"}")]
    [InlineData("-Audio @{ voice = 'marin'; format = 'mp3' }", "\"modalities\":[\"text\",\"audio\"],\"audio\":{\"voice\":\"marin\",\"format\":\"mp3\"}")]
    [InlineData("-Audio Marin -Modality audio", "\"modalities\":[\"audio\"],\"audio\":{\"voice\":\"marin\",\"format\":\"wav\"}")]
    [InlineData("-Audio ([pscustomobject]@{ voice = @{ id = 'voice_1' } }) -Stream", "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"modalities\":[\"text\",\"audio\"],\"audio\":{\"voice\":{\"id\":\"voice_1\"},\"format\":\"pcm16\"}")]
    [InlineData("-Audio (& { class Spoken { [string] $voice = 'ash'; [string] $format = 'mp3' }; [Spoken]::new() })", "\"modalities\":[\"text\",\"audio\"],\"audio\":{\"voice\":\"ash\",\"format\":\"mp3\"}")]
    [InlineData("-Temperature 1 -ExtraBody '{\"temperature\":0.5,\"functions\":[{\"name\":\"f\"}],\"function_call\":\"auto\"}'", "\"temperature\":0.5,\"functions\":[{\"name\":\"f\"}],\"function_call\":\"auto\"")]
    public void A_parameter_is_its_member(string parameter, string members) => Sends(parameter, members);

    [Theory]
    [InlineData("-ReasoningEffort Tomorrows", "\"reasoning_effort\":\"Tomorrows\"")]
    [InlineData("-ServiceTier tomorrows", "\"service_tier\":\"tomorrows\"")]
    [InlineData("-ExtraBody @{ tomorrow = @{ deep = 1 } }", "\"tomorrow\":{\"deep\":1}")]
    [InlineData("-Stream -ExtraBody @{ stream_options = @{ include_obfuscation = $false; more = 'é' } }", "\"stream\":true,\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false,\"more\":\"é\"}")]
    public void What_a_provider_adds_next_year_passes(string parameter, string members)
    {
        Host.AllowsRequestsOutsideTheSchema("the words and members are of next year");
        Sends(parameter, members);
    }

    [Fact]
    public void The_limit_has_its_old_name_where_the_server_knows_no_other()
    {
        Invoke("$null = Invoke-GptChat 'x' -MaxCompletionTokens 9 -Model llama3");
        Request.Json.IsJson("""{"model":"llama3","max_tokens":9,"messages":[{"role":"user","content":"x"}]}""");
    }

    [Fact]
    public void A_token_is_found_by_its_text()
    {
        Invoke("$null = Invoke-GptChat 'x' -LogitBias @{ ' world' = 5; 'Hello' = -5 }");
        Request.Json.GetProperty("logit_bias").IsJson("""{"2375":5,"13225":-5}""");
    }

    [Theory]
    [InlineData("-Tool '{oops'")]
    [InlineData("-Tool 42")]
    [InlineData("-Audio '[1]'")]
    [InlineData("-ResponseFormat '{oops'")]
    [InlineData("-ResponseFormat 5")]
    [InlineData("-Stream -StreamOption 'x'")]
    [InlineData("-ExtraBody 'x'")]
    [InlineData("-ExtraBody '[1]'")]
    [InlineData("-WebSearchOption 5")]
    [InlineData("-PromptCacheOption '[]'")]
    [InlineData("-Prediction 5")]
    [InlineData("-Moderation 5")]
    [InlineData("-Moderation ''")]
    [InlineData("-Audio ' '")]
    [InlineData("-ResponseFormat ''")]
    [InlineData("-Prediction ([IO.FileInfo]::new('answer.txt'))")]
    [InlineData("-ResponseFormat ([IO.FileInfo]::new('format.json'))")]
    [InlineData("-ExtraBody ([pscustomobject]@{ a = @([IO.DirectoryInfo]::new('/')) })")]
    [InlineData("-ExtraBody (& { $h = @{}; $h.a = $h; $h.b = $h; $h })")]
    public void What_is_no_object_is_refused_by_the_parameters_name(string parameter)
    {
        string message = InvokeError("Invoke-GptChat 'x' " + parameter).IsKind("InvalidParameter").Exception.Message;
        Assert.Contains(parameter.Replace("-Stream ", string.Empty, System.StringComparison.Ordinal).Split(' ')[0], message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("-LogitBias @{ ' a b' = 1 }", "2 tokens")]
    [InlineData("-LogitBias @{ yes = 1 } -Model llama3", "'llama3' are not known")]
    [InlineData("-LogitBias @{ 5 = 101 }", "-100 to 100")]
    [InlineData("-LogitBias @{ 5 = 'x' }", "-100 to 100")]
    [InlineData("-LogitBias @{ 5 = 5.7 }", "not a whole number")]
    [InlineData("-LogitBias @{ 5 = $null }", "not a whole number")]
    [InlineData("-LogitBias @{ 5 = '' }", "not a whole number")]
    [InlineData("-LogitBias @{ 5 = $true }", "not a whole number")]
    [InlineData("-LogitBias @{ Hello = 1; 13225 = 2 }", "13225 twice")]
    [InlineData("-TopLogprobs 2 -Logprobs:$false", "-Logprobs:$false")]
    [InlineData("-Modality text -Audio ash", "-Modality leaves sound out")]
    [InlineData("-Modality text -AudioPath speech.mp3", "-AudioPath asks for a spoken answer")]
    [InlineData("-Metadata @{ a = $null }", "-Metadata 'a' is no text")]
    [InlineData("-Metadata @{ a = @{ b = 1 } }", "-Metadata 'a' is no text")]
    [InlineData("-Metadata @{ ('k' * 65) = 'v' }", "65 characters")]
    [InlineData("-Metadata @{ k = 'v' * 513 }", "513 characters")]
    [InlineData("-Metadata (& { $m = @{}; 1..17 | ForEach-Object { $m[\"k$_\"] = 'v' }; $m })", "17 pairs")]
    [InlineData("-Tool @{ type = 'function'; function = @{ } }", "function.name")]
    [InlineData("-Tool @{ function = @{ name = 'f' } }", "without a type")]
    [InlineData("-Tool @{ type = 'function'; function = @{ name = 'get time' } }", "'get time'")]
    [InlineData("-Tool '" + Function + "', '" + Function + "'", "two tools named 'get_time'")]
    [InlineData("-ResponseFormat @{ type = 'json_schema' }", "has no name")]
    [InlineData("-ResponseFormat @{ type = 'json_schema'; json_schema = @{ name = 'a b' } }", "'a b'")]
    [InlineData("-ExtraBody @{ messages = @() }", "-ExtraBody holds messages")]
    [InlineData("-ExtraBody 5", "Give @{ name = 'value' }")]
    [InlineData("-ExtraBody @{ model = 'other' }", "-ExtraBody holds the model")]
    [InlineData("-AudioPath speech", "does not say which format")]
    [InlineData("-AudioPath Variable:x.mp3", "'Variable:x.mp3' cannot be used")]
    [InlineData("-Replay NoSuchDrive:x", "'NoSuchDrive:x' cannot be used")]
    [InlineData("-ReasoningEffort ' '", "-ReasoningEffort is empty")]
    [InlineData("-SafetyIdentifier ' '", "-SafetyIdentifier is empty")]
    [InlineData("-AudioPath speech.mp3 -Audio @{ voice = 'alloy'; format = 'wav' }", "-Audio says wav")]
    public void What_the_API_would_refuse_is_refused_before(string parameter, string said)
    {
        Assert.Contains(said, InvokeError("Invoke-GptChat 'x' " + parameter).IsKind("InvalidParameter").Exception.Message);
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

    private void Sends(string parameter, string members)
    {
        Server.Default = Reply.AsAsked("An answer.");
        Invoke("$null = Invoke-GptChat 'x' " + parameter);
        Request.Json.IsJson("""{"model":"openai/gpt-5.1-chat","messages":[{"role":"user","content":"x"}]""" + (members.Length == 0 ? "}" : "," + members + "}"));
    }
}
