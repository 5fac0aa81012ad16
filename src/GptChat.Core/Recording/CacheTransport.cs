using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;

namespace GptChat.Recording;

/// <summary>
/// Answers what was asked before from a file, and keeps whole answers there: a recording whose lines are found by
/// <see cref="CacheKey"/>. Of equal requests that are under way at once one is sent, and the others get its answer, as they
/// would the next time.
/// </summary>
internal sealed class CacheTransport : IAnswerFile
{
    private readonly ExchangeFile _file;
    private readonly FileRole _role;
    private readonly TimeSpan? _expiry;
    private readonly RecordingTransport _keeping;
    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private volatile bool _isWritable;

    /// <summary>Puts a cache before another transport.</summary>
    /// <param name="inner">Who answers what is not in the cache.</param>
    /// <param name="file">The cache.</param>
    /// <param name="role">How errors speak of it.</param>
    /// <param name="expiry">How long an answer is good for; null for ever.</param>
    public CacheTransport(IChatTransport inner, ExchangeFile file, FileRole role, TimeSpan? expiry)
    {
        _file = file;
        _role = role;
        _expiry = expiry;
        _keeping = new RecordingTransport(inner, line => file.Append(line, role), KeepRule.WholeAnswers, CacheKey.Of);
    }

    /// <inheritdoc/>
    public bool Holds(ChatCall call)
    {
        _file.Refresh(_role, startsOver: false);
        return _file.Cached(CacheKey.Of(call)) is { } entry && !IsExpired(entry);
    }

    /// <inheritdoc/>
    public async Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation)
    {
        string key = CacheKey.Of(call);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Find(key, cancellation) is { } known) return known;
            var own = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            Task first = _underWay.GetOrAdd(key, own.Task);
            if (ReferenceEquals(first, own.Task)) return await AskAsync(call, () => End(key, own), cancellation).ConfigureAwait(false);
            await EndOf(first, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<TransportResponse> AskAsync(ChatCall call, Action end, CancellationToken cancellation)
    {
        try
        {
            // Only now: who finds all in a cache needs no right to write it.
            if (!_isWritable) RecordingFile.RequireWritable(_file.Path, _role, cancellation);
            _isWritable = true;
            TransportResponse response = await _keeping.SendAsync(call, cancellation).ConfigureAwait(false);
            response.Closed = end;
            return response;
        }
        catch
        {
            end();
            throw;
        }
    }

    private TransportResponse? Find(string key, CancellationToken cancellation)
    {
        _file.Refresh(_role, startsOver: false, cancellation);
        if (_file.Cached(key) is not { } entry || IsExpired(entry)) return null;
        RecordedExchange exchange;
        try
        {
            exchange = _file.Read(entry, _role);
        }
        catch (GptChatException)
        {
            // Cleared in this very moment, by another program.
            return null;
        }

        return new TransportResponse(exchange.Status, string.Empty, exchange.Headers, new ReplayStream(exchange.Pieces, exchange.IsCut, 0))
        {
            Origin = new AnswerOrigin(AnswerSource.Cache, _file.Path, entry.Line, entry.Recorded),
        };
    }

    private bool IsExpired(ExchangeEntry entry) => _expiry is { } time && (entry.Recorded is not { } recorded || DateTimeOffset.UtcNow - recorded > time);

    private void End(string key, TaskCompletionSource<bool> own)
    {
        _underWay.TryRemove(key, out _);
        own.TrySetResult(true);
    }

    private static async Task EndOf(Task first, CancellationToken cancellation)
    {
        var stop = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellation.Register(() => stop.TrySetResult(true))) await Task.WhenAny(first, stop.Task).ConfigureAwait(false);
    }
}
