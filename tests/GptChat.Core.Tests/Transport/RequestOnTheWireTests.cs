using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using GptChat.Connections;
using GptChat.TestServer;
using GptChat.Transport;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>What a server receives.</summary>
public sealed class RequestOnTheWireTests : ServerTest
{
    private GptConnection Made(GptProvider provider, string? key = Calls.Key, string? gateway = null) =>
        Calls.Connection(provider == GptProvider.Ollama ? Server.BaseUri.Authority : Server.BaseUri.AbsoluteUri, provider, key, gateway);

    [Theory]
    [InlineData(GptProvider.Cloudflare, "/v1/chat/completions")]
    [InlineData(GptProvider.OpenAI, "/v1/chat/completions")]
    [InlineData(GptProvider.Compatible, "/v1/chat/completions")]
    [InlineData(GptProvider.Ollama, "/v1/chat/completions")]
    [InlineData(GptProvider.AzureOpenAI, "/v1/openai/v1/chat/completions")]
    public async Task The_key_goes_where_the_provider_expects_it(GptProvider provider, string path)
    {
        Assert.NotNull((await SendAsync(Calls.Ask(Made(provider)))).Text);
        ReceivedRequest request = Assert.Single(Server.Requests);
        Assert.Equal(("POST", path), (request.Method, request.Path));
        bool isAzure = provider == GptProvider.AzureOpenAI;
        Assert.Equal(isAzure ? null : "Bearer " + Calls.Key, request.Headers.GetValueOrDefault("Authorization"));
        Assert.Equal(isAzure ? Calls.Key : null, request.Headers.GetValueOrDefault("api-key"));
    }

    [Fact]
    public async Task Without_a_key_no_credential_is_sent()
    {
        await SendAsync(Calls.Ask(Made(GptProvider.Ollama, key: null)));
        IReadOnlyDictionary<string, string> headers = Assert.Single(Server.Requests).Headers;
        Assert.DoesNotContain("Authorization", headers.Keys);
        Assert.DoesNotContain("api-key", headers.Keys);
        Assert.DoesNotContain("cf-aig-gateway-id", headers.Keys);
    }

    [Theory]
    [InlineData(true, "text/event-stream")]
    [InlineData(false, "application/json")]
    public async Task The_headers_say_what_is_sent_and_wanted(bool stream, string accept)
    {
        ChatCall call = Calls.Ask(Made(GptProvider.Cloudflare, gateway: "gate-1"), stream, prompt: "Grüße 😀");
        await SendAsync(call);
        ReceivedRequest request = Assert.Single(Server.Requests);
        Assert.Equal(
            ("application/json", accept, "gate-1", call.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            (request.Headers["Content-Type"], request.Headers["Accept"], request.Headers["cf-aig-gateway-id"], request.Headers["Content-Length"]));
        Assert.StartsWith("GptChat/", request.Headers["User-Agent"], StringComparison.Ordinal);
        string[] expected = ["Host", "Accept", "Accept-Encoding", "User-Agent", "Authorization", "cf-aig-gateway-id", "Content-Type", "Content-Length"];
        Assert.Equal(expected.Order(StringComparer.OrdinalIgnoreCase), request.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_body_arrives_byte_for_byte()
    {
        GptMessage[] messages = [.. Enumerable.Range(0, 300).Select(i => GptMessage.FromText(i % 2 == 0 ? "user" : "assistant", new string('ü', i * 7)))];
        RequestBody body = RequestBody.Create(new ChatParameters { Model = "m" }, messages);
        await SendAsync(new ChatCall(Connection, new ChatParameters(), body, Calls.Patient));
        Assert.Equal(body.ToArray(), Assert.Single(Server.Requests).Body.ToArray());
    }

    [Fact]
    public async Task Calls_share_a_connection()
    {
        Server.Enqueue(Reply.Completion("a"), Reply.Error(400, "no"), Reply.Completion("b"), Reply.Stream("c"));
        foreach (bool stream in new[] { false, false, false, true }) await SendAsync(Calls.Ask(Connection, stream));
        Assert.Equal(4, Server.Requests.Count);
        Assert.Equal(1, Server.ConnectionCount);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_refused_and_the_other_host_sees_nothing(int status)
    {
        await using ChatServer other = await StartServerAsync();
        string location = other.BaseUri + "/chat/completions";
        Outcome outcome = await SendAsync(Reply.Redirect(status, location));
        GptChatException failure = outcome.FailedAs(GptErrorKind.RedirectRefused);
        Assert.Contains(location, failure.Message, StringComparison.Ordinal);
        Assert.Contains("-BaseUri", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(status, failure.StatusCode);
        Assert.Single(Server.Requests);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_key_kept_as_secure_text_reaches_the_wire_unchanged()
    {
        const string Odd = "!#$%&'()*+,-./:;<=>?@[]^_`{|}~\"\\A1";
        await SendAsync(Calls.Ask(Made(GptProvider.OpenAI, Odd)));
        Assert.Equal("Bearer " + Odd, Assert.Single(Server.Requests).Headers["Authorization"]);
        Assert.Null(SecureText.From(" "));
    }
}
