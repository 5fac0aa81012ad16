using System;
using System.Linq;
using Xunit;

namespace GptChat.Tests.Spending;

/// <summary>Prices of one's own.</summary>
public sealed class PriceTests : ModuleTest
{
    [Fact]
    public void A_price_is_set_shown_and_forgotten()
    {
        object price = InvokeOne("Set-GptPrice gpt-5.1 -Input 2 -CachedInput 0.5 -Output 8 -PassThru").BaseObject;
        Assert.Equal(("gpt-5.1", 2m, 0.5m, 8m, 400_000L, 128_000L, "Set-GptPrice"), (price.Member("Model"), price.Member("Input"), price.Member("CachedInput"), price.Member("Output"), price.Member("ContextWindow"), price.Member("MaxOutputTokens"), price.Member("Source")));
        Assert.Equal(14e-6m, InvokeOne("(Measure-GptToken 'Hello' -Model openai/gpt-5.1-2025-11-13).Cost").BaseObject);
        Assert.Empty(Invoke("Set-GptPrice -Reset"));
        Assert.Equal(8.75e-6m, InvokeOne("(Measure-GptToken 'Hello' -Model gpt-5.1).Cost").BaseObject);
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Invoke("Set-GptPrice own -Input 1 -Output 1 -WhatIf; Set-GptPrice -Path $path -WhatIf", ("path", PriceFile()));
        Assert.Null(InvokeOne("Measure-GptToken 'Hello' -Model own").Member("Cost"));
    }

    [Fact]
    public void A_file_has_prices_and_so_may_a_variable()
    {
        Assert.Equal(["own", "other"], Invoke("Set-GptPrice -Path $path -PassThru | ForEach-Object Model", ("path", PriceFile())).Select(name => name.BaseObject));
        Assert.Equal(7m, InvokeOne("(Measure-GptToken 'Hello' -Model own).Cost").BaseObject);
    }

    [Theory]
    [InlineData("", "Say which model")]
    [InlineData("own", "-Model needs -Input")]
    [InlineData("own -Input 1", "-Model needs -Output")]
    [InlineData("-Input 1", "-Input needs -Model")]
    [InlineData("-Output 1", "-Output needs -Model")]
    [InlineData("-CachedInput 1", "-CachedInput needs -Model")]
    [InlineData("-ContextWindow 1", "-ContextWindow needs -Model")]
    [InlineData("-MaxOutputTokens 1", "-MaxOutputTokens needs -Model")]
    [InlineData("own -Input 1 -Output 1 -Path p", "-Path and -Model cannot be used together")]
    [InlineData("-Path p -Reset", "-Path and -Reset cannot be used together")]
    [InlineData("own -Input 1 -Output 1 -Reset", "-Model and -Reset cannot be used together")]
    [InlineData("' ' -Input 1 -Output 1", "-Model is empty")]
    public void What_is_missing_is_said(string parameters, string text) =>
        Assert.Contains(text, InvokeError("Set-GptPrice " + parameters).IsKind("InvalidParameter", "SetGptPriceCommand").Exception.Message);

    [Theory]
    [InlineData("own -Input -1 -Output 1")]
    [InlineData("own -Input 1 -Output -1")]
    [InlineData("own -Input 1 -Output 1 -CachedInput -1")]
    [InlineData("own -Input 1 -Output 1 -ContextWindow 0")]
    [InlineData("own -Input 1 -Output 1 -MaxOutputTokens 0")]
    [InlineData("'' -Input 1 -Output 1")]
    [InlineData("-Path ''")]
    public void A_value_out_of_range_is_refused(string parameters) =>
        Assert.StartsWith("ParameterArgumentValidationError", InvokeError("Set-GptPrice " + parameters).FullyQualifiedErrorId);

    [Fact]
    public void A_file_that_is_none_changes_nothing()
    {
        Folder.Write("bad.json", """{"models":{"own":{"input":1,"output":1},"other":{"input":1}}}""");
        InvokeError("Set-GptPrice -Path $path", ("path", Folder.At("bad.json"))).IsKind("InvalidInput", "SetGptPriceCommand");
        InvokeError("Set-GptPrice -Path $path", ("path", Folder.At("missing.json"))).IsKind("FileNotReadable", "SetGptPriceCommand");
        Assert.Null(InvokeOne("Measure-GptToken 'Hello' -Model own").Member("Cost"));
    }

    private string PriceFile()
    {
        Folder.Write("prices.json", """{"models":{"own":{"input":1000000,"output":1},"other":{"input":1,"output":1}}}""");
        return Folder.At("prices.json");
    }
}

/// <summary>The variable that names a file of prices; alone, since it is everybody's.</summary>
[Collection(SerialTests.Name)]
public sealed class PriceVariableTests : ModuleTest
{
    [Fact]
    public void A_variable_may_name_the_file_and_a_bad_one_is_an_error_before_anything_is_sent()
    {
        using var environment = new EnvironmentScope();
        Folder.Write("prices.json", """{"models":{"gpt-5.1-chat":{"input":1000000,"output":0}}}""");
        environment.Set("GPTCHAT_PRICES", Folder.At("prices.json"));
        Assert.Equal(12m, InvokeOne("(Invoke-GptChat 'x').Cost").BaseObject);
        Server.Clear();
        environment.Set("GPTCHAT_PRICES", Folder.At("missing.json"));
        string said = InvokeError("Invoke-GptChat 'x'").IsKind("FileNotReadable").Exception.Message;
        Assert.Contains("missing.json", said, StringComparison.Ordinal);
        Assert.Contains("the variable GPTCHAT_PRICES names", said, StringComparison.Ordinal);
        environment.Set("GPTCHAT_PRICES", Folder.Write("wrong.json", "[]"));
        Assert.Contains("the variable GPTCHAT_PRICES names", InvokeError("Measure-GptToken 'x'").IsKind("InvalidInput", "MeasureGptTokenCommand").Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
        environment.Set("GPTCHAT_PRICES", null);
        Assert.Equal(0.000085m, InvokeOne("(Invoke-GptChat 'x').Cost").BaseObject);
    }
}
