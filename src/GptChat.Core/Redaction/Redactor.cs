using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;

namespace GptChat.Redaction;

/// <summary>
/// Takes out of messages and parameters what the rules find, and what was found once wherever it stands. It looks at all first
/// and writes then, so that what a later message gives away is missing in the earlier ones too.
/// </summary>
/// <param name="rules">What is looked for.</param>
/// <param name="vault">Which placeholder stands for what; it is added to.</param>
/// <param name="stop">Fires when the user stops.</param>
internal sealed class Redactor(RedactionRules rules, RedactionVault vault, CancellationToken stop)
{
    private KnownValues? _known;
    private long _knownStamp = -1;

    /// <summary>One text alone.</summary>
    public string Redact(string text)
    {
        Reserve(text);
        List<Finding> found = rules.Find(text, stop);
        foreach (Finding finding in found) Name(text, finding);
        return Apply(text, found);
    }

    /// <summary>The messages without it; those that held nothing are the same objects.</summary>
    public GptMessage[] Redact(IReadOnlyList<GptMessage> messages)
    {
        var texts = new List<(string Member, string Text)>?[messages.Count];
        var found = new List<Finding>[]?[messages.Count];
        for (int i = 0; i < messages.Count; i++)
        {
            if (vault.Marks.Of(messages[i], rules, null) is { HasForeign: false }) continue;
            texts[i] = TextSlots.Of(messages[i]);
            foreach ((_, string text) in texts[i]!) Reserve(text);
        }

        for (int i = 0; i < messages.Count; i++)
        {
            if (texts[i] is not { } of) continue;
            found[i] = Find(of, TextSlots.ContentParts(messages[i]));
            for (int slot = 0; slot < of.Count; slot++)
            {
                foreach (Finding finding in found[i]![slot]) Name(of[slot].Text, finding);
            }
        }

        var clean = new GptMessage[messages.Count];
        for (int i = 0; i < messages.Count; i++) clean[i] = Clean(messages[i], texts[i], found[i]);
        return clean;
    }

    /// <summary>Reserves the placeholders of a text, so that no new value takes one.</summary>
    public void Reserve(string text)
    {
        foreach (PlaceholderText.Place place in PlaceholderText.In(text)) vault.Reserve(place);
    }

    /// <summary>Finds in each text, and in texts that belong together what none of them holds whole.</summary>
    private List<Finding>[] Find(List<(string Member, string Text)> texts, int parts)
    {
        List<Finding>[] found = texts.Select(slot => rules.Find(slot.Text, stop)).ToArray();
        if (parts < 2) return found;
        string joined = string.Concat(texts.Take(parts).Select(slot => slot.Text));
        foreach (Finding whole in rules.Find(joined, stop))
        {
            int start = 0;
            for (int i = 0; i < parts; i++)
            {
                int end = start + texts[i].Text.Length;
                bool isAcross = whole.Start < start || whole.End > end;
                if (isAcross && whole.Start < end && whole.End > start)
                {
                    found[i].Add(new Finding(Math.Max(whole.Start, start) - start, Math.Min(whole.End, end) - start, whole.Kind, whole.Rank));
                    found[i] = Finding.Merge(found[i], PlaceholderText.In(texts[i].Text));
                }

                start = end;
            }
        }

        return found;
    }

    private GptMessage Clean(GptMessage message, List<(string Member, string Text)>? texts, List<Finding>[]? found)
    {
        if (vault.Marks.Of(message, rules, vault.Stamp) is not null) return message;
        texts ??= TextSlots.Of(message);
        string[] clean = texts.Select((slot, i) => Apply(slot.Text, found?[i] ?? new List<Finding>())).ToArray();
        bool isSame = true;
        bool hasForeign = false;
        var placeholders = new List<(string Placeholder, string Member)>();
        for (int i = 0; i < clean.Length; i++)
        {
            isSame &= ReferenceEquals(clean[i], texts[i].Text);
            foreach (PlaceholderText.Place place in PlaceholderText.In(clean[i]))
            {
                if (vault.Knows(place.Text)) placeholders.Add((place.Text, texts[i].Member));
                else hasForeign = true;
            }
        }

        GptMessage result = isSame ? message : TextSlots.With(message, clean);
        vault.Marks.Set(result, new MessageMarks.Mark(rules.Key, vault.Stamp, placeholders, hasForeign));
        return result;
    }

    private string Name(string text, Finding finding)
    {
        // A text may hold a million, and each is hashed.
        stop.ThrowIfCancellationRequested();
        return vault.PlaceholderOf(finding.Kind, text.Substring(finding.Start, finding.End - finding.Start));
    }

    /// <summary>The text with placeholders; itself if it holds nothing to take out.</summary>
    private string Apply(string text, List<Finding> found)
    {
        var known = new List<(int Start, int End, string Placeholder)>();
        Known().Find(text, known);
        if (found.Count == 0 && known.Count == 0) return text;
        List<(int Start, int End, string Placeholder)> all = found.ConvertAll(finding => (finding.Start, finding.End, Name(text, finding)));

        // What was found whole comes before what is known of a part of it.
        all.AddRange(known.Where(one => !Overlaps(found, one.Start, one.End)));
        all.Sort(static (one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.End.CompareTo(one.End));
        var clean = new StringBuilder(text.Length);
        int kept = 0;
        foreach ((int start, int end, string placeholder) in all)
        {
            if (start < kept) continue;
            clean.Append(text, kept, start - kept).Append(placeholder);
            kept = end;
        }

        stop.ThrowIfCancellationRequested();
        return clean.Append(text, kept, text.Length - kept).ToString();
    }

    /// <summary>Whether one of these, which are in order and apart, lies where something else does.</summary>
    private static bool Overlaps(List<Finding> found, int start, int end)
    {
        int low = 0;
        int high = found.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (found[middle].End <= start) low = middle + 1;
            else high = middle;
        }

        return low < found.Count && found[low].Start < end;
    }

    private KnownValues Known()
    {
        if (_known is not null && _knownStamp == vault.Stamp) return _known;
        _knownStamp = vault.Stamp;
        return _known = new KnownValues(vault.Swept());
    }
}
