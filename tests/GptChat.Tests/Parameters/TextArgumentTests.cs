using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>Texts: what was meant is sent, and never the name of a type.</summary>
public sealed class TextArgumentTests : ModuleTest
{
    private const string Server9 = "Connect-GptChat -BaseUri http://127.0.0.1:9/v1 -Model m ";

    [Theory]
    [InlineData("'be', 'brief'", "be\nbrief")]
    [InlineData("('be', '', 'brief')", "be\n\nbrief")]
    [InlineData("([IO.FileInfo] $file)", "from\na file")]
    [InlineData("'first', ([IO.FileInfo] $file)", "first\nfrom\na file")]
    [InlineData("([xml] '<a>b</a>')", "<a>b</a>")]
    [InlineData("5", "5")]
    [InlineData("007", "007")]
    [InlineData("([DayOfWeek]::Monday)", "Monday")]
    [InlineData("(New-GptMessage be)", "be")]
    public void What_is_said_is_sent(string given, string sent)
    {
        string file = Folder.Write("rules.txt", "from\na file\n");
        Invoke("Invoke-GptChat 'x' -System " + given, ("file", file));
        Assert.Equal(sent, Request.Json.GetProperty("messages")[0].GetProperty("content").GetString());
        Assert.Equal(sent, InvokeOne("(New-GptConversation c -System " + given + ").Messages[0].Content", ("file", file)).BaseObject);

        // What a tool does is told in one line.
        Assert.Equal(string.Join(" ", sent.Split('\n', StringSplitOptions.RemoveEmptyEntries)), InvokeOne("(New-GptTool Get-History -Description " + given + ").Description", ("file", file)).BaseObject);
    }

    [Theory]
    [InlineData("@{ a = 1 }", "not a Hashtable.")]
    [InlineData("'be', @{ a = 1 }", "not a Hashtable.")]
    [InlineData("([pscustomobject]@{ a = 1 })", "not a PSCustomObject.")]
    [InlineData("([Diagnostics.Process]::GetCurrentProcess())", "not a Process.")]
    [InlineData("{ brief }", "not a ScriptBlock.")]
    [InlineData("$true", "not a Boolean.")]
    [InlineData("([IO.DirectoryInfo] $folder)", "not a DirectoryInfo.")]
    [InlineData("([IO.FileInfo] $missing)", "missing.txt")]
    [InlineData("([securestring]::new())", "not a SecureString.")]
    [InlineData("'be', @('a', 'b')", "not a list.")]
    public void What_says_nothing_is_refused(string given, string said)
    {
        foreach (string call in new[] { "Invoke-GptChat 'x' -System ", "Invoke-GptChat 'x' -Chunk -Combine ", "New-GptConversation c -System ", "Enter-GptChat -System ", "New-GptTool Get-History -Description " })
        {
            ErrorRecord error = InvokeError(call + given, ("folder", Folder.At(".")), ("missing", Folder.At("missing.txt")));
            Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId);
            Assert.Contains("It takes text, lines of text or a text file", error.Exception.Message);
            Assert.Contains(said, error.Exception.Message);
        }

        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("'a', 'b'", "not a list.")]
    [InlineData("@{ a = 1 }", "not a Hashtable.")]
    [InlineData("([Diagnostics.Process]::GetCurrentProcess())", "not a Process.")]
    [InlineData("([IO.FileInfo] 'a')", "not a FileInfo.")]
    [InlineData("$true", "not a Boolean.")]
    public void One_text_is_neither_a_list_nor_an_object(string given, string said)
    {
        foreach (string call in new[] { "Invoke-GptChat 'x' -ReasoningEffort ", "Invoke-GptChat 'x' -ServiceTier ", "Invoke-GptChat 'x' -PromptCacheKey ", "Invoke-GptChat 'x' -User ", "New-GptMessage x -Name ", Server9 + "-Organization " })
        {
            Assert.Contains("It takes one text, " + said, InvokeError(call + given).Exception.Message);
        }

        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_list_is_no_model()
    {
        foreach (string call in new[] { "Invoke-GptChat 'x' -Model ", "New-GptConversation c -Model ", "Measure-GptToken 'x' -Model " })
        {
            Assert.Contains("It takes the name of one model, or one that Get-GptModel gives, not a list.", InvokeError(call + "a, b").Exception.Message);
        }

        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_path_may_be_a_file_and_not_several()
    {
        string file = Folder.At("r.jsonl");
        Invoke("Invoke-GptChat 'x' -Record ([IO.FileInfo] $file)", ("file", file));
        Assert.True(System.IO.File.Exists(file));
        Assert.Contains("It takes one path, not a list.", InvokeError("Invoke-GptChat 'x' -Record a, b").Exception.Message);
        Assert.Contains("It takes one path, not a Hashtable.", InvokeError("Invoke-GptChat 'x' -Cache @{ a = 1 }").Exception.Message);
    }

    [Fact]
    public void Each_parameter_that_is_one_text_tells_so()
    {
        string[] kinds = ["TextArgumentAttribute", "ModelArgumentAttribute", nameof(ValidateSetAttribute)];
        System.Reflection.PropertyInfo[] texts = [.. Invoke("(Get-Command -Module GptChat).ImplementingType").Select(type => (Type)type.BaseObject).SelectMany(type => type.GetProperties())
            .Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true) && property.PropertyType == typeof(string))];
        List<string> without = [.. texts.Where(property => !property.CustomAttributes.Any(attribute => kinds.Contains(attribute.AttributeType.Name))).Select(property => property.DeclaringType!.Name + "." + property.Name)];
        Assert.Empty(without);
        Assert.True(texts.Length > 30);
    }
}
