using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using GptChat.Conversations;
using GptChat.Redaction;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Redaction;

/// <summary>Placeholders in messages: stable, one for each value, wherever it stands.</summary>
public sealed class RedactorTests
{
    private const string Word = "Wint3r!Coming";

    private static readonly RedactionRules All = new(GptRedactionKind.All, []);

    private readonly RedactionVault _vault = new();

    [Fact]
    public void The_same_value_has_the_same_placeholder_and_each_kind_its_own_numbers() => Assert.Equal(
        "password=[SECRET:PASSWORD:1] pwd=[SECRET:PASSWORD:2] password=[SECRET:PASSWORD:1] api_key=[SECRET:API-KEY:1]",
        Redact("password=alpha-1 pwd=beta-2 password=alpha-1 api_key=0a1b2c3d4e5f60718293"));

    [Fact]
    public void What_was_found_once_is_taken_out_wherever_it_stands()
    {
        string[] clean = Redact(Message("log in with " + Word + "."), Message("password=" + Word), Message("x" + Word + "y")).Select(message => message.Content!).ToArray();
        Assert.Equal(["log in with [SECRET:PASSWORD:1].", "password=[SECRET:PASSWORD:1]", "x" + Word + "y"], clean);
    }

    [Fact]
    public void A_word_of_every_day_is_not_looked_for_elsewhere() =>
        Assert.Equal("password=[SECRET:PASSWORD:1], in development", Redact("password=development, in development"));

    [Fact]
    public void Placeholders_that_the_text_has_already_keep_their_numbers() =>
        Assert.Equal("[SECRET:PASSWORD:1] password=[SECRET:PASSWORD:2]", Redact("[SECRET:PASSWORD:1] password=" + Word));

