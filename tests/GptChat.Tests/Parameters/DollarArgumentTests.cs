using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>Amounts of money: a number that says what was typed, or an error that shows one.</summary>
public sealed class DollarArgumentTests : ModuleTest
{
    [Theory]
    [InlineData("0.05", 0.05)]
    [InlineData("'0.05'", 0.05)]
    [InlineData("' 1e-2 '", 0.01)]
    [InlineData("5", 5)]
    [InlineData("5d", 5)]
    [InlineData("([float] 0.5)", 0.5)]
    public void A_number_and_its_text_are_taken(string given, double meant) =>
        Assert.Equal((decimal)meant, InvokeOne("(Connect-GptChat -BaseUri $uri -Model m -PassThru -Budget " + given + ").Budget", ("uri", Server.BaseUri)).BaseObject);

    [Theory]
    [InlineData("'5 cents'", "'5 cents' is none")]
    [InlineData("'5 USD'", "'5 USD' is none")]
    [InlineData("much", "'much' is none")]
    [InlineData("'2,5'", "'2,5' is none")]
    [InlineData("2,5", "the decimal sign is the point")]
    [InlineData("''", "is empty. Is the variable set?")]
    [InlineData("$null", "it is $null. Is the variable set?")]
    [InlineData("$true", "this is a Boolean")]
    [InlineData("([double]::NaN)", "this is no number")]
    [InlineData("1e300", "this number is too large")]
    [InlineData("@{ USD = 5 }", "this is a Hashtable")]
    [InlineData("([timespan] 5)", "this is a TimeSpan")]
    public void What_is_none_is_answered_with_one(string given, string said)
    {
        foreach (string call in new[] { "Invoke-GptChat 'x' -MaxCost ", "Invoke-GptChat 'x' -Budget ", "Enter-GptChat -MaxCost ", "Connect-GptChat -BaseUri http://127.0.0.1:9/v1 -Budget ", "Set-GptPrice m -Input 1 -Output " })
        {
            ErrorRecord error = InvokeError(call + given);
            Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId);
            Assert.Contains("such as 0.05 for five cents", error.Exception.Message);
            Assert.Contains(said, error.Exception.Message);
        }

        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Each_parameter_that_is_an_amount_tells_so()
    {
        List<string> without = Invoke("(Get-Command -Module GptChat).ImplementingType").Select(type => (Type)type.BaseObject).SelectMany(type => type.GetProperties())
            .Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true) && property.PropertyType == typeof(decimal?))
            .Where(property => property.CustomAttributes.All(attribute => attribute.AttributeType.Name != "DollarArgumentAttribute")).Select(property => property.DeclaringType!.Name + "." + property.Name).ToList();
        Assert.Empty(without);
    }
}
