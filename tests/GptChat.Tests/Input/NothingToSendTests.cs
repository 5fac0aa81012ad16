using Xunit;

namespace GptChat.Tests.Input;

/// <summary>Nothing is sent, and nothing is billed, where something is missing.</summary>
public sealed class NothingToSendTests : ModuleTest
{
    [Theory]
    [InlineData("$undefined | Invoke-GptChat 'Explain'")]
    [InlineData("@() | Invoke-GptChat 'Explain'")]
    [InlineData(",@() | Invoke-GptChat 'Explain'")]
    [InlineData("$null, $null | Invoke-GptChat 'Explain'")]
    [InlineData("'' | Invoke-GptChat 'Explain'")]
    [InlineData("'  ', \"`t\", '' | Invoke-GptChat 'Explain'")]
    [InlineData("& { } | Invoke-GptChat 'Explain'")]
    [InlineData("@() | Invoke-GptChat")]
    [InlineData("Invoke-GptChat 'Explain' -InputObject $undefined")]
    [InlineData("Invoke-GptChat 'Explain' -InputObject @()")]
    [InlineData("Invoke-GptChat 'Explain' -Path $empty")]
    [InlineData("Invoke-GptChat 'Explain' -Path $blank")]
    [InlineData("[System.IO.FileInfo]$empty | Invoke-GptChat 'Explain'")]
    [InlineData("Invoke-GptChat 'Explain' -Path ([System.IO.Path]::Combine($folder, '*.nothing'))")]
    [InlineData("@() | Invoke-GptChat 'Explain' -System 'Be brief.'")]
    public void Input_that_was_expected_and_did_not_come_is_an_error(string script)
    {
        InvokeError(script, ("empty", Folder.Write("empty.txt", string.Empty)), ("blank", Folder.Write("blank.txt", " \r\n\t\n")), ("folder", Folder.Path)).IsKind("NoInput");
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void An_empty_file_is_named() =>
        Assert.Contains("empty.txt", InvokeError("Invoke-GptChat 'Explain' -Path $path", ("path", Folder.Write("empty.txt", string.Empty))).Exception.Message);

    [Theory]
    [InlineData("Invoke-GptChat")]
    [InlineData("Invoke-GptChat ''")]
    [InlineData("Invoke-GptChat '   '")]
    [InlineData("Invoke-GptChat $undefined")]
    [InlineData("Invoke-GptChat @()")]
    [InlineData("'text' | Invoke-GptChat ''")]
    [InlineData("'text' | Invoke-GptChat $undefined")]
    [InlineData("Invoke-GptChat -System 'Be brief.'")]
    [InlineData("New-GptConversation c | Invoke-GptChat")]
    public void A_missing_prompt_is_an_error(string script)
    {
        InvokeError(script).IsKind("NoPrompt");
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -System ''")]
    [InlineData("Invoke-GptChat 'x' -System $undefined")]
    [InlineData("Invoke-GptChat 'x' -Model ''")]
    [InlineData("Invoke-GptChat 'x' -Model $undefined")]
    public void A_parameter_whose_variable_is_not_set_is_an_error(string script)
    {
        InvokeError(script).IsKind("InvalidParameter");
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Input_alone_needs_no_prompt() => Assert.Equal("text", SentText("'text' | Invoke-GptChat"));
}
