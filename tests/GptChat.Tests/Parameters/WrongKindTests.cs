using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>What is of a kind that a parameter does not take: the error names that parameter and all that it takes.</summary>
public sealed class WrongKindTests : ModuleTest
{
    private const string Date = "([datetime] 0)";

    [Theory]
    [InlineData("Get-GptConversation " + Date, "-Name")]
    [InlineData(Date + " | Get-GptConversation", "-Name")]
    [InlineData("Copy-GptConversation " + Date + " b", "-Name")]
    [InlineData("Clear-GptConversation " + Date, "-Name")]
    [InlineData("Remove-GptConversation " + Date, "-Name")]
    [InlineData("Export-GptConversation $path " + Date, "-Name")]
    [InlineData("Remove-GptMessage -Last 1 " + Date, "-Conversation")]
    [InlineData("Set-GptMessage -Index 0 'x' -Conversation " + Date, "-Conversation")]
    [InlineData("Invoke-GptChat 'x' -Conversation " + Date, "-Conversation")]
    public void What_is_no_conversation_is_refused_by_the_parameter_that_was_used(string script, string parameter)
    {
        Outcome outcome = Host.Run(script, ("path", Folder.At("a.json")));
        string message = outcome.Failure?.Message ?? Assert.Single(outcome.Errors).Exception.Message;
        Assert.StartsWith(parameter + " takes the name of a conversation, a conversation or a reply, not a DateTime. New-GptConversation makes one", message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData(Date, "-Path takes files and their paths, not a DateTime")]
    [InlineData("5", "-Path takes files and their paths, not an Int32")]
    [InlineData("@{ Path = 'a.json' }", "-Path takes files and their paths, not a Hashtable")]
    [InlineData("(New-GptConversation c)", "-Path takes files and their paths, not a GptConversation")]
    public void What_is_no_file_is_not_imported(string given, string said) =>
        Assert.StartsWith(said, Assert.Single(Host.Run("Import-GptConversation " + given).Errors).IsKind("InvalidParameter", "ImportGptConversationCommand").Exception.Message);

    [Theory]
    [InlineData("-Connection http://127.0.0.1:9/v1", "Connect-GptChat -BaseUri")]
    [InlineData("-Connection ' '", "Is the variable set?")]
    [InlineData("-Conversation ''", "Is the variable set?")]
    public void What_is_no_name_is_told_from_one_that_is_not_known(string given, string advice)
    {
        Outcome outcome = Host.Run("Invoke-GptChat 'x' " + given);
        Assert.Contains(advice, outcome.Failure?.Message ?? Assert.Single(outcome.Errors).Exception.Message, System.StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_file_that_came_from_another_process_is_imported_by_its_path()
    {
        string path = Folder.Write("talk.json", """[{"role":"user","content":"hi"}]""");
        Assert.Equal("talk", InvokeOne("(Import-GptConversation ([pscustomobject]@{ PSTypeName = 'Deserialized.System.IO.FileInfo'; FullName = $path })).Name", ("path", path)).BaseObject);
    }

    [Theory]
    [InlineData("5", "an Int32")]
    [InlineData(Date, "a DateTime")]
    [InlineData("'Get-History', 5", "an Int32")]
    [InlineData("'Get-History', @(5)", "an Int32")]
    public void What_is_no_tool_is_answered_with_all_that_is(string given, string kind)
    {
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -Tool " + given).IsKind("InvalidParameter");
        Assert.StartsWith("-Tool takes names of commands, what Get-Command and New-GptTool give, script blocks, and tools in the protocol's shape, not " + kind, error.Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Lists_of_tools_may_stand_among_tools()
    {
        Invoke("$those = @('Get-History', (New-GptTool Get-Command)); Invoke-GptChat 'x' -Tool $those, 'Get-Module'");
        Assert.Equal(["Get-History", "Get-Command", "Get-Module"], Request.Json.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -Tool Get-History -ToolSession srv1")]
    [InlineData("New-GptTool Get-History -ToolSession srv1")]
    public void The_name_of_a_machine_is_no_session(string script) =>
        Assert.Contains("not a String. New-PSSession makes one of a machine's name", InvokeError(script).Exception.Message);

    [Theory]
    [InlineData("([pscustomobject]@{ id = 'big'; owned_by = 'me' })", "big")]
    [InlineData("@{ Id = 'big' }", "big")]
    [InlineData("35", "35")]
    [InlineData("'big'", "big")]
    public void A_model_may_be_an_object_with_its_id(string model, string sent)
    {
        Invoke("Invoke-GptChat 'x' -Model " + model);
        Assert.Equal(sent, Request.Model());
    }

    [Theory]
    [InlineData("([pscustomobject]@{ Name = 'big' })", "not a PSCustomObject without an Id")]
    [InlineData(Date, "not a DateTime.")]
    public void What_is_no_model_is_told(string model, string said)
    {
        foreach (string call in new[] { "Invoke-GptChat 'x'", "New-GptConversation c", "Connect-GptChat -BaseUri http://127.0.0.1:9/v1", "Measure-GptToken 'x'", "Set-GptPrice -Input 1 -Output 1", "Test-GptConnection", "Enter-GptChat" })
        {
            string message = InvokeError(call + " -Model " + model).Exception.Message;
            Assert.Contains("the name of a model, or one that Get-GptModel gives", message);
            Assert.Contains(said, message);
        }

        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -Schema 5", "-Schema is an Int32")]
    [InlineData("Invoke-GptChat 'x' -As 5", "not an Int32")]
    [InlineData("Invoke-GptChat 'x' -As 5u", "not a UInt32")]
    [InlineData("Connect-GptChat -BaseUri http://127.0.0.1:9/v1 -ApiKey 5", "not an Int32")]
    [InlineData("1 | Invoke-GptChat 'x' -Property 5", "not an Int32")]
    [InlineData("Invoke-GptChat 'x' -ExtraHeader @{ a = @(1) }", "the header a an Object[]")]
    [InlineData("Invoke-GptChat 'x' -ExtraBody @{ a = ([IO.FileInfo] 'x') }", "holds a FileInfo")]
    [InlineData("New-GptConversation ([IO.FileInfo] 'x')", "not a FileInfo")]
    public void The_article_is_that_of_the_word(string script, string said) => Assert.Contains(said, InvokeError(script).Exception.Message);
}
