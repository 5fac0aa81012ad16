using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>Names with values: a hashtable, or whatever else has them by nature.</summary>
public sealed class TableArgumentTests : ModuleTest
{
    private const string Secret = "hv-77-value-51c0";

    [Theory]
    [InlineData("-Metadata ([pscustomobject]@{ team = 'ops'; run = 7 })", "metadata", """{"team":"ops","run":"7"}""")]
    [InlineData("-Metadata ([Pair]@{ team = 'ops' })", "metadata", """{"team":"ops"}""")]
    [InlineData("-LogitBias ([pscustomobject]@{ '1734' = -100 })", "logit_bias", """{"1734":-100}""")]
    [InlineData("-LogitBias ([pscustomobject]@{ '1734' = '5' })", "logit_bias", """{"1734":5}""")]
    public void They_may_be_an_object(string parameter, string member, string sent)
    {
        Invoke("class Pair { [string] $team }; Invoke-GptChat 'x' " + parameter);
        Request.Json.GetProperty(member).IsJson(sent);
    }

    [Theory]
    [InlineData("([pscustomobject]@{ 'X-Team' = 'ops'; 'X-Number' = 1.5 })")]
    [InlineData("([pscustomobject]@{ 'X-Team' = 'ops' }), 'X-Number: 1.5'")]
    [InlineData("@{ 'X-Team' = 'ops' }, @{ 'X-Number' = 1.5 }")]
    public void Headers_may_be_mixed(string headers)
    {
        Invoke("Invoke-GptChat 'x' -ExtraHeader " + headers);
        Assert.Equal(("ops", "1.5"), (Request.Headers["X-Team"], Request.Headers["X-Number"]));
    }

    [Fact]
    public void The_options_of_a_gateway_may_be_an_object_with_objects_in_it()
    {
        Invoke("Connect-GptChat -Provider Cloudflare -BaseUri $uri -Model m -ApiToken $key -GatewayOption ([pscustomobject]@{ SkipCache = $true })", ("uri", Server.BaseUri), ("key", ModuleHost.Secure(ModuleHost.Key)));
        Invoke("Invoke-GptChat 'x' -GatewayOption ([pscustomobject]@{ Metadata = [pscustomobject]@{ team = 'ops' } })");
        Assert.Equal(("true", """{"team":"ops"}"""), (Request.Headers["cf-aig-skip-cache"], Request.Headers["cf-aig-metadata"]));
    }

    [Fact]
    public void Patterns_may_be_named_by_an_object() =>
        Assert.Equal("[SECRET:CUST:1]", InvokeOne("'C-123456' | Protect-GptText -RedactPattern ([pscustomobject]@{ CUST = 'C-\\d{6}' })").BaseObject);

    [Fact]
    public void Bound_parameters_may_be_an_object()
    {
        Invoke("function Get-It { [CmdletBinding()] param([string] $Name, [switch] $All) }; Invoke-GptChat 'x' -Tool (New-GptTool Get-It -Bind ([pscustomobject]@{ Name = 'x' }))");
        Assert.Equal(["All"], Request.Json.GetProperty("tools")[0].GetProperty("function").GetProperty("parameters").GetProperty("properties").EnumerateObject().Select(parameter => parameter.Name));
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -Metadata", "Metadata", "@{ team = 'ops' }")]
    [InlineData("Invoke-GptChat 'x' -LogitBias", "LogitBias", "@{ ' yes' = 5 }")]
    [InlineData("New-GptTool Get-History -Bind", "Bind", "@{ Path = 'C:\\logs' }")]
    [InlineData("New-GptTool -McpServer http://127.0.0.1:9/mcp -McpEnvironment", "McpEnvironment", "@{ LOG_LEVEL = 'debug' }")]
    [InlineData("New-GptTool -McpServer http://127.0.0.1:9/mcp -McpHeader", "McpHeader", "@{ 'X-Team' = 'ops' }")]
    [InlineData("Invoke-GptChat 'x' -ExtraHeader", "ExtraHeader", "@{ 'X-Team' = 'ops' }")]
    [InlineData("Connect-GptChat -BaseUri http://127.0.0.1:9/v1 -Header", "Header", "@{ 'X-Team' = 'ops' }")]
    [InlineData("Invoke-GptChat 'x' -GatewayOption", "GatewayOption", "@{ SkipCache = $true }")]
    public void What_has_no_names_is_told_what_has_and_never_its_value(string call, string parameter, string example)
    {
        foreach ((string value, string kind) in new[] { ("'" + Secret + "'", "String"), ("5", "Int32"), ("([IO.FileInfo] '" + Secret + "')", "FileInfo") })
        {
            ErrorRecord error = InvokeError(call + " " + value);
            string message = error.Exception.Message;
            Assert.Contains("-" + parameter, message.Replace("parameter '" + parameter, "-" + parameter, System.StringComparison.Ordinal));
            Assert.Contains(example, message);
            Assert.DoesNotContain(Secret, message);
            if (kind != "String") Assert.Contains((kind == "Int32" ? "an " : "a ") + kind, message);
        }

        Assert.Empty(Server.Requests);
    }
}
