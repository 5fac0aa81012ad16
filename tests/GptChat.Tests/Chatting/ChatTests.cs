using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Chatting;

/// <summary>What a user writes in the chat, and what the screen shows.</summary>
public sealed class ChatTests : ModuleTest
{
    private const string Code = "Here:\n\n```powershell\nGet-Date\nGet-Item x\n```\n\nThat is all.";

    [Fact]
    public void A_message_is_a_turn_and_its_answer_is_shown()
    {
        string shown = Chat(["How far is the moon?", "And the sun?"]);
        Assert.Contains("chat> How far is the moon?\n", shown);
        Assert.Contains("chat> And the sun?\n", shown);
        Assert.Equal(["user: How far is the moon?", "assistant: How far is the moon?", "user: And the sun?"], Server.Requests[1].Messages());
        Assert.True(Server.Requests.All(request => request.Json.GetProperty("stream").GetBoolean()));
    }

    [Fact]
    public void Nothing_is_output_and_the_conversation_is_the_current_one_afterwards()
    {
        Host.Screen.Lines.Enqueue("one");
        Assert.Empty(Invoke("Enter-GptChat"));
        Invoke("$null = Invoke-GptChat two -Continue");
        Assert.Equal(3, Server.Requests[1].Messages().Length);
    }

    [Fact]
    public void A_conversation_goes_on_by_its_name()
    {
        Invoke("$null = New-GptConversation trip -System 'You plan trips.'");
        Chat(["Where to?"], "-Conversation trip");
        Assert.Equal(["system: You plan trips.", "user: Where to?"], Request.Messages());
    }

    [Fact]
    public void A_message_of_several_lines_is_one()
    {
        Chat(["first `", "second", "\"\"\"", "a `b`", "c", "\"\"\"", "```", "code `", "more", "```"]);
        Assert.Equal("first \nsecond", Server.Requests[0].Messages()[^1]["user: ".Length..]);
        Assert.Equal("a `b`\nc", Server.Requests[1].Messages()[^1]["user: ".Length..]);
        Assert.Equal("```\ncode `\nmore\n```", Server.Requests[2].Messages()[^1]["user: ".Length..]);
    }

    [Fact]
    public void Two_slashes_are_a_message_that_begins_with_one()
    {
        Chat(["//etc/hosts is what?"]);
        Assert.Equal("user: /etc/hosts is what?", Assert.Single(Request.Messages()));
    }

    [Theory]
    [InlineData("/hlp", "Did you mean /help?")]
    [InlineData("/etc/hosts", "There is no command /etc/hosts")]
    [InlineData("/s", "/s is the beginning of /system and /save")]
    [InlineData("/undo now", "/undo takes nothing behind it")]
    [InlineData("/retry", "There is no question to ask again")]
    [InlineData("/undo", "There is nothing to take back")]
    [InlineData("/code", "No answer has a block of code")]
    [InlineData("/save", "/save needs a file")]
    [InlineData("/save x.json", "There is nothing to save")]
    [InlineData("/load", "/load needs a file or the name of a conversation")]
    [InlineData("/load nobody", "nobody")]
    [InlineData("/file nowhere.txt", "nowhere.txt")]
    [InlineData("/paste", "Nothing was pasted")]
    public void What_cannot_be_done_is_said_and_the_chat_goes_on(string line, string said)
    {
        string shown = Chat([line, .. line == "/paste" ? new[] { "." } : [], "still here"]);
        Assert.Contains(said, shown);
        Assert.Equal("user: still here", Assert.Single(Request.Messages()));
    }

