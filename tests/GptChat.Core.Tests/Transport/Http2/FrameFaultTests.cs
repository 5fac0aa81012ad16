using System;
using System.Threading.Tasks;
using GptChat.Connections;
using GptChat.Http2Server;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport.Http2;

/// <summary>What a server of HTTP/2 does wrong, or says in frames of its own, and what becomes of the request.</summary>
public sealed class FrameFaultTests
{
    private const int NoError = 0;
    private const int InternalError = 2;
    private const int RefusedStream = 7;
    private const int EnhanceYourCalm = 0xb;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_refused_request_is_sent_again()
    {
        await using FrameServer server = Start(request => request.Number == 1 ? request.ResetAsync(RefusedStream) : request.AnswerAsync("b"));
        GptResponse response = (await AskAsync(server)).Response;
        Assert.Equal(("b", 2, 1), (response.Content, server.RequestCount, server.AcceptedCount));
    }

    [Fact]
    public async Task A_request_that_is_always_refused_says_so_and_is_tried_as_often_as_any()
    {
        await using FrameServer server = Start(request => request.ResetAsync(RefusedStream));
        GptChatException failure = (await AskAsync(server, new RetryPolicy(1, TimeSpan.Zero))).FailedAs(GptErrorKind.ConnectionLost);
        Assert.Contains("refused the request before it looked at it", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-ThrottleLimit", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(2, failure.Attempts);
    }

    [Fact]
    public async Task The_time_for_an_answer_goes_on_while_a_request_is_refused()
    {
        // Sent as often as it can be, with the waits between, it would take longer.
        await using FrameServer server = Start(request => request.ResetAsync(RefusedStream));
        ChatCall call = Calls.Ask(To(server), stream: false, timeouts: new ChatTimeouts(Limit, TimeSpan.FromMilliseconds(300), Limit));
        (await Outcome.OfAsync(Calls.Send(HttpTransport.Instance, call)).WaitAsync(Limit)).FailedAs(GptErrorKind.ResponseTimeout);
    }

    [Fact]
    public async Task A_connection_that_ends_before_it_looked_at_the_request_is_followed_by_another()
    {
        await using FrameServer server = Start(async request =>
        {
            if (request.Number > 1)
            {
                await request.AnswerAsync("b");
                return;
            }

            await request.GoAwayAsync(0, NoError);
            request.Close();
        });
        GptResponse response = (await AskAsync(server)).Response;
        Assert.Equal(("b", 1, 2), (response.Content, response.Attempts, server.AcceptedCount));
    }

    [Theory]
    [InlineData(InternalError, "INTERNAL_ERROR", "HTTP2SUPPORT=0")]
    [InlineData(EnhanceYourCalm, "too many", "-ThrottleLimit")]
    public async Task A_request_that_is_ended_is_tried_again_and_says_why(int code, string why, string advice)
    {
        await using FrameServer server = Start(request => request.ResetAsync(code));
        GptChatException failure = (await AskAsync(server, new RetryPolicy(1, TimeSpan.Zero))).FailedAs(GptErrorKind.ConnectionLost);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Contains(advice, failure.Hint, StringComparison.Ordinal);
        Assert.Equal((2, 2), (failure.Attempts, server.RequestCount));
    }

    [Fact]
    public async Task A_connection_that_breaks_under_a_request_is_a_lost_one()
    {
        await using FrameServer server = Start(request =>
        {
            if (request.Number > 1) return request.AnswerAsync("b");
            request.Close();
            return Task.CompletedTask;
        });
        GptResponse response = (await AskAsync(server, new RetryPolicy(1, TimeSpan.Zero))).Response;
        Assert.Equal(("b", 2, GptErrorKind.ConnectionLost), (response.Content, response.Attempts, response.Retries[0].Reason));
    }

    [Fact]
    public async Task What_is_no_frame_is_an_error_of_its_own()
    {
        await using FrameServer server = Start(request => request.NonsenseAsync());
        GptChatException failure = (await AskAsync(server)).FailedAs(GptErrorKind.ConnectionLost);
        Assert.Contains(HttpClients.Http2Variable, failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_do_not_end_are_not_taken()
    {
        await using FrameServer server = Start(request => request.EndlessHeadersAsync(1024 * 1024));
        (await AskAsync(server)).FailedAs(GptErrorKind.MalformedResponse);
        Assert.Equal(1, server.RequestCount);
    }

    private static FrameServer Start(Func<FrameRequest, Task> respond) => new(Certificates.SelfSigned("localhost"), respond);

    private static Task<Outcome> AskAsync(FrameServer server, RetryPolicy? retry = null) =>
        Outcome.OfAsync(Calls.Send(HttpTransport.Instance, Calls.Ask(To(server), stream: false) with { Retry = retry })).WaitAsync(Limit);

    private static GptConnection To(FrameServer server) => ConnectionFactory.Create(new ConnectionParts
    {
        Provider = GptProvider.Compatible,
        BaseUri = server.BaseUri,
        Http = new HttpSettings { SkipCertificateCheck = true },
    });
}
