using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Schemas;

/// <summary>
/// Stands between whoever sends requests and whoever takes answers: only an answer that fits its schema passes. One that does not is
/// sent back with what is wrong with it, as often as is allowed, and then is a failure that keeps the text.
/// </summary>
/// <param name="schema">What answers must look like.</param>
/// <param name="mostRepairs">How often an answer is sent back.</param>
internal sealed class TypedAnswer(AnswerSchema schema, int mostRepairs)
{
    /// <summary>The answer to a request, checked; its last chunk has the value.</summary>
    /// <param name="call">The request.</param>
    /// <param name="send">Sends a request; with whether it is a repair.</param>
    /// <param name="latest">The request that was answered last, where tools were run on the way; null where there are none.</param>
    /// <param name="cancellation">Fires when the user stops.</param>
    public async IAsyncEnumerable<GptChunk> SendAsync(ChatCall call, Func<ChatCall, bool, IAsyncEnumerable<GptChunk>> send, Func<ChatCall?>? latest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var repairs = new List<GptRepair>();

        // What was repaired is kept, or a rerun would take another way; what could not be is asked for again.
        call = call with { IsWorthKeeping = answer => repairs.Count < mostRepairs || Fits(answer) };
        while (true)
        {
            GptChatException? failure = null;
            await foreach (GptChunk chunk in CheckAsync(Send(call, send, repairs), call.IsStream, repairs, cancellation).WithCancellation(cancellation).ConfigureAwait(false))
            {
                failure = chunk.LateFailure is { Kind: GptErrorKind.SchemaMismatch } mismatch ? mismatch : null;
                if (failure is null) yield return chunk;
            }

            if (failure is null) yield break;
            if (repairs.Count > mostRepairs) throw failure;
            call = (latest?.Invoke() ?? call) with { IsWorthKeeping = call.IsWorthKeeping };
            IReadOnlyList<GptMessage> messages = call.Body.Messages.Concat(new[] { GptMessage.FromText(Roles.Assistant, failure.PartialText ?? string.Empty), GptMessage.FromText(Roles.User, Complaint(failure)) }).ToArray();
            call.Notices?.Post(ChatNotice.OfRepair(call, failure.Problem, repairs.Count, mostRepairs));
            call = call with { Body = RequestBody.Create(call.Parameters, messages) };
        }
    }

    /// <summary>Sends; where a limit does not allow it any more, the failure keeps what was to be sent back.</summary>
    private static IAsyncEnumerable<GptChunk> Send(ChatCall call, Func<ChatCall, bool, IAsyncEnumerable<GptChunk>> send, List<GptRepair> repairs)
    {
        try
        {
            return send(call, repairs.Count > 0);
        }
        catch (GptChatException refused) when (repairs.Count > 0)
        {
            refused.PartialText ??= repairs[repairs.Count - 1].Answer;
            throw;
        }
    }

    /// <summary>An answer that is already here, checked.</summary>
    public async IAsyncEnumerable<GptChunk> CheckAsync(IAsyncEnumerable<GptChunk> answer, bool isStream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (GptChunk chunk in CheckAsync(answer, isStream, new List<GptRepair>(), cancellation).WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (chunk.LateFailure is { Kind: GptErrorKind.SchemaMismatch } mismatch) throw mismatch;
            yield return chunk;
        }
    }

    /// <summary>
    /// Hands an answer on. Where it does not fit, the last chunk says so in its late failure; where that cannot be repaired, it is thrown.
    /// </summary>
    private async IAsyncEnumerable<GptChunk> CheckAsync(IAsyncEnumerable<GptChunk> answer, bool isStream, List<GptRepair> repairs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ElementReader? reader = isStream && schema.IsList ? new ElementReader() : null;
        var text = new StringBuilder();
        int elements = 0;
        await foreach (GptChunk chunk in answer.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (reader is not null && chunk.Index == 0 && chunk.Text.Length > 0)
            {
                text.Append(chunk.Text);
                (chunk.Elements, GptChatException? bad) = Elements(reader.Add(chunk.Text), ref elements, text);
                if (bad is not null)
                {
                    // What stands before it fits, and was to come as soon as it is there.
                    if (chunk.Response is null && chunk.Elements is not null) yield return chunk;
                    throw bad;
                }
            }

            if (chunk.Response is { } response)
            {
                response.Schema = schema.Sent;
                response.Repairs = repairs.ToArray();
                (GptUsage? usage, decimal? cost) = (response.Usage, response.Cost);
                foreach (GptRepair repair in repairs)
                {
                    if (repair.Usage is not null) response.Usage = GptUsage.Add(response.Usage, repair.Usage);
                    response.Cost += repair.Cost;
                }

                if (Check(response, chunk) is { } mismatch)
                {
                    chunk.LateFailure = mismatch;
                    repairs.Add(new GptRepair(mismatch.PartialText, mismatch.Problem, usage, cost));
                }
                else if (reader is not null && chunk.Answer is { } whole)
                {
                    chunk.Elements = Rest(chunk.Elements, whole, elements);
                }
            }

            yield return chunk;
        }
    }

