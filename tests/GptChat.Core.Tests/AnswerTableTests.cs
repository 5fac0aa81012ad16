using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests;

/// <summary>Proves that the test server answers what the table of an example's answers says, and nothing else.</summary>
public sealed class AnswerTableTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private ChatServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ChatServer.StartAsync();
        _server.AllowScripting = true;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task The_first_row_counts_whose_words_all_occur()
    {
        await Table("""[{"when":["went wrong","disk"],"answer":"the disk"},{"when":"WENT WRONG","answer":"something"}]""");
        Assert.Equal("the disk", await Answer("What went wrong?\n\ndisk full"));
        Assert.Equal("something", await Answer("What went wrong?"));
    }

    [Fact]
    public async Task A_row_of_JSON_is_for_requests_that_ask_for_it()
    {
        await Table("""[{"when":"how bad","answer":{"severity":"low"}},{"when":"how bad","answer":"not very"}]""");
        Assert.Equal("not very", await Answer("How bad is it?"));
        Assert.Equal("""{"severity":"low"}""", await Answer("How bad is it?", members: """ "response_format":{"type":"json_object"},"""));
    }

    [Fact]
    public async Task Calls_come_round_by_round_before_the_answer()
    {
        await Table("""[{"when":"hangs","calls":[[{"name":"Get-Process","arguments":{"Name":["a"]}}],[{"name":"Stop-Process"}]],"answer":"ended"}]""");
        const string Round = """,{"role":"assistant","tool_calls":[]},{"role":"tool","content":"x"}""";
        JsonElement first = Call(await Message("It hangs"));
        Assert.Equal(("Get-Process", """{"Name":["a"]}"""), (first.GetProperty("name").GetString(), first.GetProperty("arguments").GetString()));
        Assert.Equal("Stop-Process", Call(await Message("It hangs", Round)).GetProperty("name").GetString());
        Assert.Equal("ended", await Answer("It hangs", Round + Round));
    }

    [Fact]
    public async Task An_error_stands_in_place_of_an_answer()
    {
        await Table("""[{"when":"hello","error":{"status":401,"message":"no such key","code":"invalid_api_key"}}]""");
        using HttpResponseMessage response = await Post("Hello", "", "");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("invalid_api_key", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_without_a_row_is_an_error_that_quotes_it()
    {
        await Table("""[{"when":"x","answer":"y"}]""");
        using HttpResponseMessage response = await Post("What else?", "", "");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("What else?", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"answer":"y"}]""", "when")]
    [InlineData("""[{"when":"x"}]""", "answer")]
    [InlineData("""[{"when":"x","answer":"y","call":[]}]""", "call")]
    [InlineData("""[{"when":" ","answer":"y"}]""", "words")]
    [InlineData("{}", "array")]
    public async Task A_table_with_a_slip_is_refused(string table, string named)
    {
        using HttpResponseMessage response = await _client.PutAsync(new Uri(_server.BaseUri, "/_answers"), new StringContent(table));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(named, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static JsonElement Call(JsonElement message) => message.GetProperty("tool_calls").EnumerateArray().Single().GetProperty("function");

    private async Task Table(string table)
    {
        using HttpResponseMessage response = await _client.PutAsync(new Uri(_server.BaseUri, "/_answers"), new StringContent(table));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<string?> Answer(string question, string rest = "", string members = "") =>
        (await Message(question, rest, members)).GetProperty("content").GetString();

    private async Task<JsonElement> Message(string question, string rest = "", string members = "")
    {
        using HttpResponseMessage response = await Post(question, rest, members);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("choices")[0].GetProperty("message");
    }

    private Task<HttpResponseMessage> Post(string question, string rest, string members)
    {
        string body = $$"""{ {{members}}"messages":[{"role":"user","content":{{JsonSerializer.Serialize(question)}}}{{rest}}]}""";
        return _client.PostAsync(new Uri(_server.BaseUri.AbsoluteUri + "/chat/completions"), new StringContent(body, Encoding.UTF8, "application/json"));
    }
}
