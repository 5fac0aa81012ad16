using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Recording;
using GptChat.TestServer;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Auditing;

/// <summary>What a tracer hears of a request: facts under the convention's names, and nothing of what was said.</summary>
public sealed class ChatTraceTests : ServerTest
{
    private const string Prompt = "The secret plan";

    private ChatCall Ask(bool stream = false, RetryPolicy? retry = null) => Calls.Ask(Connection, stream, Prompt, change: parameters =>
    {
        parameters.Temperature = 0.5;
        parameters.MaxCompletionTokens = 50;
        parameters.Stop = ["END"];
        parameters.N = 1;
    }) with { Retry = retry };

    private static async Task<Outcome> SendAsync(IChatTransport transport, ChatCall call) => await Outcome.OfAsync(Calls.Send(transport, call)).WaitAsync(Limit);

    private static Activity Only(ActivityLog log) => Assert.Single(log.Activities);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_is_one_activity_with_the_names_of_the_convention(bool stream)
    {
        using ActivityLog log = new();
        Server.Enqueue(Reply.AsAsked("The answer").WithHeader("x-request-id", "req-1"));
        Outcome outcome = await SendAsync(HttpTransport.Instance, Ask(stream));
        Activity activity = Only(log);
        Assert.Equal(("chat openai/gpt-5.1-chat", ActivityKind.Client, log.Parent.SpanId), (activity.DisplayName, activity.Kind, activity.ParentSpanId));
        Dictionary<string, object?> tags = activity.TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value);
        Assert.Equal("chat", tags["gen_ai.operation.name"]);
        Assert.Equal("openai", tags["gen_ai.provider.name"]);
        Assert.Equal("openai", tags["gen_ai.system"]);
        Assert.Equal("openai/gpt-5.1-chat", tags["gen_ai.request.model"]);
        Assert.Equal(0.5, tags["gen_ai.request.temperature"]);
        Assert.Equal(50, tags["gen_ai.request.max_tokens"]);
        Assert.Equal(["END"], (string[])tags["gen_ai.request.stop_sequences"]!);
        Assert.Equal(outcome.Response.Model, tags["gen_ai.response.model"]);
        Assert.Equal(outcome.Response.Id, tags["gen_ai.response.id"]);
        Assert.Equal(["stop"], (string[])tags["gen_ai.response.finish_reasons"]!);
        Assert.Equal(("127.0.0.1", Server.BaseUri.Port), ((string)tags["server.address"]!, (int)tags["server.port"]!));
        Assert.Equal(("server", 1, "req-1"), ((string)tags["gptchat.source"]!, (int)tags["gptchat.attempts"]!, (string)tags["gptchat.request_id"]!));
        if (outcome.Response.Usage is { } usage) Assert.Equal((usage.PromptTokens, usage.CompletionTokens), (tags["gen_ai.usage.input_tokens"], tags["gen_ai.usage.output_tokens"]));
        Assert.Equal(stream, outcome.Response.Usage is null);
        Assert.False(tags.ContainsKey("gen_ai.request.choice.count") || tags.ContainsKey("error.type"));
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        Assert.Empty(activity.Events);
    }

    [Fact]
    public async Task Nothing_that_was_said_and_no_key_is_in_it_unless_it_is_asked_for()
    {
        using ActivityLog log = new();
        Server.Enqueue(Reply.Completion("The reply"), Reply.Error(400, "You said " + Prompt + " with " + Calls.Key));
        for (int i = 0; i < 2; i++) await SendAsync(HttpTransport.Instance, Ask());
        Assert.Equal(2, log.Activities.Count);
        foreach (Activity activity in log.Activities)
        {
            string all = activity.StatusDescription + string.Join('\n', activity.TagObjects.Select(tag => tag.Key + "=" + (tag.Value is string[] many ? string.Join(',', many) : tag.Value)));
            foreach (string said in new[] { Prompt, "The reply", Calls.Key }) Assert.DoesNotContain(said, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_said_is_in_it_where_the_variable_asks_for_it()
    {
        using ActivityLog log = new();
        Server.Enqueue(Reply.Completion("The reply; your key is " + Calls.Key));
        Environment.SetEnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");
        try
        {
            await SendAsync(HttpTransport.Instance, Ask());
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", null);
        }

        Activity activity = Only(log);
        Assert.Equal("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"" + Prompt + "\"}]}]", activity.GetTagItem("gen_ai.input.messages"));
        Assert.Equal("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"The reply; your key is ***\"}],\"finish_reason\":\"stop\"}]", activity.GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public async Task Retries_are_events_and_a_failure_has_its_type()
    {
        using ActivityLog log = new();
        Server.Enqueue(Reply.Error(503, "Busy").WithHeader("retry-after-ms", "1"), Reply.Error(401, "No."));
        await SendAsync(HttpTransport.Instance, Ask(retry: RetryPolicy.Default));
        Activity activity = Only(log);
        ActivityEvent retry = Assert.Single(activity.Events);
        Dictionary<string, object?> facts = retry.Tags.ToDictionary(tag => tag.Key, tag => tag.Value);
        Assert.Equal("gptchat.retry", retry.Name);
        Assert.Equal((1, "503", 503), (facts["gptchat.attempt"], facts["error.type"], facts["http.response.status_code"]));
        Assert.Equal((ActivityStatusCode.Error, "Authentication"), (activity.Status, activity.StatusDescription));
        Assert.Equal(("401", "Authentication", 2), (activity.GetTagItem("error.type"), activity.GetTagItem("gptchat.error"), activity.GetTagItem("gptchat.attempts")));
    }

    [Fact]
    public async Task A_failure_without_a_status_is_told_by_its_kind()
    {
        using ActivityLog log = new();
        await SendAsync(HttpTransport.Instance, Calls.Ask(Calls.Connection("http://127.0.0.1:1/v1")));
        Assert.Equal("ConnectFailed", Only(log).GetTagItem("error.type"));
    }

    [Fact]
    public async Task An_answer_that_is_left_ends_it_without_an_error()
    {
        using ActivityLog log = new();
        Server.Enqueue(Reply.Stream(["a", "b"]).HangAfter(Offset.Events(2)));
        await foreach (GptChunk _ in Calls.Send(HttpTransport.Instance, Ask(stream: true))) break;
        Activity activity = Only(log);
        Assert.Equal("gptchat.stopped", Assert.Single(activity.Events).Name);
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
    }

    [Fact]
    public async Task What_a_recording_answers_counts_no_tokens()
    {
        using ActivityLog log = new();
        string path = Path.GetTempFileName();
        await File.WriteAllLinesAsync(path, [ExchangeLines.Line(Prompt, "x").Replace("\"choices\"", "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6,\"total_tokens\":11},\"choices\"", StringComparison.Ordinal)]);
        Outcome outcome = await SendAsync(ReplayTransport.Load(path), Calls.Ask(GptConnection.OfRecording(), prompt: Prompt, change: parameters => parameters.Model = null));
        File.Delete(path);
        Assert.Equal(11, outcome.Response.Usage!.TotalTokens);
        Activity activity = Only(log);
        Assert.Equal(("chat", "recording"), (activity.DisplayName, activity.GetTagItem("gptchat.source")));
        Assert.Null(activity.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Null(activity.GetTagItem("server.address"));
    }

    [Fact]
    public async Task Where_nobody_listens_there_is_none_and_where_nobody_samples_the_answer_comes_all_the_same()
    {
        Server.Default = Reply.Echo();
        using (ActivityLog log = new(ActivitySamplingResult.None))
        {
            Assert.Equal(Prompt, (await SendAsync(HttpTransport.Instance, Ask())).Response.Content);
            Assert.Empty(log.Activities);
        }
    }

    [Fact]
    public async Task No_trace_is_sent_to_the_server()
    {
        using ActivityLog log = new();
        Server.Default = Reply.Echo();
        log.Parent.AddBaggage("who", "me");
        await SendAsync(HttpTransport.Instance, Ask());
        await SendAsync(HttpTransport.Instance, Ask(stream: true));
        Assert.Equal(2, Server.Requests.Count);
        string[] sent = [.. Server.Requests.SelectMany(request => request.Headers.Keys)];
        Assert.DoesNotContain(sent, name => name.StartsWith("trace", StringComparison.OrdinalIgnoreCase) || name is "baggage" or "Correlation-Context" or "Request-Id");
        Assert.All(log.Activities, activity => Assert.Equal("GptChat", activity.Source.Name));
    }

    [Fact]
    public async Task The_callers_activity_is_current_between_the_pieces_and_afterwards()
    {
        using ActivityLog log = new();
        Server.Default = Reply.Stream(["a", "b"]);
        await foreach (GptChunk _ in Calls.Send(HttpTransport.Instance, Ask(stream: true))) Assert.Same(log.Parent, Activity.Current);
        Assert.Same(log.Parent, Activity.Current);
    }
}
