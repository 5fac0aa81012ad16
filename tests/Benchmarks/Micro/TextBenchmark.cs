using System.Linq;
using BenchmarkDotNet.Attributes;
using GptChat.Redaction;
using GptChat.Tokens;

namespace GptChat.Benchmarks.Micro;

/// <summary>What is done with every character that goes out: looked through for secrets, where asked for, and counted.</summary>
public class TextBenchmark
{
    private const string Line = "2026-11-23T07:42:11Z web-03 nginx[812]: 10.4.7.21 GET /api/orders?id=8127 500 in 12.4 ms, upstream timed out\n";
    private static readonly RedactionRules Rules = new(GptRedactionKind.Secret, []);
    private string _text = string.Empty;

    /// <summary>Lines of a log.</summary>
    [Params(10, 1_000)]
    public int Lines { get; set; }

    /// <summary>Makes the text.</summary>
    [GlobalSetup]
    public void Make() => _text = string.Concat(Enumerable.Repeat(Line, Lines));

    /// <summary>Its tokens.</summary>
    [Benchmark]
    public object Tokens() => TextTokens.Count(_text);

    /// <summary>It without secrets.</summary>
    [Benchmark]
    public string Redact() => new Redactor(Rules, new RedactionVault(), default).Redact(_text);
}
