using System;
using System.Threading.Tasks;
using GptChat.Schemas;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Requests;

/// <summary>Every request of every test is compared with the official schemas; this is the test that tells where it is not.</summary>
public sealed class SchemaCheckTests
{
    private const string Outside = "$null = Invoke-GptChat 'x' -Audio @{ voice = 'marin'; format = 'tomorrows' }";

    [OfficialSchemaFact]
    public async Task A_request_outside_the_schemas_fails_its_test_unless_the_test_means_it()
    {
        string? message = await FailureOf(Outside);
        Assert.Contains("#/audio.format", message);
        Assert.Contains("AllowsRequestsOutsideTheSchema", message);
        Assert.Null(await FailureOf(Outside, "the server is an old one"));
        Assert.Contains("the server is an old one", await FailureOf("$null = Invoke-GptChat 'x'", "the server is an old one"));
        Assert.Null(await FailureOf("$null = Invoke-GptChat 'x'"));

        // Nor is one overlooked because the server was told to forget it, or was another one.
        ModuleHost host = (await ModuleHost.StartAsync()).Connect();
        host.Invoke(Outside);
        host.Server.Clear();
        await Assert.ThrowsAsync<SchemaViolationException>(async () => await host.DisposeAsync());

        host = (await ModuleHost.StartAsync()).Connect();
        await using (ChatServer other = await host.StartServerAsync()) host.Invoke("Connect-GptChat -BaseUri $uri -Model m; " + Outside, ("uri", other.BaseUri));
        await Assert.ThrowsAsync<SchemaViolationException>(async () => await host.DisposeAsync());
    }

    private static async Task<string?> FailureOf(string script, string? reason = null)
    {
        ModuleHost host = (await ModuleHost.StartAsync()).Connect();
        if (reason is not null) host.AllowsRequestsOutsideTheSchema(reason);
        host.Invoke(script);
        Exception? failure = await Record.ExceptionAsync(async () => await host.DisposeAsync());
        if (failure is not null) Assert.IsType<SchemaViolationException>(failure);
        return failure?.Message;
    }
}

/// <summary>A test that needs the official schemas.</summary>
internal sealed class OfficialSchemaFactAttribute : FactAttribute
{
    public OfficialSchemaFactAttribute() => Skip = OfficialSchemas.Missing;
}
