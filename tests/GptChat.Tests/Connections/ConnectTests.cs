using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Connections;

/// <summary>Connect-GptChat, Get-GptConnection, Disconnect-GptChat: nothing is sent by any of them.</summary>
public sealed class ConnectTests : ModuleTest
{
    private const string Account = "0123456789abcdef0123456789ABCDEF";

    private protected override bool IsConnected => false;

    [Theory]
    [InlineData("-AccountId " + Account + " -ApiToken $key", "Cloudflare", "Cloudflare", "https://api.cloudflare.com/client/v4/accounts/" + Account + "/ai/v1/chat/completions", "openai/gpt-5.1-chat", true)]
    [InlineData("-AccountId " + Account + " -ApiToken $key -GatewayId edge", "Cloudflare", "Cloudflare", "https://api.cloudflare.com/client/v4/accounts/" + Account + "/ai/v1/chat/completions", "openai/gpt-5.1-chat", true)]
    [InlineData("-Provider OpenAI -ApiKey $key", "OpenAI", "OpenAI", "https://api.openai.com/v1/chat/completions", "gpt-5.1-chat-latest", true)]
    [InlineData("-Provider AzureOpenAI -BaseUri https://res.openai.azure.com/ -ApiKey $key -Model gpt5", "AzureOpenAI", "AzureOpenAI", "https://res.openai.azure.com/openai/v1/chat/completions", "gpt5", true)]
    [InlineData("-Provider Ollama", "Ollama", "Ollama", "http://127.0.0.1:11434/v1/chat/completions", null, false)]
    [InlineData("-Provider Ollama -BaseUri 0.0.0.0:8000 -Model llama3", "Ollama", "Ollama", "http://127.0.0.1:8000/v1/chat/completions", "llama3", false)]
    [InlineData("-BaseUri http://127.0.0.1:8080/v1 -Model m", "Compatible", "127.0.0.1:8080", "http://127.0.0.1:8080/v1/chat/completions", "m", false)]
    [InlineData("-BaseUri http://127.0.0.1:8080/v1/", "Compatible", "127.0.0.1:8080", "http://127.0.0.1:8080/v1/chat/completions", null, false)]
    [InlineData("-BaseUri https://host/deep/chat/completions?api-version=1 -ApiKey $key -Name mine", "Compatible", "mine", "https://host/deep/chat/completions?api-version=1", null, true)]
    public void Each_provider_has_its_address_its_name_and_its_model(string parameters, string provider, string name, string uri, string? model, bool hasKey)
    {
        PSObject connection = InvokeOne("Connect-GptChat " + parameters + " -PassThru", ("key", ModuleHost.Secure("sk-abcdefgh")));
        Assert.Equal(provider, connection.Member("Provider")!.ToString());
        Assert.Equal(name, connection.Member("Name"));
        Assert.Equal(uri, connection.Member("Uri.AbsoluteUri"));
        Assert.Equal(model, connection.Member("Model"));
        Assert.Equal(hasKey, connection.Member("HasKey"));
        Assert.Equal(true, connection.Member("IsDefault"));
        Assert.Same(connection.BaseObject, InvokeOne("Get-GptConnection").BaseObject);
    }

    [Fact]
    public void Connecting_outputs_nothing_unless_asked_to() => Assert.Empty(Invoke("Connect-GptChat -BaseUri http://127.0.0.1:8080/v1"));

    [Fact]
    public void A_connection_of_the_same_name_is_replaced()
    {
        Invoke("Connect-GptChat -BaseUri http://127.0.0.1:1/v1 -Name a; Connect-GptChat -BaseUri http://127.0.0.1:2/v1 -Name A");
        Assert.Equal(2, InvokeOne("(Get-GptConnection a).Uri.Port").BaseObject);
        Assert.Single(Invoke("Get-GptConnection"));
    }

