using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>Numbers as text, and limits of time as lengths of time.</summary>
public sealed class NumberArgumentTests : ModuleTest
{
    [Theory]
    [InlineData("0.7", 0.7)]
    [InlineData("'0.7'", 0.7)]
    [InlineData("'7e-1'", 0.7)]
    [InlineData("1", 1)]
    public void A_number_and_its_text_are_taken(string given, double sent)
    {
        Invoke("Invoke-GptChat 'x' -Temperature " + given);
        Assert.Equal(sent, Request.Json.GetProperty("temperature").GetDouble());
    }

    [Theory]
    [InlineData("hot", "'hot' is none")]
    [InlineData("'0,5'", "'0,5' is none")]
    [InlineData("0,5", "the decimal sign is the point")]
    [InlineData("''", "Is the variable set?")]
    [InlineData("$null", "it is $null. Is the variable set?")]
    [InlineData("$true", "this is a Boolean")]
    [InlineData("@{ a = 1 }", "this is a Hashtable")]
    public void What_is_none_is_answered_with_one(string given, string said)
    {
        foreach (string call in new[] { "Invoke-GptChat 'x' -Temperature ", "New-GptConversation c -TopP ", "Invoke-GptChat 'x' -FrequencyPenalty " })
        {
            ErrorRecord error = InvokeError(call + given);
            Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId);
            Assert.Contains("a number, such as 0.5; ", error.Exception.Message);
            Assert.Contains(said, error.Exception.Message);
        }

        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("90", "90")]
    [InlineData("'1.5'", "1.5")]
    [InlineData("90s", "90")]
    [InlineData("2m", "120")]
    [InlineData("1d", "86400")]
    [InlineData("'1 min 30 s'", "90")]
    [InlineData("'00:01:30'", "90")]
    [InlineData("([timespan]::FromMinutes(2))", "120")]
    public void A_limit_in_seconds_may_be_a_length_of_time(string given, string seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)), InvokeOne("(New-GptTool Get-History -TimeoutSec " + given + ").Timeout").BaseObject);

    [Theory]
    [InlineData("soon")]
    [InlineData("'1,5'")]
    [InlineData("6M")]
    public void What_is_no_time_is_answered_with_one(string given)
    {
        foreach (string call in new[] { "Invoke-GptChat 'x' -ResponseTimeoutSeconds ", "Get-GptModel -RetryIntervalSec ", "New-GptTool Get-History -TimeoutSec " })
        {
            Assert.Contains("a number of seconds, such as 30, or a length of time, such as '90s' or '2m'; '", InvokeError(call + given).Exception.Message);
        }

        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Each_parameter_that_is_a_number_with_a_point_takes_them()
    {
        List<string> without = Invoke("(Get-Command -Module GptChat).ImplementingType").Select(type => (Type)type.BaseObject).SelectMany(type => type.GetProperties())
            .Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true) && (property.PropertyType == typeof(double) || property.PropertyType == typeof(double?)))
            .Where(property => property.CustomAttributes.All(attribute => attribute.AttributeType.Name != "NumberArgumentAttribute"
                || (property.Name.Contains("Sec", StringComparison.Ordinal) && !attribute.NamedArguments.Any(argument => argument.MemberName == "IsSeconds")))).Select(property => property.DeclaringType!.Name + "." + property.Name).ToList();
        Assert.Empty(without);
    }
}
