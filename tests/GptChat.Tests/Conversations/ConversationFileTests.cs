using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using GptChat.TestServer;
using GptChat.Tests.Copies;
using Xunit;

namespace GptChat.Tests.Conversations;

/// <summary>Export-GptConversation and Import-GptConversation.</summary>
public sealed class ConversationFileTests : ModuleTest
{
    private const string Full = """
        $call = @{ id = 'c1'; type = 'function'; function = @{ name = 'f'; arguments = '{"a":1}' }; extra_content = @{ google = @{ thought_signature = 'sig' } } }
        $custom = @{ id = 'c2'; type = 'custom'; custom = @{ name = 'g'; input = 'free text' } }
        $all = (New-GptMessage 'Hello "you" — ü 😀' -Name Ann), (New-GptMessage -Role Assistant -ToolCall $call, $custom), (New-GptMessage '5' -Role Tool -ToolCallId c1), (New-GptMessage '6' -Role Tool -ToolCallId c2), (New-GptMessage -Role Assistant -Refusal 'I will not.'), (New-GptMessage 'Look' -Uri https://example.org/a.png -Detail low)
        $c = New-GptConversation trip -System 'Be brief.' -Model gpt-5.1 -Message $all -Temperature 0.1 -TopP 0.9 -MaxCompletionTokens 50 -ReasoningEffort low -AnswerVerbosity high -ContextPolicy TrimOldest -ContextWindow 9000

        """;

    private (string, object?) Path(string name) => ("path", Folder.At(name));