    [Fact]
    public void The_latest_connection_is_the_default_and_the_only_one()
    {
        Invoke("'a', 'b', 'c' | ForEach-Object { Connect-GptChat -BaseUri http://127.0.0.1:1/v1 -Name $_ }");
        Assert.Equal(["c"], Invoke("(Get-GptConnection | Where-Object IsDefault).Name").Select(name => name.BaseObject));
        Assert.Equal(["a", "b"], Invoke("(Get-GptConnection [ab]).Name").Select(name => name.BaseObject));
        Assert.Single(Host.Run("Get-GptConnection gone").Errors).IsKind("ConnectionNotFound", "GetGptConnectionCommand");
    }

    [Theory]
    [InlineData("Disconnect-GptChat", "a,b")]
    [InlineData("Disconnect-GptChat a", "b,c")]
    [InlineData("Disconnect-GptChat -Name B", "a,c")]
    [InlineData("Disconnect-GptChat *", "")]
    [InlineData("Get-GptConnection [bc] | Disconnect-GptChat", "a")]
    [InlineData("'a', 'b' | Disconnect-GptChat", "c")]
    public void A_disconnected_connection_is_forgotten(string script, string left)
    {
        Invoke("'a', 'b', 'c' | ForEach-Object { Connect-GptChat -BaseUri http://127.0.0.1:1/v1 -Name $_ }; " + script);
        Assert.Equal(left, string.Join(',', Invoke("(Get-GptConnection).Name")));
    }

    [Fact]
    public void Disconnecting_what_is_not_there_is_an_error()
    {
        InvokeError("Disconnect-GptChat").IsKind("NoConnection", "DisconnectGptChatCommand");
        InvokeError("Disconnect-GptChat gone").IsKind("ConnectionNotFound", "DisconnectGptChatCommand");
    }

    [Theory]
    [InlineData("-ApiKey 'sk-plain-text-key'", true)]
    [InlineData("-ApiKey $secure", false)]
    [InlineData("-ApiKey ([pscredential]::new('x', $secure))", false)]
    public void Plain_text_is_taken_with_a_warning_and_secure_text_without(string key, bool warns)
    {
        Outcome outcome = Run("Connect-GptChat -BaseUri http://127.0.0.1:1/v1 " + key + " -PassThru", ("secure", ModuleHost.Secure("sk-secure")));
        Assert.Equal(warns ? 1 : 0, outcome.Warnings.Count);
        Assert.All(outcome.Warnings, warning => Assert.Contains("SecureString", warning));
        Assert.Equal(true, outcome.Output.Single().Member("HasKey"));
    }

    [Theory]
    [InlineData("Connect-GptChat")]
    [InlineData("Connect-GptChat -AccountId " + Account)]
    [InlineData("Connect-GptChat -ApiToken $key")]
    [InlineData("Connect-GptChat -AccountId 'short' -ApiToken $key")]
    [InlineData("Connect-GptChat -AccountId '$account' -ApiToken $key")]
    [InlineData("Connect-GptChat -AccountId $undefined -ApiToken $key")]
    [InlineData("Connect-GptChat -AccountId " + Account + " -ApiToken $undefined")]
    [InlineData("Connect-GptChat -AccountId " + Account + " -ApiToken 42")]
    [InlineData("Connect-GptChat -AccountId " + Account + " -ApiToken $key -GatewayId 'a b'")]
    [InlineData("Connect-GptChat -AccountId " + Account + " -ApiToken $key -ApiKey $key")]
    [InlineData("Connect-GptChat -Provider OpenAI")]
    [InlineData("Connect-GptChat -Provider AzureOpenAI -ApiKey $key")]
    [InlineData("Connect-GptChat -Provider Compatible")]
    [InlineData("Connect-GptChat -BaseUri ''")]
    [InlineData("Connect-GptChat -BaseUri 'not an address'")]
    [InlineData("Connect-GptChat -BaseUri 'ftp://host/v1'")]
    [InlineData("Connect-GptChat -BaseUri 'https://me:secret@host/v1'")]
    [InlineData("Connect-GptChat -BaseUri 'http://host.example/v1' -ApiKey $key")]
    [InlineData("Connect-GptChat -BaseUri 'http://127.0.0.1:1/v1' -ApiKey 'Bearer abc'")]
    [InlineData("Connect-GptChat -BaseUri 'http://127.0.0.1:1/v1' -ApiKey 'a b'")]
    [InlineData("Connect-GptChat -BaseUri 'http://127.0.0.1:1/v1' -Vault v")]
    [InlineData("Connect-GptChat -BaseUri 'http://127.0.0.1:1/v1' -SecretName s")]
    public void What_cannot_work_is_refused_at_once(string script)
    {
        InvokeError(script + " 3>$null", ("key", ModuleHost.Secure("sk-abcdefgh"))).IsKind("InvalidConnection", "ConnectGptChatCommand");
        Assert.Empty(Invoke("Get-GptConnection"));
    }

