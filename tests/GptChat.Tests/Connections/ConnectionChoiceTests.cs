using System;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Connections;

/// <summary>Where a call goes: what it says, then the default connection, then the environment.</summary>
[Collection(SerialTests.Name)]
public sealed class ConnectionChoiceTests : ModuleTest, IDisposable
{
    private readonly EnvironmentScope _environment = new();

    private protected override bool IsConnected => false;

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task The_parameter_comes_before_the_default_and_the_default_before_the_environment()
    {
        await using ChatServer other = await Host.StartServerAsync();
        await using ChatServer surroundings = await Host.StartServerAsync();
        _environment.Set("OPENAI_API_KEY", "sk-env");
        _environment.Set("OPENAI_BASE_URL", surroundings.BaseUri.AbsoluteUri);
        Invoke("$null = Invoke-GptChat 'x' -Model m");
        Assert.Single(surroundings.Requests);
        Invoke("Connect-GptChat -BaseUri $a -Name a -Model m; Connect-GptChat -BaseUri $b -Name b -Model m; $null = Invoke-GptChat 'x'", ("a", other.BaseUri), ("b", Server.BaseUri));
        Assert.Single(Server.Requests);
        Invoke("$null = Invoke-GptChat 'x' -Connection a; $null = Invoke-GptChat 'x' -Connection (Get-GptConnection A)");
        Assert.Equal(2, other.Requests.Count);
        Invoke("Disconnect-GptChat b; $null = Invoke-GptChat 'x' -Model m");
        Assert.Equal(2, surroundings.Requests.Count);
        InvokeError("Invoke-GptChat 'x' -Connection b").IsKind("ConnectionNotFound");
        InvokeError("Invoke-GptChat 'x' -Connection 42").IsKind("InvalidParameter");
    }

    [Fact]
    public void The_environment_is_read_again_when_it_changes_and_only_then()
    {
        _environment.Set("OLLAMA_HOST", "127.0.0.1:1");
        Assert.Same(FromEnvironment(), FromEnvironment());
        object before = FromEnvironment()!;
        _environment.Set("OLLAMA_HOST", Server.BaseUri.Authority);
        Assert.NotSame(before, FromEnvironment());
        Invoke("Invoke-GptChat 'x' -Model llama3");
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void A_service_that_is_set_up_by_half_is_remarked_on_once()
    {
        _environment.Set("CLOUDFLARE_ACCOUNT_ID", "0123456789abcdef0123456789abcdef");
        _environment.Set("OPENAI_API_KEY", "sk-env");
        _environment.Set("OPENAI_BASE_URL", Server.BaseUri.AbsoluteUri);
        string warning = Assert.Single(Run("$null = Invoke-GptChat 'x' -Model m; $null = Invoke-GptChat 'y' -Model m").Warnings);
        Assert.Contains("CLOUDFLARE_ACCOUNT_ID is set but CLOUDFLARE_API_TOKEN is not", warning, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", warning, StringComparison.Ordinal);
        _environment.Set("CLOUDFLARE_ACCOUNT_ID", null);
        Assert.Empty(Run("$null = Invoke-GptChat 'z' -Model m").Warnings);
    }

    [Theory]
    [InlineData("CLOUDFLARE_ACCOUNT_ID=0123456789abcdef0123456789abcdef;CLOUDFLARE_API_TOKEN=t;CLOUDFLARE_GATEWAY_ID=edge;OPENAI_API_KEY=k", "https://api.cloudflare.com/client/v4/accounts/0123456789abcdef0123456789abcdef/ai/v1/chat/completions")]
    [InlineData("AZURE_OPENAI_ENDPOINT=https://res.openai.azure.com;AZURE_OPENAI_API_KEY=k;AZURE_OPENAI_DEPLOYMENT=d;OPENAI_API_KEY=k", "https://res.openai.azure.com/openai/v1/chat/completions")]
    [InlineData("OPENAI_API_KEY=k;OLLAMA_HOST=127.0.0.1", "https://api.openai.com/v1/chat/completions")]
    [InlineData("OPENAI_API_KEY=k;OPENAI_BASE_URL=  ", "https://api.openai.com/v1/chat/completions")]
    [InlineData("CLOUDFLARE_ACCOUNT_ID=0123456789abcdef0123456789abcdef;OLLAMA_HOST=127.0.0.1", "http://127.0.0.1:11434/v1/chat/completions")]
    public void The_first_complete_group_of_variables_counts(string variables, string uri)
    {
        foreach (string variable in variables.Split(';')) _environment.Set(variable.Split('=')[0], variable.Split('=')[1]);
        Assert.Equal(uri, InvokeOne("Invoke-GptChat 'x' -Model m -WhatIf -InformationVariable r; $r.MessageData.Uri.AbsoluteUri").BaseObject);
    }

    [Fact]
    public void A_malformed_variable_is_named_and_a_key_is_not()
    {
        _environment.Set("CLOUDFLARE_ACCOUNT_ID", "oops");
        _environment.Set("CLOUDFLARE_API_TOKEN", "cfut_secretsecretsecret");
        string message = InvokeError("Invoke-GptChat 'x'").IsKind("InvalidConnection").Exception.Message;
        Assert.Contains("CLOUDFLARE_ACCOUNT_ID", message);
        Assert.DoesNotContain("secretsecret", message);
    }

    [Fact]
    public void Without_any_the_error_names_what_is_set_and_what_is_not()
    {
        _environment.Set("CLOUDFLARE_ACCOUNT_ID", "0123456789abcdef0123456789abcdef");
        string message = InvokeError("Invoke-GptChat 'x'").IsKind("NoConnection").Exception.Message;
        Assert.Contains("set: CLOUDFLARE_ACCOUNT_ID; not set: CLOUDFLARE_API_TOKEN", message);
        Assert.Contains("Connect-GptChat", message);
    }

    [Fact]
    public void A_rejected_key_of_the_environment_is_traced_to_its_variable()
    {
        _environment.Set("OPENAI_API_KEY", "sk-env");
        _environment.Set("OPENAI_BASE_URL", Server.BaseUri.AbsoluteUri);
        Server.Enqueue(Reply.Error(401, "Incorrect API key provided", code: "invalid_api_key"));
        Assert.Contains("OPENAI_API_KEY", InvokeError("Invoke-GptChat 'x' -Model m").IsKind("Authentication").Exception.Message);
    }

    [Fact]
    public void A_recording_ignores_the_environment()
    {
        _environment.Set("CLOUDFLARE_ACCOUNT_ID", "oops");
        _environment.Set("CLOUDFLARE_API_TOKEN", "t");
        Assert.StartsWith("In plain words", (string)InvokeOne("Invoke-GptChat 'What are the three laws of thermodynamics?' -Replay $path", ("path", Repository.FirstSteps)).BaseObject, StringComparison.Ordinal);
    }

    /// <summary>What the session found in the environment; whether it is the same object shows nowhere else.</summary>
    private object? FromEnvironment()
    {
        object session = InvokeOne("$null = Get-GptConnection; & (Get-Module GptChat) { $GptChatSession }").BaseObject;
        return session.GetType().GetMethod("FromEnvironment", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.Invoke(session, null);
    }
}
