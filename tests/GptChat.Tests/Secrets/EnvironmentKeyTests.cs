using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Secrets;

/// <summary>A key that the environment gives, in the right variable or in a wrong one.</summary>
[Collection(SerialTests.Name)]
public sealed class EnvironmentKeyTests : SecretTest
{
    [Fact]
    public void It_is_not_shown()
    {
        using var environment = new EnvironmentScope();
        environment.Set("OPENAI_API_KEY", Marker.Key);
        environment.Set("OPENAI_BASE_URL", Server.BaseUri.AbsoluteUri);
        Server.Default = Reply.Error(401, "Wrong: " + Marker.Key);
        Search("Invoke-GptChat 'x' -Model m");
        WasSent();
        environment.Set("OPENAI_API_KEY", "Bearer " + Marker.Key);
        Search("Invoke-GptChat 'x' -Model m");
        environment.Set("OPENAI_API_KEY", null);
        environment.Set("CLOUDFLARE_ACCOUNT_ID", Marker.Key);
        environment.Set("CLOUDFLARE_API_TOKEN", Marker.Key);
        Search("Invoke-GptChat 'x'");
        environment.Set("CLOUDFLARE_ACCOUNT_ID", null);
        environment.Set("AZURE_OPENAI_ENDPOINT", Marker.Key);
        environment.Set("AZURE_OPENAI_API_KEY", Marker.Key);
        Search("Invoke-GptChat 'x' -Model m");
        WasSent();
        SearchSession();
    }
}