    [Fact]
    public void What_is_said_is_broken_between_words()
    {
        string shown = Chat(["/nonsense"]);
        Assert.All(shown.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
        Assert.Contains("\n", shown[shown.IndexOf("There is no command", StringComparison.Ordinal)..shown.IndexOf("Nothing was sent.", StringComparison.Ordinal)]);
        Assert.Contains("There is no command /nonsense. Did you mean /tokens? /help lists them; a message that begins with a slash is written with two: //nonsense. Nothing was sent.", shown.Replace('\n', ' '));
    }

    [Fact]
    public void Help_lists_every_command()
    {
        string shown = Chat(["/help", "/help undo"]);
        foreach (string name in new[] { "help", "model", "system", "file", "paste", "retry", "undo", "code", "save", "load", "tokens", "clear", "exit" }) Assert.Contains("  /" + name, shown);
        Assert.Contains("/undo: take the last question", shown);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_model_and_instructions_hold_from_the_next_message_on()
    {
        string shown = Chat(["/model", "/model other", "/model", "/system Be brief.", "one", "/system", "/system Be long.", "two"]);
        Assert.Contains("The model is openai/gpt-5.1-chat.", shown);
        Assert.Contains("The model is other.", shown);
        Assert.Equal("other", Server.Requests[1].Json.GetProperty("model").GetString());
        Assert.Equal(["system: Be brief.", "user: one"], Server.Requests[0].Messages());
        Assert.Equal("system: Be long.", Server.Requests[1].Messages()[0]);
        Assert.Contains("\nBe brief.\n", shown);
    }

    [Fact]
    public void Files_go_with_the_next_message_alone()
    {
        string file = Folder.Write("a b.txt", "content of it");
        string shown = Chat(["/file '" + file + "'", "/file", "What is in it?", "And now?"]);
        Assert.Contains("chat (1 file)> ", shown);
        Assert.Contains("content of it", string.Concat(Server.Requests[0].Messages()));
        Assert.Equal("user: And now?", Server.Requests[1].Messages()[^1]);
        Chat(["/file '" + file + "'", "/file none", "Nothing"]);
        Assert.Equal("user: Nothing", Assert.Single(Server.Requests[2].Messages()));
    }

    [Fact]
    public void Pasted_lines_are_sent_as_they_are()
    {
        Chat(["/paste What is wrong?", "/help", "!x `", "", "end", "."]);
        Assert.Equal("user: What is wrong?\n\n/help\n!x `\n\nend", Assert.Single(Request.Messages()));
    }

    [Theory]
    [InlineData("/paste Q", "a")]
    [InlineData("begun `", "and `")]
    [InlineData("```", "code")]
    public void What_was_not_ended_is_not_sent(string first, string second)
    {
        Chat([first, second]);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void The_last_question_is_asked_again_and_taken_back()
    {
        string shown = Chat(["one", "two", "/retry other", "/undo", "three"]);
        Assert.Equal(["user: one", "assistant: one", "user: two"], Server.Requests[2].Messages());
        Assert.Equal("other", Server.Requests[2].Json.GetProperty("model").GetString());
        Assert.Contains("Taken back: two", shown);
        Assert.Equal(["user: one", "assistant: one", "user: three"], Server.Requests[3].Messages());
    }

    [Fact]
    public void A_question_that_failed_is_no_turn_and_can_be_asked_again()
    {
        Server.Enqueue(Reply.Error(400, "No such thing"));
        string shown = Chat(["one", "/retry"]);
        Assert.Contains("No such thing", shown);
        Assert.Equal(["user: one"], Server.Requests[1].Messages());
    }

    [Fact]
    public void Code_goes_to_the_screen_a_variable_and_a_file()
    {
        Server.Respond = _ => Reply.AsAsked(Code);
        string file = Folder.At("fix.ps1");
        string shown = Chat(["Fix it", "/code", "/code $fix", "/code > '" + file + "'"]);
        Assert.Contains("\nGet-Date\nGet-Item x\n", shown);
        Assert.Equal("Get-Date\nGet-Item x", InvokeOne("$fix").BaseObject);
        Assert.Equal("Get-Date\nGet-Item x\n", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("&No", "old")]
    [InlineData("&Yes", "Get-Date\nGet-Item x\n")]
    public void A_file_that_is_there_is_replaced_only_after_a_question(string answer, string holds)
    {
        Server.Respond = _ => Reply.AsAsked(Code);
        string file = Folder.Write("fix.ps1", "old");
        Host.Screen.Answers.Enqueue(answer);
        Chat(["Fix it", "/code '" + file + "'"]);
        Assert.Equal(holds, File.ReadAllText(file));
        Assert.Single(Host.Screen.Questions);
    }

    [Fact]
    public void A_conversation_is_saved_and_loaded()
    {
        string file = Folder.At("talk.json");
        Chat(["one", "/save " + file, "/clear", "two", "/exit"]);
        Assert.Equal(["user: two"], Server.Requests[1].Messages());
        Chat(["/load " + file, "three"]);
        Assert.Equal(["user: one", "assistant: one", "user: three"], Server.Requests[2].Messages());
    }

    [Fact]
    public void Tokens_tells_what_was_used()
    {
        string shown = Chat(["/tokens", "one two three", "/tokens"]);
        Assert.Contains("Conversation: empty", shown);
        Assert.Matches(@"Used: +\d+ tokens", shown);
        Assert.Matches(@"Conversation: \d+ tokens of 128000", shown);
    }

    [Fact]
    public void A_line_of_PowerShell_runs_in_the_callers_scope()
    {
        string shown = Chat(["!$made = 6 * 7; \"made $made\"", "!throw 'boom'", "!Get-Nothing", "!exit", "!break", "still here"]);
        Assert.Contains("made 42", shown);
        Assert.Contains("boom", shown);
        Assert.Contains("Get-Nothing", shown);
        Assert.Equal(42, InvokeOne("$made").BaseObject);
        Assert.Equal("user: still here", Assert.Single(Request.Messages()));
    }

    [Theory]
    [InlineData("exit")]
    [InlineData("quit")]
    [InlineData("/exit")]
    [InlineData("/ex")]
    public void Words_that_end_the_chat(string word)
    {
        Chat([word, "never read"]);
        Assert.Empty(Server.Requests);
        Assert.Single(Host.Screen.Lines);
    }

    [Fact]
    public void Control_characters_of_an_answer_never_reach_the_terminal()
    {
        Server.Respond = _ => Reply.AsAsked("safe\u001b]0;title\u0007\u001b[2J\u009b31m end");
        string shown = Chat(["x"]);
        Assert.Contains("safe", shown);
        Assert.DoesNotContain(shown, character => char.IsControl(character) && character is not '\n' and not '\r');
    }

    [Fact]
    public void A_key_is_shown_nowhere()
    {
        Server.Respond = _ => Reply.Error(401, "Wrong key " + ModuleHost.Key);
        Assert.DoesNotContain(ModuleHost.Key, Chat(["x", "/model", "/tokens", "/help"]));
    }

    [Theory]
    [InlineData("Enter-GptChat -Continue", "GptChat.NoConversation")]
    [InlineData("Enter-GptChat -Conversation nobody", "GptChat.ConversationNotFound")]
    [InlineData("Enter-GptChat -Connection nobody", "GptChat.ConnectionNotFound")]
    [InlineData("Enter-GptChat -Continue -Conversation x", "GptChat.InvalidParameter")]
    [InlineData("Enter-GptChat -Record a.jsonl -Replay b.jsonl", "GptChat.InvalidParameter")]
    public void What_cannot_begin_is_an_error(string script, string id)
    {
        ErrorRecord error = InvokeError(script);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId);
        Assert.Empty(Server.Requests);
    }

    private string Chat(string[] lines, string parameters = "")
    {
        Server.Respond ??= _ => Reply.Echo();
        int before = Host.Screen.Written.Length;
        foreach (string line in lines) Host.Screen.Lines.Enqueue(line);
        Invoke("Enter-GptChat " + parameters);
        return Host.Screen.Written[before..];
    }
}
