#if NET
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Auditing;

/// <summary>
/// A request as an activity, under the names that OpenTelemetry has for generative AI, for whoever listens to the source "GptChat".
/// Without a listener none of this runs.
/// </summary>
internal sealed class ChatTrace
{
    /// <summary>The name that listeners subscribe to.</summary>
    public const string SourceName = "GptChat";

    private const string Operation = "chat";

    private static readonly ActivitySource Source = new(SourceName, typeof(ChatTrace).Assembly.GetName().Version?.ToString(3) ?? string.Empty);

    private readonly Activity _activity;
    private readonly ChatCall _call;

    private ChatTrace(Activity activity, ChatCall call)
    {
        _activity = activity;
        _call = call;
    }

    /// <summary>Whether anybody would hear of a request.</summary>
    public static bool IsListenedTo => Source.HasListeners();

    /// <summary>Follows a request from before it is sent to the end of its answer, or to where nobody wants more of it.</summary>
    /// <param name="call">The request.</param>
    /// <param name="send">Sends it; gets what is to be told of retries, or null where the listener wants nothing of this one.</param>
    /// <param name="cancellation">Fires when the user stops.</param>
    public static async IAsyncEnumerable<GptChunk> FollowAsync(ChatCall call, Func<ChatTrace?, IAsyncEnumerable<GptChunk>> send, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string name = call.Parameters.Model is { } model ? Operation + " " + model : Operation;

        // Tags that a sampler decides by are there from the start.
        using Activity? activity = Source.StartActivity(name, ActivityKind.Client, parentContext: default, RequestTags(call));
        ChatTrace? trace = activity is null ? null : new ChatTrace(activity, call);
        IAsyncEnumerator<GptChunk> chunks = send(trace).GetAsyncEnumerator(cancellation);
        bool isOver = false;
        try
        {
            while (true)
            {
                // Each step has the caller's context; what happens in it belongs to this request.
                if (activity is not null) Activity.Current = activity;
                bool hasNext;
                try
                {
                    hasNext = await chunks.MoveNextAsync().ConfigureAwait(false);
                }
                catch (GptChatException failure)
                {
                    isOver = true;
                    trace?.Failed(failure);
                    throw;
                }

                if (!hasNext) break;
                if (chunks.Current.Response is { } response)
                {
                    isOver = true;
                    trace?.Answered(response);
                }

                yield return chunks.Current;
            }
        }
        finally
        {
            if (!isOver) activity?.AddEvent(new ActivityEvent("gptchat.stopped"));
            await chunks.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A try failed and is followed by another.</summary>
    public void Retried(IReadOnlyList<GptRetry> retries)
    {
        GptRetry failed = retries[^1];
        var tags = new ActivityTagsCollection
        {
            ["gptchat.attempt"] = retries.Count,
            ["error.type"] = ErrorType(failed.Reason, failed.StatusCode),
            ["gptchat.delay"] = failed.Delay.TotalSeconds,
        };
        if (failed.StatusCode is int status) tags["http.response.status_code"] = status;
        _activity.AddEvent(new ActivityEvent("gptchat.retry", tags: tags));
    }

    private static IEnumerable<KeyValuePair<string, object?>> RequestTags(ChatCall call)
    {
        ChatParameters parameters = call.Parameters;
        Uri uri = call.Connection.Uri;
        string provider = Provider(call.Connection.Provider);
        (string Name, object? Value)[] tags =
        {
            ("gen_ai.operation.name", Operation),
            ("gen_ai.provider.name", provider),

            // What the name was before; many back ends still look for it.
            ("gen_ai.system", provider),
            ("gen_ai.request.model", parameters.Model),
            ("gen_ai.request.temperature", parameters.Temperature),
            ("gen_ai.request.top_p", parameters.TopP),
            ("gen_ai.request.max_tokens", parameters.MaxCompletionTokens ?? parameters.MaxTokens),
            ("gen_ai.request.frequency_penalty", parameters.FrequencyPenalty),
            ("gen_ai.request.presence_penalty", parameters.PresencePenalty),
            ("gen_ai.request.seed", parameters.Seed),
            ("gen_ai.request.stop_sequences", parameters.Stop?.ToArray()),
            ("gen_ai.request.choice.count", parameters.N is 1 ? null : parameters.N),
            ("server.address", call.Connection.IsNowhere ? null : uri.Host),
            ("server.port", call.Connection.IsNowhere ? null : uri.Port),
        };
        return tags.Where(tag => tag.Value is not null).Select(tag => new KeyValuePair<string, object?>(tag.Name, tag.Value));
    }

    private static string Provider(GptProvider provider) => provider switch
    {
        GptProvider.AzureOpenAI => "azure.ai.openai",
        GptProvider.Cloudflare or GptProvider.CloudflareGateway => "cloudflare",
        GptProvider.Ollama => "ollama",
        GptProvider.LMStudio => "lmstudio",
        GptProvider.LlamaCpp => "llama.cpp",
        GptProvider.Vllm => "vllm",

        // The name tells whose protocol is spoken, not whose model answers.
        _ => "openai",
    };

    private static string ErrorType(GptErrorKind kind, int? status) => status is int code ? code.ToString(CultureInfo.InvariantCulture) : kind.ToString();

    private void Answered(GptResponse response)
    {
        Facts(response);
        if (!TraceContent.IsWanted) return;
        Content(response);
    }

    private void Failed(GptChatException failure)
    {
        if (failure.Response is { } response) Facts(response);
        else Tag("gptchat.attempts", failure.Attempts);
        Tag("error.type", ErrorType(failure.Kind, failure.StatusCode));
        if (failure.StatusCode is not null) Tag("gptchat.error", failure.Kind.ToString());
        if (failure.RequestId is { } id) Tag("gptchat.request_id", id);

        // The message may quote what was said; its kind does not.
        _activity.SetStatus(ActivityStatusCode.Error, failure.Kind.ToString());
        if (TraceContent.IsWanted) Content(failure.Response);
    }

    private void Facts(GptResponse response)
    {
        Tag("gen_ai.response.id", response.Id);
        Tag("gen_ai.response.model", response.Model);
        string[] reasons = response.Choices.Select(choice => choice.FinishReason).OfType<string>().ToArray();
        if (reasons.Length > 0) Tag("gen_ai.response.finish_reasons", reasons);
        Tag("gptchat.attempts", response.Attempts);
        Tag("gptchat.request_id", response.RequestId);
        Tag("network.protocol.version", response.Transfer?.HttpVersion);
        Tag("gptchat.source", response.FromCache ? "cache" : response.FromRecording ? "recording" : "server");

        // What a file answers uses nothing, and whoever adds up usage must not count it.
        if (response.FromCache || response.FromRecording || response.Usage is not { } usage) return;
        Tag("gen_ai.usage.input_tokens", usage.PromptTokens);
        Tag("gen_ai.usage.output_tokens", usage.CompletionTokens);
    }

    private void Content(GptResponse? response)
    {
        foreach ((string name, string json) in TraceContent.Of(_call, response)) Tag(name, json);
    }

    private void Tag(string name, object? value)
    {
        if (value is not null) _activity.SetTag(name, value);
    }
}
#endif
