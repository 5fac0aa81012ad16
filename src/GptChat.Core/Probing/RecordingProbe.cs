using System.Collections.Generic;
using System.Globalization;
using GptChat.Recording;

namespace GptChat.Probing;

/// <summary>Tests a connection whose calls a recording answers: the file is all that must be there, and nothing is sent.</summary>
internal static class RecordingProbe
{
    private static readonly string[] OfServers = { "Resolve", "Connect", "Secure", "Authenticate" };

    /// <summary>The steps of any test; those of a server are not needed.</summary>
#pragma warning disable CS1998 // There is nothing to wait for.
    public static async IAsyncEnumerable<GptConnectionTest> RunAsync(GptConnection connection, RecordingChoice recording)
#pragma warning restore CS1998
    {
        foreach (string step in OfServers) yield return new GptConnectionTest(connection.Name, step, GptTestStatus.NotNeeded, "A recording answers");
        yield return Answered(connection, recording);
    }

    private static GptConnectionTest Answered(GptConnection connection, RecordingChoice recording)
    {
        const string Step = "Answer";
        var file = new ExchangeFile(recording.Path);
        try
        {
            file.Refresh(recording.Role, startsOver: true);
        }
        catch (GptChatException failure)
        {
            return new GptConnectionTest(connection.Name, Step, GptTestStatus.Failed, failure.Problem) { Advice = failure.Hint, Error = failure };
        }

        return new GptConnectionTest(connection.Name, Step, GptTestStatus.Passed, string.Format(CultureInfo.InvariantCulture, "From {0}, which holds {1} exchanges ({2})", recording.Path, file.Entries.Length, recording.Source));
    }
}