    [Fact]
    public void A_token_in_the_place_of_the_account_is_not_repeated()
    {
        string message = InvokeError("Connect-GptChat -AccountId cfut_abcdefghijklmnopqrstuvwxyz -ApiToken $key", ("key", ModuleHost.Secure("k"))).Exception.Message;
        Assert.Contains("looks like a token", message);
        Assert.DoesNotContain("abcdefghij", message);
    }

    [Fact]
    public void A_secret_comes_from_the_vault()
    {
        Host.Runspace.SessionStateProxy.SetVariable("seen", new System.Collections.ArrayList());
        Invoke("function global:Get-Secret { param($Name, $Vault) $null = $seen.Add(\"$Name/$Vault\"); $key }", ("key", ModuleHost.Secure("sk-from-the-vault")));
        Invoke("Connect-GptChat -BaseUri $uri -Model m -SecretName GptKey -Vault Work; Invoke-GptChat 'x'", ("uri", Server.BaseUri));
        Assert.Equal("Bearer sk-from-the-vault", Request.Headers["Authorization"]);
        Assert.Equal("GptKey/Work", InvokeOne("$seen").BaseObject);
    }

    [Fact]
    public void A_key_outlives_the_object_that_it_was_given_as()
    {
        Invoke("Connect-GptChat -BaseUri $uri -Model m -ApiKey $key; $key.Dispose(); Invoke-GptChat 'x'", ("uri", Server.BaseUri), ("key", ModuleHost.Secure("sk-short-lived")));
        Assert.Equal("Bearer sk-short-lived", Request.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("-Provider AzureOpenAI -ApiKey $key", "api-key", "sk-abcdefgh", "Authorization")]
    [InlineData("-Provider OpenAI -ApiKey $key", "Authorization", "Bearer sk-abcdefgh", "api-key")]
    [InlineData("-Provider Cloudflare -ApiToken $key -GatewayId edge", "cf-aig-gateway-id", "edge", "api-key")]
    public void Each_provider_gets_its_key_its_way(string parameters, string header, string value, string absent)
    {
        Invoke("Connect-GptChat -BaseUri $uri -Model m " + parameters + "; Invoke-GptChat 'x'", ("uri", Server.BaseUri), ("key", ModuleHost.Secure("sk-abcdefgh")));
        Assert.Equal(value, Request.Headers[header]);
        Assert.False(Request.Headers.ContainsKey(absent));
    }

    [Fact]
    public void Without_a_key_no_key_is_sent()
    {
        Invoke("Connect-GptChat -BaseUri $uri -Model m; Invoke-GptChat 'x'", ("uri", Server.BaseUri));
        Assert.False(Request.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public void A_model_is_needed_from_somewhere()
    {
        Invoke("Connect-GptChat -BaseUri $uri", ("uri", Server.BaseUri));
        InvokeError("Invoke-GptChat 'x'").IsKind("NoModel");
        Assert.Empty(Server.Requests);
        Invoke("Invoke-GptChat 'x' -Model m");
        Assert.Equal("m", Request.Model());
    }
}
