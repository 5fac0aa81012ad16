using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Errors;
using GptChat.Transport;

namespace GptChat.Recording;

/// <summary>
/// Answers from a recording, without a network. A request that was recorded several times is answered in the order of the
/// recording; when all its answers were given, the last one is given again.
/// </summary>
internal sealed class ReplayTransport : IChatTransport
{
    private readonly object _gate = new();
    private readonly string _path;
    private readonly List<Entry> _entries;
    private readonly Dictionary<string, Candidates> _byKey = new(StringComparer.Ordinal);
    private readonly int _damaged;

    private ReplayTransport(string path, List<Entry> entries, int damaged)
    {
        _damaged = damaged;
        _path = path;
        _entries = entries;
        foreach (Entry entry in entries)
        {
            string key = entry.Request.Key;
            if (!_byKey.TryGetValue(key, out Candidates? candidates)) _byKey.Add(key, candidates = new Candidates());
            candidates.Entries.Add(entry);
        }
    }

    /// <summary>How fast recorded streams play: 1 as they came, 2 twice as fast, 0 without waiting.</summary>
    public double Speed { get; set; }

    /// <summary>Reads a recording.</summary>
    /// <exception cref="GptChatException">It cannot be read or holds no exchange.</exception>
    public static ReplayTransport Load(string path)
    {
        var entries = new List<Entry>();
        int damaged = 0;
        try
        {
            List<string> lines = RecordingFile.ReadLines(path);
            for (int i = 0; i < lines.Count; i++)
            {
                if (string.IsNullOrWhiteSpace(lines[i])) continue;
                try
                {
                    RecordedExchange exchange = RecordedExchange.Parse(lines[i]);
                    entries.Add(new Entry(i + 1, exchange, CanonicalRequest.From(exchange.Request)));
                }
                catch (JsonException)
                {
                    damaged++;

                    // A line cut by a kill. What it held was never complete; the rest is.
                }
                catch (Exception problem) when (problem is FormatException or InvalidOperationException)
                {
                    throw NotUsable(path, "line " + (i + 1) + " is no recorded exchange: " + problem.Message, problem);
                }
            }
        }
        catch (Exception failure) when (RecordingFile.IsOfTheFile(failure))
        {
            throw NotUsable(path, failure.Message, failure);
        }

        return entries.Count > 0 ? new ReplayTransport(path, entries, damaged) : throw NotUsable(path, "it holds no recorded exchange", null);
    }

    /// <inheritdoc/>
    public Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        RecordedExchange exchange = Find(call);
        var body = new ReplayStream(exchange.Pieces, exchange.IsCut, Speed);
        return Task.FromResult(new TransportResponse(exchange.Status, string.Empty, exchange.Headers, body));
    }

    private RecordedExchange Find(ChatCall call)
    {
        using JsonDocument body = JsonDocument.Parse(call.Body.ToArray());
        CanonicalRequest sent = CanonicalRequest.From(body.RootElement, call.RevealSecrets());
        lock (_gate)
        {
            Entry match = Match(sent) ?? throw Miss(sent, call);
            match.IsUsed = true;
            return match.Exchange;
        }
    }

    /// <summary>The first exchange of the request that was not given yet, else the last.</summary>
    private Entry? Match(CanonicalRequest sent)
    {
        if (!_byKey.TryGetValue(sent.Key, out Candidates? candidates)) return null;
        Entry? match = null;

        // Bulk calls replay thousands of equal requests: those that were given at the beginning are passed over once.
        while (candidates.Used < candidates.Entries.Count && candidates.Entries[candidates.Used].IsUsed) candidates.Used++;
        for (int i = Math.Min(candidates.Used, candidates.Entries.Count - 1); i < candidates.Entries.Count; i++)
        {
            Entry entry = candidates.Entries[i];
            if (!entry.Request.IsModelOf(sent)) continue;
            match = entry;
            if (!entry.IsUsed) return entry;
        }

        return match ?? candidates.Entries.FindLast(entry => entry.Request.IsModelOf(sent));
    }

    private (Entry Nearest, IReadOnlyList<string> Differences) Nearest(CanonicalRequest sent)
    {
        Entry nearest = _entries[0];
        IReadOnlyList<string> fewest = nearest.Request.DifferencesFrom(sent);
        foreach (Entry entry in _entries)
        {
            IReadOnlyList<string> differences = entry.Request.DifferencesFrom(sent);
            if (differences.Count < fewest.Count) (nearest, fewest) = (entry, differences);
        }

        return (nearest, fewest);
    }

    private GptChatException Miss(CanonicalRequest sent, ChatCall call)
    {
        (Entry nearest, IReadOnlyList<string> differences) = Nearest(sent);
        const int Shown = 3;
        string more = differences.Count > Shown ? "; and " + (differences.Count - Shown) + " more differences" : string.Empty;
        return new GptChatException(
            GptErrorKind.ReplayMiss,
            "The recording " + _path + " holds no such request. The nearest is in line " + nearest.Line + ": " + KeyMask.InError(string.Join("; ", differences.Take(Shown)), call.RevealSecrets()) + more)
        {
            Hint = (_damaged == 0 ? string.Empty : "Lines that are no JSON, as a kill leaves them, were passed over: " + _damaged + ". ") + "Record it with -Record, or change the call. Nothing was sent.",
        };
    }

    private static GptChatException NotUsable(string path, string problem, Exception? inner) =>
        new(GptErrorKind.RecordingNotUsable, "The recording " + path + " cannot be used: " + problem, inner) { Hint = "Check the path given to -Replay; -Record writes such a file." };

    private sealed class Entry(int line, RecordedExchange exchange, CanonicalRequest request)
    {
        public int Line { get; } = line;

        public RecordedExchange Exchange { get; } = exchange;

        public CanonicalRequest Request { get; } = request;

        public bool IsUsed { get; set; }
    }

    /// <summary>The exchanges that ask the same, in the order of the recording.</summary>
    private sealed class Candidates
    {
        public List<Entry> Entries { get; } = new();

        /// <summary>How many at the beginning were given.</summary>
        public int Used { get; set; }
    }
}
