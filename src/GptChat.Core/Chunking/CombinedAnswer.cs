using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;

namespace GptChat.Chunking;

/// <summary>Asks something; no answer where it is not to be sent.</summary>
internal delegate Task<IAsyncEnumerable<GptChunk>?> AskAsync(string prompt, CancellationToken stop);

/// <summary>
/// One answer about many parts: each part is asked about, then once more about the answers; in levels, where they are too many for
/// one request. A part that fails is the failure of the whole, since an answer that leaves out a part looks like one about all.
/// </summary>
/// <param name="prompt">What is asked about the answers.</param>
/// <param name="room">How many tokens of answers fit into one request.</param>
/// <param name="measure">Counts tokens.</param>
/// <param name="places">How many requests may be under way, shared with other answers of the call.</param>
/// <param name="ask">Asks.</param>
internal sealed class CombinedAnswer(string prompt, long room, TextMeasure measure, SemaphoreSlim places, AskAsync ask)
{
    private readonly List<GptResponse> _partial = new();
    private GptChatException? _late;

    /// <summary>Asks about the parts, and gives the answer about their answers piece by piece.</summary>
    /// <param name="parts">What each part is called, and its prompt, which is made when its turn has come.</param>
    /// <param name="stop">Fires when the user stops.</param>
    public async IAsyncEnumerable<GptChunk> AnswerAsync(IReadOnlyList<(string About, Func<string> Prompt)> parts, [EnumeratorCancellation] CancellationToken stop)
    {
        IReadOnlyList<PartAnswer>? answers = await AskAllAsync(parts, stop).ConfigureAwait(false);
        while (answers is not null)
        {
            List<List<PartAnswer>> groups = AnswerGroups.Of(answers, room, measure);
            if (groups.Count == 1)
            {
                await foreach (GptChunk chunk in LastAsync(answers, stop).ConfigureAwait(false)) yield return chunk;
                yield break;
            }

            answers = await AskAllAsync(
                groups.Select(group => (About(group), (Func<string>)(() => PartPrompt.Combined(prompt, group)))).ToList(), stop).ConfigureAwait(false);
        }
    }

    private static string About(List<PartAnswer> group) => group.Count == 1 ? group[0].About : group[0].About + " to " + group[group.Count - 1].About;

    private async IAsyncEnumerable<GptChunk> LastAsync(IReadOnlyList<PartAnswer> answers, [EnumeratorCancellation] CancellationToken stop)
    {
        await places.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (await ask(PartPrompt.Combined(prompt, answers), stop).ConfigureAwait(false) is not { } answer) yield break;
            await foreach (GptChunk chunk in answer.WithCancellation(stop).ConfigureAwait(false))
            {
                if (chunk.Response is { } response)
                {
                    response.PartialResponses = _partial.ToArray();
                    chunk.LateFailure ??= _late;
                }

                yield return chunk;
            }
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>All answers in order; null where they are not to be asked for. After a failure no more are begun, and those under way end.</summary>
    private async Task<IReadOnlyList<PartAnswer>?> AskAllAsync(IReadOnlyList<(string About, Func<string> Prompt)> questions, CancellationToken stop)
    {
        var asking = new List<Task<GptResponse?>>(questions.Count);
        bool hasFailed = false;
        foreach ((_, Func<string> question) in questions)
        {
            await places.WaitAsync(stop).ConfigureAwait(false);
            if (Volatile.Read(ref hasFailed))
            {
                places.Release();
                break;
            }

            Task<GptResponse?> one = OneAsync(question);
            one.Leave();
            asking.Add(one);
        }

        GptResponse?[] responses = await Task.WhenAll(asking).ConfigureAwait(false);
        if (responses.Any(response => response is null)) return null;
        _partial.AddRange(responses!);
        return responses.Select((response, i) => new PartAnswer(questions[i].About, response!.Content ?? string.Empty)).ToList();

        async Task<GptResponse?> OneAsync(Func<string> question)
        {
            try
            {
                return await WholeAsync(question, stop).ConfigureAwait(false);
            }
            catch
            {
                Volatile.Write(ref hasFailed, true);
                throw;
            }
            finally
            {
                places.Release();
            }
        }
    }

    private async Task<GptResponse?> WholeAsync(Func<string> question, CancellationToken stop)
    {
        if (await ask(question(), stop).ConfigureAwait(false) is not { } answer) return null;
        GptResponse? whole = null;
        await foreach (GptChunk chunk in answer.WithCancellation(stop).ConfigureAwait(false))
        {
            whole = chunk.Response ?? whole;
            if (chunk.LateFailure is { } late) Interlocked.CompareExchange(ref _late, late, null);
        }

        return whole;
    }
}
