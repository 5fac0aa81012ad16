using System.Linq;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Spending;

/// <summary>What a session has used.</summary>
public sealed class UsageTests : ModuleTest
{
    private string[] Totals(string parameters = "") => Invoke("Get-GptUsage " + parameters)
        .Select(total => $"{total.Member("Model")} {total.Member("Connection")}: {total.Member("Requests")}/{total.Member("Failed")} {total.Member("PromptTokens")}+{total.Member("CompletionTokens")}={total.Member("TotalTokens")} {total.Member("Cost")}")
        .ToArray();

    [Fact]
    public void It_is_summed_by_model_and_connection()
    {
        Invoke("""
            $null = Invoke-GptChat 'x'; $null = 1, 2 | Invoke-GptChat -Each; $null = Invoke-GptChat 'x' -Stream; $null = Invoke-GptChat 'x' -Model other
            Connect-GptChat -BaseUri $uri -Name second -Model other; $null = Invoke-GptChat 'x' -Model OTHER
            """, ("uri", Server.BaseUri));
        Assert.Equal(
            ["openai/gpt-5.1-chat Cloudflare: 4/0 48+28=76 0.000340", "other Cloudflare: 1/0 12+7=19 0.000085", "OTHER second: 1/0 12+7=19 0.000085"],
            Totals().Order(System.StringComparer.OrdinalIgnoreCase));
        Assert.Single(Totals("-Model openai/*"));
        Assert.Single(Totals("-Connection sec*"));
        Assert.Empty(Totals("nothing*"));
    }

    [Fact]
    public void What_failed_is_a_request_and_no_invented_tokens()
    {
        Server.Default = Reply.Error(400, "No.");
        Invoke("try { Invoke-GptChat 'x' } catch { }; 1, 2 | Invoke-GptChat -Each -ErrorAction SilentlyContinue");
        Assert.Equal(["openai/gpt-5.1-chat Cloudflare: 3/3 0+0=0 "], Totals());
        Assert.Equal(0L, InvokeOne("(Get-GptUsage).Unpriced").BaseObject);

        // An answer that broke off was begun: what it cost, nobody said.
        Server.Default = Reply.Events(Payloads.ContentChunk("half"));
        Invoke("Clear-GptUsage; try { Invoke-GptChat 'x' -Stream } catch { }");
        Assert.Equal(["openai/gpt-5.1-chat Cloudflare: 1/1 0+0=0 "], Totals());
        Assert.Equal(1L, InvokeOne("(Get-GptUsage).Unpriced").BaseObject);
    }

    [Fact]
    public void A_refusal_was_paid_for()
    {
        Server.Default = Reply.Json(Payloads.Completion(null).Replace("\"refusal\":null", "\"refusal\":\"No.\""));
        Invoke("try { Invoke-GptChat 'x' } catch { }");
        Assert.Equal(["openai/gpt-5.1-chat Cloudflare: 1/1 12+7=19 0.000085"], Totals());
    }

    [Fact]
    public async Task What_was_stopped_is_a_request()
    {
        var never = new TaskCompletionSource();
        Server.Default = Reply.Echo().GateHeaders(never.Task);
        using (PendingCall call = Host.Begin("Invoke-GptChat 'x'"))
        {
            await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
            await call.StopAsync();
        }

        never.SetResult();
        Assert.Equal(["openai/gpt-5.1-chat Cloudflare: 1/1 0+0=0 "], Totals());
    }

    [Fact]
    public void It_outlives_an_import_and_is_forgotten_on_demand()
    {
        Invoke("$null = Invoke-GptChat 'x'; Import-Module $path -Force", ("path", Repository.Manifest));
        Assert.Single(Totals());
        Invoke("Clear-GptUsage -WhatIf");
        Assert.Single(Totals());
        Invoke("Clear-GptUsage");
        Assert.Empty(Totals());
    }
}
