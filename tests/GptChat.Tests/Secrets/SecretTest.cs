using Xunit;

namespace GptChat.Tests.Secrets;

/// <summary>A call with the marker as key, and a search through all that it leaves.</summary>
public abstract class SecretTest : ModuleTest
{
    private const string Loud = " -Verbose -Debug -InformationAction Continue";

    private protected override bool IsConnected => false;

    /// <summary>The services whose key goes into a header of its own, and how each is connected to.</summary>
    private protected static string Connect(string provider) => provider switch
    {
        "Cloudflare" => "Connect-GptChat -Provider Cloudflare -BaseUri $uri -ApiToken $key -GatewayId gw",
        "AzureOpenAI" => "Connect-GptChat -Provider AzureOpenAI -BaseUri $uri -ApiKey $key -Model m",
        _ => "Connect-GptChat -BaseUri $uri -ApiKey $key -Model m",
    };

    /// <summary>Connects with the marker.</summary>
    private protected void Connect() => Invoke(Connect("Cloudflare"), ("uri", Server.BaseUri.AbsoluteUri), ("key", ModuleHost.Secure(Marker.Key)));

    /// <summary>Runs a call as talkative as can be, whatever becomes of it, and searches all that came out.</summary>
    private protected Outcome Search(string call, params (string Name, object? Value)[] variables)
    {
        Outcome outcome = Host.Run("$DebugPreference = 'Continue'; $VerbosePreference = 'Continue'; try { " + call + (call.EndsWith("'end'", System.StringComparison.Ordinal) ? string.Empty : Loud) + " } catch { $_ }", variables);
        Marker.IsAbsent(Marker.Spell(outcome) + outcome.Failure);
        return outcome;
    }

    /// <summary>Searches all that a session still holds after its calls, and all that its screen has shown.</summary>
    private protected void SearchSession()
    {
        foreach (object? left in Invoke("$Error; Get-GptConnection; Get-GptConversation; & (Get-Module GptChat) { $GptChatSession }")) Marker.IsAbsent(Marker.Spell(left));
        Marker.IsAbsent(Host.Screen.Written);
    }

    /// <summary>The key must have been sent, or its absence elsewhere says nothing.</summary>
    private protected void WasSent(int requests = 1)
    {
        Assert.Equal(requests, Server.Requests.Count);
        Assert.All(Server.Requests, request => Assert.Contains(Marker.Key, string.Join('\n', request.Headers.Values)));
    }
}
