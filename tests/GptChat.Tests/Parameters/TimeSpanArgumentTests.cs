using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>Lengths of time as people write them.</summary>
public sealed class TimeSpanArgumentTests : ModuleTest
{
    private string Path => Folder.At("cache.jsonl");

    [Theory]
    [InlineData("1h", "01:00:00")]
    [InlineData("2h30m", "02:30:00")]
    [InlineData("'2h 30m'", "02:30:00")]
    [InlineData("'1 hour, 30 minutes and 5 seconds'", "01:30:05")]
    [InlineData("90s", "00:01:30")]
    [InlineData("'90s'", "00:01:30")]
    [InlineData("30d", "30.00:00:00")]
    [InlineData("'30 days'", "30.00:00:00")]
    [InlineData("1.5d", "1.12:00:00")]
    [InlineData("'1 Week'", "7.00:00:00")]
    [InlineData("1500ms", "00:00:01.5000000")]
    [InlineData("'00:30:00'", "00:30:00")]
    [InlineData("1:00", "01:00:00")]
    [InlineData("1.12:00:00", "1.12:00:00")]
    [InlineData("([timespan]::FromDays(2))", "2.00:00:00")]
    public void One_is_read_alike_wherever_it_is_taken(string given, string meant)
    {
        TimeSpan span = TimeSpan.Parse(meant, CultureInfo.InvariantCulture);
        Assert.Equal(span, InvokeOne("(Connect-GptChat -BaseUri $uri -Model m -Cache $path -PassThru -CacheExpiry " + given + ").CacheExpiry", ("uri", Server.BaseUri), ("path", Path)).BaseObject);
        Invoke("Invoke-GptChat 'x' -Cache $path -CacheExpiry " + given, ("path", Path));
        Invoke("Clear-GptCache $path -OlderThan " + given, ("path", Path));
        Assert.Single(System.IO.File.ReadAllLines(Path));
    }

    [Theory]
    [InlineData("3600", "'3600' has no unit")]
    [InlineData("'7'", "'7' has no unit")]
    [InlineData("2.50", "'2.50' has no unit")]
    [InlineData("$day", "'30' has no unit")]
    [InlineData("1kb", "'1kb' is none")]
    [InlineData("'1,5h'", "'1,5h' is none")]
    [InlineData("6M", "'6M' is none")]
    [InlineData("'2 months'", "'2 months' is none")]
    [InlineData("1h1h", "'1h1h' is none")]
    [InlineData("'24:00:00'", "'24:00:00' is none: hours end at 23 there, and 24 of them are '24h'")]
    [InlineData("'-1h'", "'-1h' is none")]
    [InlineData("'999999999999 weeks'", "is none")]
    [InlineData("soon", "'soon' is none")]
    [InlineData("''", "'' is none")]
    [InlineData("$null", "Is the variable set?")]
    [InlineData("$true", "this is a Boolean")]
    [InlineData("(Get-Date)", "this is a DateTime")]
    [InlineData("@{ Days = 1 }", "this is a Hashtable")]
    public void What_is_none_is_answered_with_what_is(string given, string said)
    {
        foreach (string call in new[] { "Invoke-GptChat 'x' -Cache $path -CacheExpiry ", "Connect-GptChat -BaseUri http://127.0.0.1:9/v1 -Cache $path -CacheExpiry ", "Clear-GptCache $path -OlderThan " })
        {
            ErrorRecord error = InvokeError("function Get-Date { [datetime] 0 }; $day = 30d; " + call + given, ("path", Path));
            Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId);
            Assert.Contains("'2h30m', '30 days'", error.Exception.Message);
            Assert.Contains(said, error.Exception.Message);
        }

        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("([timespan] 3600)")]
    [InlineData("0s")]
    [InlineData("'-1:00:00'")]
    public void Less_than_a_second_is_not_meant(string given) =>
        Assert.Contains("less than a second", InvokeError("Invoke-GptChat 'x' -Cache $path -CacheExpiry " + given, ("path", Path)).IsKind("InvalidParameter").Exception.Message);

    [Fact]
    public void The_seconds_of_a_gateway_may_be_one()
    {
        Invoke("Connect-GptChat -Provider Cloudflare -BaseUri $uri -Model m -ApiToken $key; Invoke-GptChat 'x' -GatewayOption @{ CacheTtlSeconds = '2h30m' }", ("uri", Server.BaseUri), ("key", ModuleHost.Secure(ModuleHost.Key)));
        Assert.Equal("9000", Request.Headers["cf-aig-cache-ttl"]);
    }

    [Fact]
    public void Each_parameter_that_is_a_length_of_time_takes_them()
    {
        List<string> without = Invoke("(Get-Command -Module GptChat).ImplementingType").Select(type => (Type)type.BaseObject).SelectMany(type => type.GetProperties())
            .Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true) && (property.PropertyType == typeof(TimeSpan) || property.PropertyType == typeof(TimeSpan?)))
            .Where(property => property.CustomAttributes.All(attribute => attribute.AttributeType.Name != "TimeSpanArgumentAttribute")).Select(property => property.DeclaringType!.Name + "." + property.Name).ToList();
        Assert.Empty(without);
    }
}
