using System.Collections.Generic;
using System.Linq;
using System.Text;
using GptChat.Redaction;

namespace GptChat.Core.Tests.Redaction;

/// <summary>
/// What admins have, with and without secrets. A secret stands between guillemets; broken bars keep scanners of source code from
/// taking made-up tokens for real ones, and an arrow stands for the end of a line.
/// </summary>
internal static class Corpus
{
    public static readonly RedactionRules Secrets = new(GptRedactionKind.Secret, []);

    public static IReadOnlyList<Sample> Positives { get; } = [.. Lines("redaction-positives.txt").Select(line => Sample.Parse(line.Split('\t', 2)[1], line.Split('\t', 2)[0]))];

    public static IReadOnlyList<Sample> Negatives { get; } = [.. Lines("redaction-negatives.txt").Select(line => Sample.Parse(line, string.Empty))];

    private static IEnumerable<string> Lines(string name) => Encoding.UTF8.GetString(Fixture.Bytes(name)).Split('\n').Where(line => line.Length > 0);

    /// <summary>A text and where its secrets are.</summary>
    internal sealed record Sample(string Text, string Kind, IReadOnlyList<(int Start, int End)> Secrets)
    {
        public static Sample Parse(string line, string kind)
        {
            var text = new StringBuilder();
            var secrets = new List<(int Start, int End)>();
            int start = -1;
            foreach (char character in line)
            {
                switch (character)
                {
                    case '¦':
                        break;
                    case '«':
                        start = text.Length;
                        break;
                    case '»':
                        secrets.Add((start, text.Length));
                        break;
                    default:
                        text.Append(character == '⏎' ? '\n' : character);
                        break;
                }
            }

            return new Sample(text.ToString(), kind, secrets);
        }

        /// <summary>Of each secret, whether it is found whole; and how much else was found.</summary>
        public (int Found, int False, string Report) Measure()
        {
            List<Finding> found = Corpus.Secrets.Find(Text, default);
            int whole = Secrets.Count(secret => found.Exists(one => one.Start <= secret.Start && one.End >= secret.End));
            List<Finding> others = found.FindAll(one => !Secrets.Any(secret => one.Start < secret.End && one.End > secret.Start));
            string report = string.Join("; ", found.Select(one => one.Kind + " '" + Text[one.Start..one.End] + "'"));
            return (whole, others.Count, Kind + ": " + Text + " => " + report);
        }
    }
}
