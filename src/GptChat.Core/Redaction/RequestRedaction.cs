using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using GptChat.Conversations;
using GptChat.Wire;

namespace GptChat.Redaction;

/// <summary>A request without what redaction takes out, and what that was.</summary>
internal sealed class RequestRedaction
{
    private readonly Dictionary<string, Places> _found = new(StringComparer.Ordinal);

    private RequestRedaction(RedactionRules rules, RedactionVault vault)
    {
        Rules = rules;
        Vault = vault;
    }

    /// <summary>What was looked for.</summary>
    public RedactionRules Rules { get; }

    /// <summary>What stands for what from now on.</summary>
    public RedactionVault Vault { get; }

    /// <summary>The messages as they go out.</summary>
    public MessageHistory Messages { get; private set; } = MessageHistory.Empty;

    /// <summary>The parameters as they go out.</summary>
    public ChatParameters Parameters { get; private set; } = new();

    /// <summary>What was taken out, in the order of its first place.</summary>
    public IReadOnlyList<GptRedaction> Report { get; private set; } = Array.Empty<GptRedaction>();

    /// <summary>For people: how much of what was taken out.</summary>
    public string Summary => Report.Count == 0
        ? "Redaction found nothing to take out"
        : "Redaction took out " + string.Join(", ", Report.GroupBy(one => one.Kind, StringComparer.Ordinal).Select(kind => kind.Count() + " " + kind.Key)) + " (" + string.Join(", ", Report.SelectMany(one => one.Where).Distinct(StringComparer.Ordinal)) + ")";

    /// <summary>Takes out of a request what the rules find.</summary>
    /// <param name="rules">What is looked for.</param>
    /// <param name="vault">What was taken out of the conversation before; it stays as it is.</param>
    /// <param name="history">What was said before.</param>
    /// <param name="messages">What is said now.</param>
    /// <param name="parameters">The other members.</param>
    /// <param name="stop">Fires when the user stops.</param>
    /// <exception cref="GptChatException">A pattern takes too long.</exception>
    public static RequestRedaction Create(
        RedactionRules rules, RedactionVault? vault, MessageHistory history, IReadOnlyList<GptMessage> messages, ChatParameters parameters, CancellationToken stop)
    {
        var redaction = new RequestRedaction(rules, vault?.Copy() ?? new RedactionVault());
        redaction.TakeOut(history, messages, parameters, stop);
        return redaction;
    }

    /// <summary>A text that is no part of the request, as it may be shown.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="text">The text.</param>
    /// <param name="stop">Fires when the user stops.</param>
    public string Shown(string name, string text, CancellationToken stop) => new JsonRedactor(new Redactor(Rules, Vault.Copy(), stop).Redact).Redact(name, text);

    /// <summary>Goes on with what was said since: what stands for what stays, and what is found now joins it.</summary>
    /// <param name="messages">All that goes out now: what went out before, and what tools gave.</param>
    /// <param name="parameters">The other members.</param>
    /// <param name="stop">Fires when the user stops.</param>
    /// <exception cref="GptChatException">A pattern takes too long.</exception>
    public void Continue(MessageHistory messages, ChatParameters parameters, CancellationToken stop)
    {
        _found.Clear();
        TakeOut(messages, Array.Empty<GptMessage>(), parameters, stop);
    }

    private void TakeOut(MessageHistory history, IReadOnlyList<GptMessage> messages, ChatParameters parameters, CancellationToken stop)
    {
        var redactor = new Redactor(Rules, Vault, stop);
        GptMessage[] clean = redactor.Redact(new Joined(history, messages));
        Messages = IsSame(history, clean) ? history.Append(new ArraySegment<GptMessage>(clean, history.Count, messages.Count)) : MessageHistory.Empty.Append(clean);
        CountIn(clean, Rules);
        Parameters = Clean(redactor, parameters);
        Report = _found.Select(one => new GptRedaction(KindOf(one.Key), one.Key, one.Value.Count, one.Value.Where)).ToArray();
    }

    private static bool IsSame(MessageHistory history, GptMessage[] clean)
    {
        for (int i = 0; i < history.Count; i++)
        {
            if (!ReferenceEquals(history[i], clean[i])) return false;
        }

        return true;
    }

    private static string KindOf(string placeholder) => PlaceholderText.In(placeholder)[0].Kind;

    private void CountIn(GptMessage[] messages, RedactionRules rules)
    {
        for (int i = 0; i < messages.Length; i++)
        {
            if (Vault.Marks.Of(messages[i], rules, Vault.Stamp) is not { } mark) continue;
            foreach ((string placeholder, string member) in mark.Placeholders) Count(placeholder, "messages[" + i + "]." + member);
        }
    }

    private void Count(string placeholder, string where)
    {
        if (!_found.TryGetValue(placeholder, out Places? places)) _found.Add(placeholder, places = new Places());
        places.Add(where);
    }

    /// <summary>The members that hold what users write; all others are words, numbers and names of the protocol.</summary>
    private ChatParameters Clean(Redactor redactor, ChatParameters parameters) => parameters with
    {
        Metadata = parameters.Metadata?.ToDictionary(pair => pair.Key, pair => Text(redactor, "metadata." + pair.Key).Redact(pair.Key, pair.Value), StringComparer.Ordinal),
        Stop = parameters.Stop?.Select(text => Text(redactor, "stop").Redact("stop", text)).ToArray(),
        User = parameters.User is { } user ? Text(redactor, "user").Redact("user", user) : null,
        SafetyIdentifier = parameters.SafetyIdentifier is { } safety ? Text(redactor, "safety_identifier").Redact("safety_identifier", safety) : null,
        PromptCacheKey = parameters.PromptCacheKey is { } key ? Text(redactor, "prompt_cache_key").Redact("prompt_cache", key) : null,
        Prediction = Clean(redactor, "prediction", parameters.Prediction),
        WebSearchOptions = Clean(redactor, "web_search_options", parameters.WebSearchOptions),
        Tools = parameters.Tools?.Select((tool, i) => Clean(redactor, "tools[" + i + "]", tool)!.Value).ToArray(),
        ResponseFormat = Clean(redactor, "response_format", parameters.ResponseFormat),
        Extra = Clean(redactor, "extra body", parameters.Extra),
    };

    private JsonElement? Clean(Redactor redactor, string member, JsonElement? value) => value is { } json ? Text(redactor, member).Redact(json) : null;

    private JsonRedactor Text(Redactor redactor, string member) => new(text =>
    {
        string clean = redactor.Redact(text);
        if (ReferenceEquals(clean, text)) return text;
        foreach (PlaceholderText.Place place in PlaceholderText.In(clean))
        {
            if (Vault.Knows(place.Text)) Count(place.Text, member);
        }

        return clean;
    });

    /// <summary>Where one placeholder stands; a value that is in every message of a long conversation stands in many places.</summary>
    private sealed class Places
    {
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);

        /// <summary>How often.</summary>
        public int Count { get; private set; }

        /// <summary>Each place once, in order.</summary>
        public List<string> Where { get; } = new();

        public void Add(string where)
        {
            Count++;
            if (_known.Add(where)) Where.Add(where);
        }
    }

    /// <summary>Two lists read as one.</summary>
    private sealed class Joined(MessageHistory first, IReadOnlyList<GptMessage> second) : IReadOnlyList<GptMessage>
    {
        public int Count => first.Count + second.Count;

        public GptMessage this[int index] => index < first.Count ? first[index] : second[index - first.Count];

        public IEnumerator<GptMessage> GetEnumerator() => first.Concat(second).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
