using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Servers;

/// <summary>Recorded failures of servers that differ, asked for plainly and as a stream: the same error, with what had come before it.</summary>
public sealed class ServerErrorTests : ModuleTest
{
    private protected override bool IsConnected => false;

    [Theory]
    [InlineData("openai", "fails", "StreamError", null, "Half an", "The server had an error while processing your request.")]
    [InlineData("openai", "refusal", "Refused", null, null, "I will not do that.")]
    [InlineData("cloudflare", "envelope", "Authentication", 401, null, "'AI Gateway'")]
    [InlineData("cloudflare", "workers ai", "BadRequest", 400, null, "messages must not be empty")]
    [InlineData("cloudflare", "blocked", "ContentFiltered", 424, null, "data-loss policy pol-1")]
    [InlineData("cloudflare", "error in stream", "StreamError", null, null, "Capacity temporarily exceeded")]
    [InlineData("azure", "prompt filtered", "ContentFiltered", 400, null, "Filtered for: violence (medium), jailbreak.")]
    [InlineData("ollama", "cut", "Truncated", null, "The llama went", "broke off")]
    [InlineData("ollama", "missing", "ModelNotFound", 404, null, "-Model")]
    [InlineData("llamacpp", "error in stream", "ContextLengthExceeded", null, null, "4096 tokens")]
    [InlineData("llamacpp", "loading", "ServerError", 503, null, "still loads the model")]
    [InlineData("vllm", "error then done", "StreamError", null, "Almost", "Engine core died")]
    [InlineData("vllm", "old error", "ContextLengthExceeded", 400, null, "4096 tokens")]
    [InlineData("sglang", "error then done", "ContextLengthExceeded", null, null, "Input length exceeds")]
    [InlineData("openrouter", "error in stream", "StreamError", null, "Before", "Provider returned error")]
    [InlineData("openrouter", "no credit", "QuotaExceeded", 402, null, "Insufficient credits")]
    [InlineData("deepseek", "no balance", "QuotaExceeded", 402, null, "Insufficient Balance")]
    [InlineData("lmstudio", "wrong path", "NotFound", null, null, "end -BaseUri with /v1")]
    [InlineData("lmstudio", "error in stream", "StreamError", null, null, "The model has crashed")]
    [InlineData("loose", "error events", "StreamError", null, "Some", "it broke")]
    public void It_is_the_same_error_plainly_and_as_a_stream(string server, string scenario, string kind, int? status, string? partial, string message)
    {
        foreach (string how in new[] { "", " -Stream" })
        {
            ErrorRecord error = InvokeError("$pieces = [Collections.ArrayList]::new(); Invoke-GptChat $scenario -MaximumRetryCount 0 -Replay $path" + how + " | ForEach-Object { $null = $pieces.Add($_) }", ("scenario", scenario), ("path", ServerRecording.Path(server))).IsKind(kind);
            Assert.Contains(message, error.Exception.Message);
            Assert.Equal((status, partial), ((int?)error.Fact("StatusCode"), (string?)error.Fact("PartialText")));
            string shown = string.Concat(Invoke("$pieces").Select(piece => piece.ToString()));
            Assert.Equal(how.Length == 0 ? string.Empty : partial ?? string.Empty, shown);
        }
    }

    [Fact]
    public void A_server_that_loads_its_model_is_waited_for_where_the_call_says_so()
    {
        // The recording has no other answer, so each of the tries meets the same one.
        ErrorRecord error = InvokeError("Invoke-GptChat 'loading' -MaximumRetryCount 3 -Replay $path", ("path", ServerRecording.Path("llamacpp"))).IsKind("ServerError");
        Assert.Equal(4, error.Fact("Attempts"));
    }
}
