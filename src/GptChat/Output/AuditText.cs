using System;
using System.Globalization;

namespace GptChat.Output;

/// <summary>What <c>-Verbose</c> says of the way of an answer: where it went, what it weighed and how long it took.</summary>
internal static class AuditText
{
    /// <summary>One line of a single call: <c>POST https://host/v1/chat/completions: 90 bytes out, 800 in over HTTP/2; connected after …, 2 attempts</c>.</summary>
    public static string Way(GptResponse response)
    {
        if (response.Origin is { } origin) return "Nothing was sent: the answer comes from " + origin + ".";
        return "POST " + response.RequestUri?.AbsoluteUri + ": " + response.Transfer + Attempts(response) + ".";
    }

    /// <summary>One line of an item of a bulk call.</summary>
    public static string Item(int index, GptResponse response)
    {
        string way = response.FromJournal ? "from the journal"
            : response.Origin is { } origin ? "from " + origin
            : response.Transfer + Attempts(response);
        return string.Format(
            CultureInfo.InvariantCulture, "Item {0}: {1}; answer after {2:0.0} s: {3}{4}", index, way, response.Duration.TotalSeconds, response, response.RequestId is null ? string.Empty : ", request id " + response.RequestId);
    }

    private static string Attempts(GptResponse response) => response.Attempts <= 1 ? string.Empty : string.Format(CultureInfo.InvariantCulture, "; {0} attempts", response.Attempts);
}