    private (List<JsonElement>? Elements, GptChatException? Bad) Elements(IReadOnlyList<string> complete, ref int count, StringBuilder soFar)
    {
        List<JsonElement>? elements = null;
        foreach (string json in complete)
        {
            (JsonElement? element, string problem) = AnswerText.TryParse(json);
            IReadOnlyList<string> problems = element is { } value ? schema.Problems(value, count) : new[] { "Element " + count + " is not valid JSON: " + problem };
            if (problems.Count > 0) return (elements, Mismatch(string.Join("; ", problems), soFar.ToString(), null));
            (elements ??= new List<JsonElement>(complete.Count)).Add(element!.Value);
            count++;
        }

        return (elements, null);
    }

    /// <summary>What the reader did not find: nothing, unless the answer came in another form than its text let expect.</summary>
    private static IReadOnlyList<JsonElement>? Rest(IReadOnlyList<JsonElement>? last, JsonElement whole, int found)
    {
        JsonElement[] missing = whole.EnumerateArray().Skip(found).ToArray();
        return missing.Length == 0 ? last : (last ?? Array.Empty<JsonElement>()).Concat(missing).ToArray();
    }

    private bool Fits(GptResponse response) => AnswerText.Parse(response.Content ?? string.Empty).Value is { } value && schema.Problems(value).Count == 0;

    private GptChatException? Check(GptResponse response, GptChunk chunk)
    {
        string text = response.Content ?? string.Empty;
        if (text.Trim().Length == 0 && response.Message?.ToolCalls.Count > 0)
        {
            string calls = string.Join(", ", response.Message.ToolCalls.Select(call => call.Name));
            throw Cut(GptErrorKind.SchemaMismatch, "The model asks to call " + calls + " instead of answering", "Nothing was run: the calls are in the error's Response.ToolCalls. Leave -Tool out, or ask without -As and -Schema.", null, response);
        }

        (JsonElement? value, string problem) = AnswerText.Parse(text);
        IReadOnlyList<string> problems = value is { } parsed ? schema.Problems(parsed) : new[] { "It is not valid JSON: " + problem };
        if (problems.Count == 0)
        {
            chunk.Answer = schema.Unwrap(value!.Value);
            return null;
        }

        if (response.FinishReason == "length") throw Cut(GptErrorKind.Truncated, "The answer was cut off before it was whole: it reached the limit of tokens", "Raise -MaxCompletionTokens, or ask for less. What came is in the error's PartialText.", text, response);
        if (response.FinishReason == "content_filter") throw Cut(GptErrorKind.ContentFiltered, "A content filter of the provider cut the answer off before it was whole", "Change the prompt, or the filter at the provider. What came is in the error's PartialText.", text, response);
        if (!string.IsNullOrEmpty(response.Refusal)) throw Cut(GptErrorKind.Refused, "The model declined: " + response.Refusal, "Ask differently. The whole answer is in the error's Response.", text, response);
        return Mismatch(string.Join("; ", problems), text, response);
    }

    private GptChatException Mismatch(string problem, string? text, GptResponse? response) => Cut(
        GptErrorKind.SchemaMismatch,
        "The answer does not fit the schema: " + problem,
        (mostRepairs == 0 ? "-Repair 2 sends such an answer back to be corrected. " : "It was sent back " + mostRepairs + " times. ") + "Its text is in the error's PartialText.",
        text,
        response);

    private static GptChatException Cut(GptErrorKind kind, string message, string hint, string? text, GptResponse? response) => new(kind, message)
    {
        Hint = hint,
        Response = response,
        RequestId = response?.RequestId,
        RequestUri = response?.RequestUri,
        Attempts = response?.Attempts ?? 1,
        PartialText = text,
    };

    private static string Complaint(GptChatException failure) => failure.Problem + ". Answer again: the whole answer as JSON that fits the schema, and nothing else.";
}