    private JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllBytes(Folder.At(name))).RootElement;

    [Fact]
    public void The_file_is_the_body_of_a_request_and_its_messages_are_those_that_are_sent()
    {
        Host.AllowsRequestsOutsideTheSchema("what a provider added to a call of a tool goes back to it");
        Invoke(Full + "Export-GptConversation $path trip; Invoke-GptChat 'Go on' -Conversation trip", Path("a.json"));
        JsonElement file = Json("a.json");
        JsonElement body = Request.Json;
        Assert.Equal(["model", "temperature", "top_p", "max_completion_tokens", "reasoning_effort", "verbosity", "messages", "gptchat"], file.EnumerateObject().Select(member => member.Name));
        string[] messages = [.. file.GetProperty("messages").EnumerateArray().Select(message => message.GetRawText())];
        Assert.Equal(body.GetProperty("messages").EnumerateArray().Select(message => message.GetRawText()).SkipLast(1), messages);
        foreach (string member in (string[])["model", "temperature", "top_p", "max_completion_tokens", "reasoning_effort", "verbosity"])
        {
            Assert.Equal(body.GetProperty(member).GetRawText(), file.GetProperty(member).GetRawText());
        }

        // One message on a line, for tools that compare lines.
        Assert.Equal(messages.Length + 2, File.ReadAllLines(Folder.At("a.json")).Length);
    }

    [Theory]
    [InlineData("Import-GptConversation $path -Force")]
    [InlineData("$path | Import-GptConversation -Force")]
    [InlineData("[System.IO.FileInfo]$path | Import-GptConversation -Force")]
    [InlineData("Import-GptConversation -LiteralPath $path -Force")]
    [InlineData("Remove-GptConversation trip; Import-GptConversation ($path -replace 'a.json', '*.json')")]
    public void It_comes_back_with_all_that_it_had_and_goes_on(string import)
    {
        Host.AllowsRequestsOutsideTheSchema("what a provider added to a call of a tool goes back to it");
        Invoke(Full + "$null = Invoke-GptChat 'one' -Conversation trip; $c | Export-GptConversation $path; $copy = " + import, Path("a.json"));
        PSObject[] both = [.. Invoke("$c; Get-GptConversation trip")];
        Assert.NotSame(both[0].BaseObject, both[1].BaseObject);
        Assert.Equal(PublicState.Of(both[0]).Where(line => !line.Contains("[image", StringComparison.Ordinal)), PublicState.Of(both[1]).Where(line => !line.Contains("[image", StringComparison.Ordinal)));
        Invoke("$null = Invoke-GptChat 'two' -Conversation $c; $null = Invoke-GptChat 'two' -Conversation trip");
        Assert.Equal(Server.Requests[1].Body, Server.Requests[2].Body);
    }

    [Fact]
    public void What_an_answer_has_beyond_a_request_is_kept_and_not_sent()
    {
        Server.Enqueue(Reply.Json("""{"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Yes","reasoning_content":"Hm.","annotations":[{"type":"url_citation","url_citation":{"url":"https://example.org","title":"T","start_index":0,"end_index":3}}],"vendor":{"x":1}}}]}"""));
        Invoke("$c = New-GptConversation c; $null = Invoke-GptChat 'one' -Conversation c; Export-GptConversation $path c; $i = Import-GptConversation $path -Name d; $null = Invoke-GptChat 'two' -Conversation d", Path("a.json"));
        Assert.Equal(PublicState.Of(InvokeOne("$c.Messages[1]")), PublicState.Of(InvokeOne("$i.Messages[1]")));
        Assert.Equal("""{"role":"assistant","content":"Yes"}""", Server.Requests[1].Json.GetProperty("messages")[1].GetRawText());
    }

    [Theory]
    [InlineData("""[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]""")]
    [InlineData("""{"model":"gpt-5","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}],"stream":true}""")]
    [InlineData("// exported by hand\n{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\",},],}")]
    [InlineData("\uFEFF[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"b\"}]}]")]
    public void What_others_write_is_read(string json)
    {
        Folder.Write("their talk.json", json);
        Outcome outcome = Run("Import-GptConversation $path", Path("their talk.json"));
        Assert.Empty(outcome.Warnings);
        Assert.Equal("their talk", Assert.Single(outcome.Output).Member("Name"));
        Invoke("Invoke-GptChat 'c' -Conversation 'their talk'");
        Assert.Equal(3, Request.Json.GetProperty("messages").GetArrayLength());
        Assert.Equal(json.Contains("gpt-5", StringComparison.Ordinal) ? "gpt-5" : "openai/gpt-5.1-chat", Request.Model());
    }

    [Fact]
    public void The_body_of_anothers_request_brings_its_settings_and_names_what_a_conversation_does_not_keep()
    {
        Folder.Write("r.json", """{"model":"m","max_tokens":7,"temperature":0,"tools":[],"seed":3,"stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"developer","content":"d"}]}""");
        Outcome outcome = Run("$c = Import-GptConversation $path -Name x; $c.Defaults.MaxCompletionTokens; $c.Defaults.Temperature", Path("r.json"));
        Assert.Equal([7, 0.0], outcome.Output.Select(value => value.BaseObject));
        Assert.Contains("tools, seed", Assert.Single(outcome.Warnings));
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("42", "no list of messages")]
    [InlineData("{}", "no list of messages")]
    [InlineData("""{"messages":{}}""", "no list of messages")]
    [InlineData("""{"choices":[]}""", "it is an answer")]
    [InlineData("[1]", "message 0 is not an object")]
    [InlineData("""[{"role":"user","content":"a"},{"content":"b"}]""", "message 1 has no role")]
    [InlineData("""[{"role":"tool","content":"b"}]""", "tool_call_id")]
    [InlineData("""[{"role":"user","content":5}]""", "the content of message 0")]
    [InlineData("""[{"role":"assistant","tool_calls":[7]}]""", "message 0 is no message of the protocol")]
    [InlineData("""{"messages":[],"temperature":"hot"}""", "its temperature is not a number")]
    [InlineData("""{"messages":[],"max_tokens":1.5}""", "its max_tokens is not a whole number")]
    [InlineData("""{"messages":[],"gptchat":{"context_policy":"Forget"}}""", "'Forget' is not known")]
    [InlineData("""{"messages":[],"gptchat":{"redact":5}}""", "its rules for redaction are not an object")]
    [InlineData("""{"messages":[],"gptchat":{"redact":{"kinds":"Secret, Everything"}}}""", "kinds 'Secret, Everything'")]
    [InlineData("""{"messages":[],"gptchat":{"redact":{"kinds":99}}}""", "kinds '99'")]
    [InlineData("""{"messages":[],"gptchat":{"redact":{"patterns":"x"}}}""", "are not a list")]
    [InlineData("""{"messages":[],"gptchat":{"redact":{"patterns":["x"]}}}""", "is not an object")]
    [InlineData("""{"messages":[],"gptchat":{"redact":{"patterns":[{"name":"a","pattern":"a("}]}}}""", "no regular expression")]
    [InlineData("""{"messages":[],"gptchat":{"redact":{"patterns":[{"name":"a","pattern":"a","options":"Sometimes"}]}}}""", "options 'Sometimes'")]
    [InlineData("""{"messages":[],"gptchat":{"usage":5}}""", "its usage is not an object")]
    public void What_is_no_conversation_is_refused_in_words(string text, string problem)
    {
        Folder.Write("bad.json", text);
        Outcome outcome = Host.Run("Import-GptConversation $path", Path("bad.json"));
        ErrorRecord error = Assert.Single(outcome.Errors).IsKind("InvalidInput", "ImportGptConversationCommand");
        Assert.Contains(problem, error.Exception.Message);
        Assert.Contains("Nothing was imported", error.Exception.Message);
        Assert.Empty(Invoke("Get-GptConversation"));
    }

    [Fact]
    public void One_file_that_cannot_be_read_does_not_keep_the_others_from_being_read()
    {
        foreach (string name in (string[])["a", "c"]) Folder.Write(name + ".json", "[]");
        Folder.Write("b.json", "no");
        Folder.Write("image.json", Media.Png);
        Outcome outcome = Host.Run("Import-GptConversation ($path + '/*.json'), ($path + '/none.json')", Path(string.Empty));
        Assert.Equal(["a", "c"], outcome.Output.Select(conversation => conversation.Member("Name")));
        Assert.Equal(3, outcome.Errors.Count);
        Assert.Single(Host.Run("Import-GptConversation ($path + '/a.json')", Path(string.Empty)).Errors).IsKind("InvalidParameter", "ImportGptConversationCommand");
        Assert.Single(Host.Run("Import-GptConversation ($path + '/[ac].json') -Name one", Path(string.Empty)).Errors).IsKind("InvalidParameter", "ImportGptConversationCommand");
        InvokeError("Import-GptConversation").IsKind("InvalidParameter", "ImportGptConversationCommand");
    }

    [Theory]
    [InlineData("a.md", "")]
    [InlineData("a.Markdown", "")]
    [InlineData("a.txt", "-As Markdown")]
    public void Markdown_is_for_people(string name, string parameters)
    {
        Invoke(Full + "Export-GptConversation $path trip " + parameters, Path(name));
        string text = File.ReadAllText(Folder.At(name));
        Assert.StartsWith("# trip\n\n", text);
        Assert.Contains("\n\n## System\n\nBe brief.\n\n## User (Ann)\n\nHello \"you\" — ü 😀\n\n## Assistant\n\nCalls `f` (c1):\n\n```json\n{\"a\":1}\n```\n\nCalls `g` (c2):\n\n```\nfree text\n```\n\n## Tool (c1)\n\n```\n5\n```\n", text);
        Assert.Contains("\n\n## Assistant\n\n*Declined:* I will not.\n\n## User\n\nLook\n\n*[image https://example.org/a.png]*\n", text);
    }

    [Fact]
    public void As_Json_outdoes_the_ending()
    {
        Invoke("$null = Invoke-GptChat 'one'; Export-GptConversation $path -As Json", Path("a.md"));
        Assert.Equal(2, Json("a.md").GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public void A_folder_gets_a_file_for_each_conversation()
    {
        Assert.Equal(["CON", "a%2Fb", "trip"], Invoke("'trip', 'a/b', 'CON' | New-GptConversation | Out-Null; (Get-GptConversation | Export-GptConversation $path -PassThru).BaseName", Path(string.Empty)).Select(name => ((string)name.BaseObject).Replace("%CON", "CON", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(["CON", "a/b", "trip"], Invoke("(Import-GptConversation ($path + '/*.json') -Force).Name", Path(string.Empty)).Select(name => (string)name.BaseObject).Order(StringComparer.Ordinal));
        Outcome outcome = Host.Run("Get-GptConversation | Export-GptConversation $path", Path("one.json"));
        Assert.Equal(2, outcome.Errors.Count);
        Assert.Contains("Give a folder", outcome.Errors[0].IsKind("FileNotWritten", "ExportGptConversationCommand").Exception.Message);
        Assert.Single(Host.Run("$null = Invoke-GptChat 'x'; Export-GptConversation $path", Path(string.Empty)).Errors).IsKind("FileNotWritten", "ExportGptConversationCommand");
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_unless_something_speaks_against_it()
    {
        Folder.Write("a.json", "old");
        Invoke("$c = New-GptConversation c", Path("a.json"));
        Assert.Contains("is there already", Assert.Single(Host.Run("Export-GptConversation $path c -NoClobber").Errors).IsKind("FileNotWritten", "ExportGptConversationCommand").Exception.Message);
        Invoke("Export-GptConversation $path c -WhatIf");
        File.SetAttributes(Folder.At("a.json"), FileAttributes.ReadOnly);
        Assert.Contains("-Force", Assert.Single(Host.Run("Export-GptConversation $path c").Errors).IsKind("FileNotWritten", "ExportGptConversationCommand").Exception.Message);
        Assert.Equal("old", File.ReadAllText(Folder.At("a.json")));
        Invoke("Export-GptConversation $path c -Force; Export-GptConversation $path c");
        Assert.Equal(0, Json("a.json").GetProperty("messages").GetArrayLength());
    }

    [Theory]
    [InlineData("Export-GptConversation ($path + '/none/a.json') c", "FileNotWritten")]
    [InlineData("Export-GptConversation env:x c", "InvalidParameter")]
    [InlineData("Export-GptConversation '' c", "InvalidParameter")]
    [InlineData("Export-GptConversation", "InvalidParameter")]
    [InlineData("Export-GptConversation ($path + '/a.json') gone", "ConversationNotFound")]
    [InlineData("Export-GptConversation ($path + '/a.json')", "NoConversation")]
    public void What_cannot_be_exported_is_told(string script, string kind)
    {
        Outcome outcome = Host.Run("$null = New-GptConversation c; " + script, Path(string.Empty));
        (outcome.Failure?.ErrorRecord ?? Assert.Single(outcome.Errors)).IsKind(kind, "ExportGptConversationCommand");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder.Path));
    }

    [Fact]
    public void A_new_file_is_its_owners_alone()
    {
        Invoke("$null = New-GptConversation c; Export-GptConversation $path c", Path("a.json"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.At("a.json")));
    }
}
