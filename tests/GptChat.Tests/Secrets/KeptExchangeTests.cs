using System;
using System.Collections;
using System.IO;
using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Secrets;

/// <summary>Whatever a server repeats, in whichever header or place and in whatever shape: no file of exchanges has it.</summary>
public sealed class KeptExchangeTests : SecretTest
{
    /// <summary>The headers that files keep, and some that they do not.</summary>
    private static readonly string[] Headers =
    [
        "x-request-id", "apim-request-id", "cf-ray", "retry-after", "retry-after-ms", "x-should-retry", "location", "cf-aig-log-id", "cf-aig-event-id", "cf-aig-cache-status",
        "x-ratelimit-limit-requests", "ratelimit", "ratelimit-policy", "set-cookie", "authorization", "x-api-key", "www-authenticate",
    ];

    public static TheoryData<string> Ways => ["Record", "ReplayOrRecord", "Cache"];

    private static Reply Repeat(string echo, bool isStream)
    {
        Reply reply = isStream ? Reply.Stream(["Your key is ", echo, "."]) : Reply.Completion("Your key is " + echo);
        foreach (string name in Headers) reply = reply.WithHeader(name, name.StartsWith("retry", StringComparison.Ordinal) ? echo + ", 1" : echo);
        return reply.Splitting(7);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void No_file_has_what_a_server_repeats(string way)
    {
        Connect();
        string path = Folder.At("r.jsonl");
        Hashtable[] modes = [.. Marker.Echoes.Select((_, number) => new Hashtable { ["Stream"] = number % 2 == 1, [way] = path })];
        Server.Enqueue([.. Marker.Echoes.Values.Select((echo, number) => Repeat(echo, number % 2 == 1))]);
        Search("foreach ($mode in $modes) { $null = Invoke-GptChat $text @mode -Verbose; $text += 'x' }; 'end'", ("modes", modes), ("text", "My key is " + Marker.Key + " "));
        WasSent(Marker.Echoes.Count);
        Assert.Equal(Marker.Echoes.Count, File.ReadAllLines(path).Length);
        string file = File.ReadAllText(path);
        Marker.IsAbsent(file);
        Assert.Contains("My key is ***", file);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void No_file_has_a_header_of_ones_own_be_it_full_of_quotes(string way)
    {
        const string Secret = "pa\"ss\\word\"7";
        Connect();
        string path = Folder.At("r.jsonl");
        Server.Default = Reply.Completion("You sent " + Secret);
        Invoke("$null = Invoke-GptChat $text -" + way + " $path -ExtraHeader @{ 'X-Auth-Token' = $secret }", ("text", "It is " + Secret), ("path", path), ("secret", ModuleHost.Secure(Secret)));
        string file = File.ReadAllText(path);
        Assert.DoesNotContain("word", file);
        Assert.Contains("It is ***", file);
        Assert.Contains("You sent ***", file);
    }

    [Fact]
    public void A_replay_and_a_cache_answer_what_was_masked()
    {
        Connect();
        string recording = Folder.At("r.jsonl"), cache = Folder.At("c.jsonl");
        Invoke(
            "$null = Invoke-GptChat $text -Record $r; $null = Invoke-GptChat $text -Cache $c",
            ("text", "My key is " + Marker.Key), ("r", recording), ("c", cache));
        Assert.Equal(2, Invoke("Invoke-GptChat $text -Replay $r; Invoke-GptChat $text -Cache $c").Count);
        Assert.Equal(2, Server.Requests.Count);
    }
}