    [Fact]
    public void A_secret_in_two_parts_of_a_message_is_found()
    {
        string json = "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"password=Wint\"},{\"type\":\"text\",\"text\":\"3r!Coming now\",\"x\":1}]}";
        GptMessage clean = Redact(Read(json))[0];
        Assert.DoesNotContain("Coming", Encoding.UTF8.GetString(clean.Utf8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("\"x\":1", Encoding.UTF8.GetString(clean.Utf8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void All_texts_of_a_message_are_looked_through()
    {
        string json = """{"role":"assistant","content":"password=Wint3r!Coming","refusal":"password=Wint3r!Coming","name":"ghp_TOKEN","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"password\":\"Wint3r!Coming\"}"}}],"function_call":{"name":"g","arguments":"{\"pwd\":\"Wint3r!Coming\"}"}}"""
            .Replace("TOKEN", "0123456789abcdefABCDEF0123456789abcd", StringComparison.Ordinal);
        string clean = Encoding.UTF8.GetString(Redact(Read(json))[0].Utf8.ToArray());
        Assert.DoesNotContain("Wint3r", clean, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", clean, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(clean);
        Assert.Equal("{\"password\":\"[SECRET:PASSWORD:1]\"}", document.RootElement.GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString());
    }

    [Fact]
    public void A_message_without_a_secret_stays_the_same_object()
    {
        GptMessage message = Message("hello");
        Assert.Same(message, Redact(message)[0]);
    }

    [Fact]
    public void A_history_that_is_clean_is_gone_on_with_and_not_copied()
    {
        MessageHistory history = MessageHistory.Empty.Append([Message("hello"), Message("there")]);
        RequestRedaction first = Request(null, history, Message("password=" + Word));
        Assert.Same(history[0], first.Messages[0]);
        RequestRedaction second = Request(first.Vault, first.Messages, Message("and " + Word));
        Assert.Same(first.Messages[2], second.Messages[2]);
        Assert.Equal("and [SECRET:PASSWORD:1]", second.Messages[3].Content);
        GptRedaction one = Assert.Single(second.Report);
        Assert.Equal(("PASSWORD", "[SECRET:PASSWORD:1]", 2), (one.Kind, one.Placeholder, one.Count));
        Assert.Equal(["messages[2].content", "messages[3].content"], one.Where);
    }

    [Fact]
    public void A_turn_that_fails_leaves_the_vault_as_it_was()
    {
        var vault = new RedactionVault();
        Request(vault, MessageHistory.Empty, Message("password=" + Word));
        Assert.True(vault.IsEmpty);
    }

    [Fact]
    public void Parameters_are_looked_through_and_names_tell_what_values_are()
    {
        var parameters = new ChatParameters
        {
            Model = "m",
            Metadata = new Dictionary<string, string> { ["password"] = "beta-2", ["team"] = "ops" },
            Prediction = Json("{\"type\":\"content\",\"content\":\"password=alpha-1\"}"),
            Extra = Json("{\"x\":{\"db_password\":\"gamma 3\",\"n\":1}}"),
            Tools = [Json("{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"pwd=delta-4\",\"parameters\":{\"properties\":{\"password\":{\"type\":\"string\"}}}}}")],
        };
        RequestRedaction redaction = RequestRedaction.Create(All, null, MessageHistory.Empty, [Message("x")], parameters, default);
        Assert.Equal(4, redaction.Report.Count);
        Assert.Equal("ops", redaction.Parameters.Metadata!["team"]);
        Assert.StartsWith("[SECRET:", redaction.Parameters.Metadata["password"], StringComparison.Ordinal);
        string all = redaction.Parameters.Prediction + "" + redaction.Parameters.Extra + redaction.Parameters.Tools![0];
        Assert.DoesNotMatch("alpha|gamma|delta", all);
        Assert.Contains("\"password\":{\"type\":\"string\"}", all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail bob.smith@example.com now", "mail [SECRET:EMAIL:1] now")]
    [InlineData("<a+b@sub.example.co.uk>", "<[SECRET:EMAIL:1]>")]
    [InlineData("icon@2x.png x@y git@github.com:a/b pkg@1.2.3", null)]
    [InlineData("from 10.20.30.40:8080 to 192.168.1.7.", "from [SECRET:IP-ADDRESS:1]:8080 to [SECRET:IP-ADDRESS:2].")]
    [InlineData("host [2001:db8::8a2e:370:7334]:443 fe80::1", "host [[SECRET:IP-ADDRESS:1]]:443 [SECRET:IP-ADDRESS:2]")]
    [InlineData("127.0.0.1 ::1 0.0.0.0 255.255.255.0 version 1.2.3.4 v1.2.3.4 Version=4.0.0.0 10.0.19041.1 1.3.6.1.4.1.311 12:34:56 00:1A:2B:3C:4D:5E std::a", null)]
    public void Mail_and_network_addresses_are_taken_out_where_asked_for(string text, string? clean)
    {
        Assert.Equal(clean ?? text, new Redactor(All, _vault, default).Redact(text));
        Assert.Equal(text, new Redactor(Corpus.Secrets, new RedactionVault(), default).Redact(text));
    }

    [Theory]
    [InlineData("C-123456 and C-654321", "C-\\d{6}", "[SECRET:CUSTOMER-ID:1] and [SECRET:CUSTOMER-ID:2]")]
    [InlineData("badge 17 of bob", "badge (?<secret>\\d+)", "badge [SECRET:CUSTOMER-ID:1] of bob")]
    [InlineData("abc", "x*", "abc")]
    public void An_own_pattern_has_its_name(string text, string pattern, string clean)
    {
        var rules = new RedactionRules(GptRedactionKind.None, [RedactionPattern.Create("customer id", pattern, default, "-RedactPattern")]);
        Assert.Equal(clean, new Redactor(rules, _vault, default).Redact(text));
    }

    [Theory]
    [InlineData("a(", "no regular expression")]
    [InlineData("", "is empty")]
    public void A_pattern_that_cannot_be_used_is_refused(string pattern, string message) =>
        Assert.Contains(message, Assert.Throws<GptChatException>(() => RedactionPattern.Create("n", pattern, default, "-RedactPattern")).Message, StringComparison.Ordinal);

    [Fact]
    public void Long_values_are_held_whole()
    {
        string value = string.Concat(Enumerable.Range(0, 40_000).Select(i => (char)('a' + (i % 26))));
        var vault = new RedactionVault();
        string placeholder = vault.PlaceholderOf("PATTERN", value);
        Assert.Equal(value, vault.Reveal(placeholder));
    }

    private string Redact(string text) => new Redactor(All, _vault, default).Redact(text);

    private GptMessage[] Redact(params GptMessage[] messages) => new Redactor(All, _vault, default).Redact(messages);

    private static RequestRedaction Request(RedactionVault? vault, MessageHistory history, GptMessage message) =>
        RequestRedaction.Create(All, vault, history, [message], new ChatParameters(), default);

    private static GptMessage Message(string text) => GptMessage.FromText(Roles.User, text);

    private static GptMessage Read(string json) => JsonSerializer.Deserialize("{\"choices\":[{\"index\":0,\"message\":" + json + "}]}", WireJson.Default.GptResponse)!.Message!;

    private static JsonElement Json(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
