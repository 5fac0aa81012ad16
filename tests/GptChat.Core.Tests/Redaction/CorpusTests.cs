using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace GptChat.Core.Tests.Redaction;

/// <summary>How much of the corpus is found, and how much that is none.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    // What nothing in the text tells from other words; the documentation says so.
    private const int KnownMisses = 10;

    [Fact]
    public void The_figures_in_the_documentation_are_those_of_the_corpus()
    {
        var positives = Corpus.Positives.Select(sample => (Sample: sample, Result: sample.Measure())).ToArray();
        var negatives = Corpus.Negatives.Select(sample => (Sample: sample, Result: sample.Measure())).ToArray();
        foreach (var miss in positives.Where(one => one.Result.Found < one.Sample.Secrets.Count)) output.WriteLine("MISSED " + miss.Result.Report);
        foreach (var wrong in positives.Concat(negatives).Where(one => one.Result.False > 0)) output.WriteLine("FALSE " + wrong.Result.Report);
        int secrets = positives.Sum(one => one.Sample.Secrets.Count);
        int found = positives.Sum(one => one.Result.Found);
        int wrongs = positives.Concat(negatives).Sum(one => one.Result.False);
        string figures = string.Format(
            CultureInfo.InvariantCulture,
            "{0} secrets in {1} texts, {2} texts without: {3} found (recall {4:0.0} %), {5} false (precision {6:0.0} %)",
            secrets, positives.Length, negatives.Length, found, 100.0 * found / secrets, wrongs, 100.0 * found / (found + wrongs));
        output.WriteLine(figures);
        Assert.Contains(figures, File.ReadAllText(Path.Combine(Root(), "docs", "redaction.md")), StringComparison.Ordinal);
        Assert.True(secrets - found <= KnownMisses, "Missed are " + (secrets - found) + " secrets.");
    }

    [Fact]
    public void A_token_is_called_by_its_issuer() => Assert.All(
        Corpus.Positives.Where(sample => sample.Measure().Found == sample.Secrets.Count),
        sample => Assert.Contains(Corpus.Secrets.Find(sample.Text, default), one => one.Kind == sample.Kind));

    [Fact]
    public void What_is_left_is_found_no_more() => Assert.All(Corpus.Positives, sample =>
    {
        var vault = new GptChat.Redaction.RedactionVault();
        var redactor = new GptChat.Redaction.Redactor(Corpus.Secrets, vault, default);
        string once = redactor.Redact(sample.Text);
        Assert.Equal(once, redactor.Redact(once));
        Assert.Equal(sample.Text, vault.Restore(once));
    });

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GptChat.psd1"))) return folder.FullName;
        }

        throw new FileNotFoundException("No folder above the tests holds GptChat.psd1.");
    }
}
