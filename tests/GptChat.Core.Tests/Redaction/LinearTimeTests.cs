using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GptChat.Redaction;
using Xunit;

namespace GptChat.Core.Tests.Redaction;

/// <summary>No text makes redaction look at more than a multiple of its length.</summary>
public sealed class LinearTimeTests
{
    private const int Length = 1024 * 1024;

    // Each character may be looked at by every finder, and names by a look at what follows them.
    private const int MostLooks = 1500;

    private static readonly RedactionRules All = new(GptRedactionKind.All, []);

    private static readonly string[] Pieces =
    [
        "password=password=", "password=\"", "password='", "password: ", "-Password ", "\"password\":\\\"", "=", "AKIA", "AKIA-", "sk-", "-sk-", "eyJ.", "eyJhbGciOiJI.", "eyJ-eyJ.",
        "-----BEGIN ", "-----BEGIN PRIVATE KEY-----\n", "-----END PRIVATE KEY-----\nAAAA\n", "---- BEGIN ", "PuTTY-User-Key-File-", "<RSAKeyValue>", "<D>", "://", "a://b:", "http://a:b/", "://@",
        "Bearer ", "Basic ", "cookie: ", "cookie: a=", "authorization: ", "sig=", "?sig=", "Q~", "aQ~a1", ":AA", "1:AA", "AZDO", "JQQJ99", "+ASt", ".atlasv1.", "a.b.c.d.", ".", "$", "$6$", "$1$a",
        "ConvertTo-SecureString ", "'x' | ConvertTo-SecureString", "NetworkCredential(\"a\",", "net user ", "net use \\\\a /user:", "mysql ", "mysql -p", "curl -u a", "identified by '", "@", "a@a.", "a@",
        "1.1.1.1", "1.", "::", "a:b:", "\\", "\\n", "\\\"", "\"", "'", "[SECRET:", "[SECRET:A:", "[SECRET:A:1]", "a", " ", "\n", "a_", "pass", "passwordpassword", "token.token.", "jdbc:oracle:thin:a/", "hooks.slack.com/services/",
        "name=\"password\" value=", "password\nvalue: ", "%3D", "password is ", "password%3D", "password ", "machine a login b password ", "<password> <Value>", "password 7 ",
        "a,password\n", "a,password\n\"", "\"a\",", "a;", "password,password,",
    ];

    public static TheoryData<string> Hostile => [.. Pieces];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task What_repeats_for_a_megabyte_costs_a_multiple_of_its_length(string piece)
    {
        var text = new StringBuilder(Length);
        while (text.Length < Length) text.Append(piece);
        await Hangs(() => Measure(text.ToString()));
    }

    [Fact]
    public void Twice_the_text_costs_twice_as_much()
    {
        foreach (string piece in Pieces)
        {
            long once = Measure(string.Concat(Enumerable.Repeat(piece, 2000)));
            long twice = Measure(string.Concat(Enumerable.Repeat(piece, 4000)));
            Assert.True(twice <= 2.5 * once + 100_000, piece + ": " + once + " and " + twice);
        }
    }

    [Property(MaxTest = 200)]
    public Property Mixtures_of_what_finders_look_for_do_too() => Prop.ForAll(
        Gen.Elements(Pieces).ListOf().Resize(400).ToArbitrary(), pieces => { Measure(string.Concat(pieces)); });

    [Property(MaxTest = 200)]
    public Property Whatever_the_text_what_is_put_back_is_the_text() => Prop.ForAll(
        Gen.Elements(Pieces.Concat(Corpus.Positives.Select(sample => sample.Text)).ToArray()).ListOf().Resize(60).ToArbitrary(), pieces =>
        {
            string text = string.Concat(pieces);
            var vault = new RedactionVault();
            Assert.Equal(text, vault.Restore(new Redactor(All, vault, default).Redact(text)));
        });

    [Fact]
    public async Task Many_values_are_looked_for_in_one_pass() => await Hangs(() =>
    {
        var vault = new RedactionVault();
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => "password=aaaaaaaa" + i + "\n")) + new string('a', Length);
        string clean = new Redactor(Corpus.Secrets, vault, default).Redact(text);
        Assert.DoesNotContain("aaaaaaaa19999", clean, StringComparison.Ordinal);
        Assert.Contains("[SECRET:PASSWORD:20000]", clean, StringComparison.Ordinal);
    });

    [Fact]
    public void A_stop_is_heard()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Corpus.Secrets.Find(new string('a', Length), stop.Token));
    }

    [Fact]
    public async Task A_pattern_that_explodes_is_stopped_and_named() => await Hangs(() =>
    {
        var rules = new RedactionRules(GptRedactionKind.None, [RedactionPattern.Create("bad one", "^(a+)+$", default, "-RedactPattern")]);
        var failure = Assert.Throws<GptChatException>(() => rules.Find(new string('a', 40) + "!", default));
        Assert.Equal(GptErrorKind.InvalidParameter, failure.Kind);
        Assert.Contains("BAD-ONE", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent", failure.Message, StringComparison.Ordinal);
    });

    private static long Measure(string text)
    {
        var scan = new TextScan(PlaceholderText.Blanked(text, PlaceholderText.In(text)), default);
        All.Find(scan, PlaceholderText.In(text));
        Assert.True(scan.Work <= (long)MostLooks * (text.Length + 1000), scan.Work + " looks at " + text.Length + " characters");
        return scan.Work;
    }

    private static async Task Hangs(Action action) => await Task.Run(action).WaitAsync(TimeSpan.FromSeconds(60));
}
