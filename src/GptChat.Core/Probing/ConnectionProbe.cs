using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using GptChat.Transport;

namespace GptChat.Probing;

/// <summary>Tests a connection from the bottom up. What stands above a failure is not tried, and is told as that.</summary>
internal static class ConnectionProbe
{
    /// <summary>The steps, each as soon as it is over.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="model">The model to ask; null where none is known.</param>
    /// <param name="timeouts">How long each stage may take.</param>
    /// <param name="cancellation">Fires when the user stops.</param>
    public static async IAsyncEnumerable<GptConnectionTest> RunAsync(GptConnection connection, string? model, ChatTimeouts timeouts, [EnumeratorCancellation] CancellationToken cancellation)
    {
        GptConnectionTest NotTried(string step) => new(connection.Name, step, GptTestStatus.NotTried, string.Empty);
        bool isSecure = connection.Uri.Scheme == "https";
        using var network = new NetworkProbe(connection, timeouts.Connect);

        GptConnectionTest current = await network.ResolveAsync(cancellation).ConfigureAwait(false);
        yield return current;
        if (current.Status == GptTestStatus.Passed) current = await network.ConnectAsync(cancellation).ConfigureAwait(false);
        else current = NotTried("Connect");
        yield return current;
        bool isOpen = current.Status == GptTestStatus.Passed;

        if (!isSecure) current = new GptConnectionTest(connection.Name, "Secure", GptTestStatus.NotNeeded, "The address is http:, so nothing is encrypted");
        else if (!isOpen) current = NotTried("Secure");
        else if (!network.HasProxy) current = await network.SecureAsync(cancellation).ConfigureAwait(false);
        else current = new GptConnectionTest(connection.Name, "Secure", GptTestStatus.Unknown, "Agreed on behind the proxy, with the request");
        yield return current;

        if (!isOpen || current.Status is GptTestStatus.Failed)
        {
            yield return NotTried("Authenticate");
            yield return NotTried("Answer");
            yield break;
        }

        if (model is null)
        {
            yield return NotTried("Authenticate");
            yield return NoModel(connection);
            yield break;
        }

        var answer = new AnswerProbe(connection, model, HttpTransport.Instance, timeouts);
        await answer.AskAsync(cancellation).ConfigureAwait(false);
        yield return answer.Authenticated();
        yield return answer.Answered();
    }

    private static GptConnectionTest NoModel(GptConnection connection)
    {
        const string Problem = "There is no model to ask: the connection has no default one";
        const string Advice = "Give -Model NAME, or connect with one: Connect-GptChat … -Model NAME. Get-GptModel lists them where the server does.";
        return new GptConnectionTest(connection.Name, "Answer", GptTestStatus.Failed, Problem) { Advice = Advice, Error = new GptChatException(GptErrorKind.NoModel, Problem) { Hint = Advice } };
    }
}
