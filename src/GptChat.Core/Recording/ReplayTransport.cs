using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Errors;
using GptChat.Transport;

namespace GptChat.Recording;

/// <summary>
/// Answers from a recording. A request that was recorded several times is answered in the order of the recording. When all its answers
/// were given, the last one is given again; or, where what is missing is sent and recorded, the request is sent.
/// </summary>
/// <param name="file">The recording.</param>
/// <param name="role">How errors speak of it.</param>
/// <param name="otherwise">Sends and records what the file does not hold; null where nothing may be sent.</param>
internal sealed class ReplayTransport(ExchangeFile file, FileRole role, IChatTransport? otherwise = null) : IAnswerFile
{
    private List<(int Line, CanonicalRequest Request)>? _requests;

    /// <summary>How fast recorded streams play: 1 as they came, 2 twice as fast, 0 without waiting.</summary>
    public double Speed { get; set; }

    /// <summary>Reads a recording.</summary>
    /// <exception cref="GptChatException">It cannot be read or holds no exchange.</exception>
    public static ReplayTransport Load(string path)
    {
        var file = new ExchangeFile(path);
        file.Refresh(FileRole.Replay, startsOver: true);
        return new ReplayTransport(file, FileRole.Replay);
    }

    /// <inheritdoc/>
    public bool Holds(ChatCall call) => otherwise is null || file.Has(Canonical(call));

    /// <inheritdoc/>
    public async Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        CanonicalRequest sent = Canonical(call);
        if (file.Take(sent, repeats: otherwise is null) is not { } entry)
        {
            if (otherwise is null || call.Connection.IsNowhere) throw Miss(sent, call);
            return await otherwise.SendAsync(call, cancellation).ConfigureAwait(false);
        }

        RecordedExchange exchange = file.Read(entry, role);
        return new TransportResponse(exchange.Status, string.Empty, exchange.Headers, new ReplayStream(exchange.Pieces, exchange.IsCut, Speed))
        {
            Origin = new AnswerOrigin(AnswerSource.Recording, file.Path, entry.Line, entry.Recorded),
        };
    }

    private static CanonicalRequest Canonical(ChatCall call)
    {
        using JsonDocument body = JsonDocument.Parse(call.Body.ToArray());
        return CanonicalRequest.From(body.RootElement, call.RevealSecrets());
    }

    /// <summary>The requests of the file: only a miss needs them, and in a bulk call one miss rarely comes alone.</summary>
    private List<(int Line, CanonicalRequest Request)> Requests()
    {
        if (_requests is { } known) return known;
        var requests = new List<(int, CanonicalRequest)>();
        foreach (ExchangeEntry entry in file.Entries) requests.Add((entry.Line, CanonicalRequest.From(file.Read(entry, role).Request)));
        return _requests = requests;
    }

    private GptChatException Miss(CanonicalRequest sent, ChatCall call)
    {
        const int Shown = 3;
        string nearest = ", and no exchange at all";
        string redaction = string.Empty;
        if (Nearest(sent) is var (line, differences))
        {
            string more = differences.Count > Shown ? "; and " + (differences.Count - Shown) + " more differences" : string.Empty;
            IEnumerable<RequestDifference> some = differences.Take(Shown).Select(difference => RedactedDifference.Shown(difference, call.Redact));
            string shown = differences.Count == 0 ? "it is the same and was given already" : KeyMask.InError(string.Join("; ", some), call.RevealSecrets());
            redaction = RedactedDifference.Hint(differences, call.Redact);
            nearest = ". The nearest is in line " + line.ToString(CultureInfo.InvariantCulture) + ": " + shown + more;
        }

        string todo = otherwise is null
            ? "Record it with -Record, or change the call."
            : "There is no connection to ask instead: Connect-GptChat makes one.";
        return new GptChatException(GptErrorKind.ReplayMiss, "The recording " + file.Path + " holds no such request" + nearest)
        {
            Hint = (file.Damaged == 0 ? string.Empty : "Lines that are no JSON, as a kill leaves them, were passed over: " + file.Damaged + ". ") + redaction + todo + " Nothing was sent.",
        };
    }

    /// <summary>The request with the fewest differences; among those the one whose texts have most in common.</summary>
    private (int Line, IReadOnlyList<RequestDifference> Differences)? Nearest(CanonicalRequest sent)
    {
        (int Line, IReadOnlyList<RequestDifference> Differences)? nearest = null;
        double least = double.MaxValue;
        foreach ((int line, CanonicalRequest request) in Requests())
        {
            IReadOnlyList<RequestDifference> differences = RequestDifference.Between(request, sent);
            if (nearest is { } best && differences.Count > best.Differences.Count) continue;
            double distance = differences.Sum(difference => difference.Distance);
            if (nearest is { } other && differences.Count == other.Differences.Count && distance >= least) continue;
            (nearest, least) = ((line, differences), distance);
        }

        return nearest;
    }
}
