using GptChat.Connections;
using Xunit;

namespace GptChat.Core.Tests.Connections;

/// <summary>The host is read as Ollama reads it.</summary>
public sealed class OllamaHostTests
{
    [Theory]
    [InlineData("", "http://127.0.0.1:11434/v1")]
    [InlineData("127.0.0.1", "http://127.0.0.1:11434/v1")]
    [InlineData(" \"127.0.0.1\" ", "http://127.0.0.1:11434/v1")]
    [InlineData("0.0.0.0", "http://127.0.0.1:11434/v1")]
    [InlineData("0.0.0.0:8000", "http://127.0.0.1:8000/v1")]
    [InlineData(":8000", "http://127.0.0.1:8000/v1")]
    [InlineData("http://:8000", "http://127.0.0.1:8000/v1")]
    [InlineData("example.com", "http://example.com:11434/v1")]
    [InlineData("example.com:1234", "http://example.com:1234/v1")]
    [InlineData("example.com:", "http://example.com:11434/v1")]
    [InlineData("example.com:99999", "http://example.com:11434/v1")]
    [InlineData("example.com:-1", "http://example.com:11434/v1")]
    [InlineData("example.com:0", "http://example.com:11434/v1")]
    [InlineData("example.com:x", "http://example.com:11434/v1")]
    [InlineData("http://example.com", "http://example.com:80/v1")]
    [InlineData("HTTP://example.com", "http://example.com:80/v1")]
    [InlineData("https://example.com", "https://example.com:443/v1")]
    [InlineData("https://example.com:8443/", "https://example.com:8443/v1")]
    [InlineData("https://example.com/ollama/", "https://example.com:443/ollama/v1")]
    [InlineData("https://example.com/v1", "https://example.com:443/v1")]
    [InlineData("https://example.com/v1/chat/completions", "https://example.com:443/v1/chat/completions")]
    [InlineData("[::]", "http://127.0.0.1:11434/v1")]
    [InlineData("[::]:8000", "http://127.0.0.1:8000/v1")]
    [InlineData("::", "http://127.0.0.1:11434/v1")]
    [InlineData("::1", "http://[::1]:11434/v1")]
    [InlineData("[::1]", "http://[::1]:11434/v1")]
    [InlineData("[::1]:8000", "http://[::1]:8000/v1")]
    public void A_host_becomes_a_base(string host, string baseUri) => Assert.Equal(baseUri, OllamaHost.ToBaseUri(host));
}
