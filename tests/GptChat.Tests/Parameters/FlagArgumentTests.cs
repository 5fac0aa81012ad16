using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>Parameters that are true, false or not given.</summary>
public sealed class FlagArgumentTests : ModuleTest
{
    [Theory]
    [InlineData("$true", true)]
    [InlineData("$false", false)]
    [InlineData("true", true)]
    [InlineData("'False'", false)]
    [InlineData("' FALSE '", false)]
    [InlineData("([switch] $false)", false)]
    public void A_truth_value_and_its_text_are_taken(string given, bool sent)
    {
        Invoke("Invoke-GptChat 'x' -Tool Get-History -ParallelToolCall " + given);
        Assert.Equal(sent, Request.Json.GetProperty("parallel_tool_calls").GetBoolean());
    }

    [Theory]
    [InlineData("yes", "'yes' is neither.")]
    [InlineData("'no'", "'no' is neither.")]
    [InlineData("''", "this text is empty. Is the variable set?")]
    [InlineData("$null", "it is $null. Is the variable set?")]
    [InlineData("2", "this is an Int32.")]
    [InlineData("$true, $false", "this is an Object[].")]
    [InlineData("@{ a = 1 }", "this is a Hashtable.")]
    public void What_is_neither_is_refused(string given, string said)
    {
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -Tool Get-History -ParallelToolCall " + given);
        Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId);
        Assert.Contains("It takes $true or $false; " + said, error.Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Each_parameter_that_is_a_truth_value_tells_so()
    {
        System.Reflection.PropertyInfo[] flags = [.. Invoke("(Get-Command -Module GptChat).ImplementingType").Select(type => (Type)type.BaseObject).SelectMany(type => type.GetProperties())
            .Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true) && (property.PropertyType == typeof(bool) || property.PropertyType == typeof(bool?)))];
        Assert.NotEmpty(flags);
        List<string> without = [.. flags.Where(property => property.CustomAttributes.All(attribute => attribute.AttributeType.Name != "FlagArgumentAttribute")).Select(property => property.DeclaringType!.Name + "." + property.Name)];
        Assert.Empty(without);
    }
}
