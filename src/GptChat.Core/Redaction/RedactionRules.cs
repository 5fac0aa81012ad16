using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GptChat.Redaction.Finders;

namespace GptChat.Redaction;

/// <summary>What is taken out: the kinds, and a user's own patterns.</summary>
internal sealed class RedactionRules
{
    private readonly IFinder[] _finders;

    /// <summary>Sets them.</summary>
    public RedactionRules(GptRedactionKind kinds, IReadOnlyList<RedactionPattern> patterns)
    {
        Kinds = kinds;
        Patterns = patterns;
        _finders = Finders().ToArray();
        Key = (int)kinds + "\n" + string.Join("\n", patterns.Select(pattern => pattern.ToString() + (int)pattern.Regex.Options));
    }

    /// <summary>The kinds.</summary>
    public GptRedactionKind Kinds { get; }

    /// <summary>The patterns.</summary>
    public IReadOnlyList<RedactionPattern> Patterns { get; }

    /// <summary>Equal for rules that find the same.</summary>
    public string Key { get; }

    /// <summary>What of a text must not leave, in order and apart from each other.</summary>
    /// <exception cref="GptChatException">A pattern takes too long.</exception>
    public List<Finding> Find(string text, CancellationToken stop)
    {
        List<PlaceholderText.Place> places = PlaceholderText.In(text);
        return Find(new TextScan(PlaceholderText.Blanked(text, places), stop), places);
    }

    /// <summary>The same of a text whose cost is to be known.</summary>
    /// <param name="scan">The text, its placeholders made unreadable: their own words say what secrets are.</param>
    /// <param name="places">Where they are.</param>
    public List<Finding> Find(TextScan scan, List<PlaceholderText.Place> places)
    {
        var found = new FindingList();
        for (int i = 0; i < _finders.Length; i++)
        {
            found.Rank = i;
            _finders[i].Find(scan, found);
        }

        return Finding.Merge(found.All, places);
    }

    /// <summary>These, and whatever others say beside them.</summary>
    public RedactionRules With(RedactionRules? other) => other is null || other.Patterns.Count == 0
        ? this
        : new RedactionRules(Kinds, Patterns.Concat(other.Patterns).GroupBy(pattern => pattern.ToString(), StringComparer.Ordinal).Select(group => group.First()).ToArray());

    /// <summary>Those that know best what they find come first.</summary>
    private IEnumerable<IFinder> Finders()
    {
        foreach (RedactionPattern pattern in Patterns) yield return new PatternFinder(pattern);
        if ((Kinds & GptRedactionKind.Secret) != 0)
        {
            yield return new PrivateKeyFinder();
            yield return new TokenFinder();
            yield return new MarkerFinder();
            yield return new JwtFinder();
            yield return new HashFinder();
            yield return new UriFinder();
            yield return new HeaderFinder();
            yield return new CredentialFinder();
            yield return new TableFinder();
            yield return new CommandFinder();
        }

        if ((Kinds & GptRedactionKind.Email) != 0) yield return new EmailFinder();
        if ((Kinds & GptRedactionKind.IPAddress) != 0) yield return new IPAddressFinder();
    }
}
