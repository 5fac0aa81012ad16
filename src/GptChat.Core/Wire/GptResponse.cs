using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat;

/// <summary>The whole answer to a request: everything the server sent, and how it was got. A stream ends in the same object.</summary>
[TypeConverter(Copies.CopyType.Converter)]
public sealed class GptResponse : GptExtensible
{
    private static readonly ReadOnlyDictionary<string, string> NoHeaders = new(new Dictionary<string, string>());

    /// <summary>The text of the first choice; null where it has none (a tool call, a refusal).</summary>
    [JsonIgnore]
    public string? Content => Message?.Content;

    /// <summary>The message of the first choice; null where there is no choice.</summary>
    [JsonIgnore]
    public GptMessage? Message => FirstChoice?.Message;

    /// <summary>Why the first choice ended.</summary>
    [JsonIgnore]
    public string? FinishReason => FirstChoice?.FinishReason;

    /// <summary>Why the model declined; null where it did not.</summary>
    [JsonIgnore]
    public string? Refusal => Message?.Refusal;

    /// <summary>What the model thought, where the server shows it.</summary>
    [JsonIgnore]
    public string? Reasoning => Message?.Reasoning;

    /// <summary>
    /// The tools that were run on the way to this answer, with what became of each, and those that the model asks the caller to
    /// call; empty where none. The latter have the outcome <c>NotRun</c>.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<GptToolCall> ToolCalls => RanCalls ?? Message?.ToolCalls ?? Array.Empty<GptToolCall>();

    /// <summary>Citations and other notes on the answer; empty where there are none.</summary>
    [JsonIgnore]
    public IReadOnlyList<GptAnnotation> Annotations => Message?.Annotations ?? Array.Empty<GptAnnotation>();

    /// <summary>The model that answered, in the server's words; it may differ from the name that was asked for.</summary>
    [JsonInclude]
    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? Model { get; internal init; }

    /// <summary>What it used, in tokens, all its requests together where tools were run; null where the server does not say.</summary>
    [JsonInclude]
    [JsonConverter(typeof(UsageConverter))]
    public GptUsage? Usage { get; internal set; }

    /// <summary>
    /// What it cost, in US dollars, by the prices of this session (<c>Set-GptPrice</c>); 0 where it came from a recording, a journal or
    /// a gateway's cache; null where a price is not known.
    /// </summary>
    [JsonIgnore]
    public decimal? Cost { get; internal set; }

    /// <summary>All choices, by index.</summary>
    [JsonIgnore]
    public IReadOnlyList<GptChoice> Choices => ChoiceList ?? (IReadOnlyList<GptChoice>)Array.Empty<GptChoice>();

    /// <summary>The server's id of the answer; not unique on every server.</summary>
    [JsonInclude]
    public string? Id { get; internal init; }

    /// <summary>The protocol's name of the kind of answer: <c>chat.completion</c>.</summary>
    [JsonInclude]
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The protocol's own name.")]
    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? Object { get; internal init; }

    /// <summary>When the server made it; null where it does not say.</summary>
    [JsonIgnore]
    public DateTimeOffset? Created => UnixTime.ToDate(CreatedSeconds);

    /// <summary>The tier that served the request; it may differ from the one asked for.</summary>
    [JsonInclude]
    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? ServiceTier { get; internal init; }

    /// <summary>The server's mark of the configuration that answered.</summary>
    [JsonInclude]
    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? SystemFingerprint { get; internal init; }

    /// <summary>The metadata of a stored completion; null where there is none.</summary>
    [JsonInclude]
    [JsonConverter(typeof(TextMapConverter))]
    public Dictionary<string, string>? Metadata { get; internal init; }

    /// <summary>The provider's id of the request, to quote to its support; null where it sends none.</summary>
    [JsonIgnore]
    public string? RequestId { get; internal set; }

    /// <summary>Whether a Cloudflare AI gateway answered from its cache: <c>HIT</c> or <c>MISS</c>; null where there is none.</summary>
    [JsonIgnore]
    public string? CacheStatus { get; internal set; }

    /// <summary>How much of the provider's pace is left; null where it does not say.</summary>
    [JsonIgnore]
    public GptRateLimit? RateLimit { get; internal set; }

    /// <summary>Which step of a Cloudflare AI gateway's chain of fallbacks answered, from 0; null where there is none.</summary>
    [JsonIgnore]
    public int? GatewayStep { get; internal set; }

    /// <summary>The id of the entry in a Cloudflare AI gateway's log; null where there is none.</summary>
    [JsonIgnore]
    public string? GatewayLogId { get; internal set; }

    /// <summary>The id of the event at a Cloudflare AI gateway; null where there is none.</summary>
    [JsonIgnore]
    public string? GatewayEventId { get; internal set; }

    /// <summary>The headers of the answer, by name in any case; cookies are left out.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Headers { get; internal set; } = NoHeaders;

    /// <summary>Where the request went.</summary>
    [JsonIgnore]
    public Uri? RequestUri { get; internal set; }

    /// <summary>How often it was sent until this answer came: 1 where the first try succeeded.</summary>
    [JsonIgnore]
    public int Attempts { get; internal set; } = 1;

    /// <summary>How many requests led to this answer: 1, and one more for each time that the model was given the results of tools.</summary>
    [JsonIgnore]
    public int Requests { get; internal set; } = 1;

    /// <summary>The tries before the one that was answered: why each failed and how long was waited after it.</summary>
    [JsonIgnore]
    public IReadOnlyList<GptRetry> Retries { get; internal set; } = Array.Empty<GptRetry>();

    /// <summary>The JSON schema that a typed answer was asked for with, as it was sent; null for other answers.</summary>
    [JsonIgnore]
    public string? Schema { get; internal set; }

    /// <summary>The answers before this one that did not fit the schema and were sent back; what they used is part of <see cref="Usage"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<GptRepair> Repairs { get; internal set; } = Array.Empty<GptRepair>();

    /// <summary>Whether it was not asked for now: a journal had it from an earlier run.</summary>
    [JsonIgnore]
    public bool FromJournal { get; internal set; }

    /// <summary>What of the conversation was not sent because it did not fit into the model's context; null where all was.</summary>
    [JsonIgnore]
    public GptLeftOut? LeftOut { get; internal set; }

    /// <summary>With -Combine, the answers about the parts that this one was made of; else empty. Its own usage does not contain theirs.</summary>
    [JsonIgnore]
    public IReadOnlyList<GptResponse> PartialResponses { get; internal set; } = Array.Empty<GptResponse>();

    /// <summary>What redaction took out of the request; empty where it was not asked for or found nothing.</summary>
    [JsonIgnore]
    public IReadOnlyList<GptRedaction> Redactions { get; internal set; } = Array.Empty<GptRedaction>();

    /// <summary>Whether a recording answered: nothing was sent, and nothing was billed.</summary>
    [JsonIgnore]
    public bool FromRecording { get; internal set; }

    /// <summary>Whether the cache of <c>-Cache</c> answered: nothing was sent, and nothing was billed. Attempts is 0 then.</summary>
    [JsonIgnore]
    public bool FromCache { get; internal set; }

    /// <summary>How many bytes went out and came back and when; null where a journal had the answer.</summary>
    [JsonIgnore]
    public GptTransfer? Transfer { get; internal set; }

    /// <summary>Which file answered, and where it has the answer; null where a server answered.</summary>
    [JsonIgnore]
    internal AnswerOrigin? Origin { get; set; }

    /// <summary>From the moment it was sent to the end of the answer.</summary>
    [JsonIgnore]
    public TimeSpan Duration { get; internal set; }

    /// <summary>The conversation that the answer is a turn of; null after Clixml and in answers that were never committed.</summary>
    [JsonIgnore]
    internal GptConversation? Conversation { get; set; }

    /// <summary>The log of the tools that were run on the way; null where none were.</summary>
    [JsonIgnore]
    internal IReadOnlyList<GptToolCall>? RanCalls { get; set; }

    [JsonInclude]
    [JsonPropertyName("created")]
    internal long CreatedSeconds { get; init; }

    [JsonInclude]
    [JsonPropertyName("choices")]
    internal List<GptChoice>? ChoiceList { get; init; }

    /// <summary>A failure that the server reports in the body of an answer with status 200.</summary>
    [JsonInclude]
    [JsonPropertyName("error")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    internal JsonElement Error { get; init; }

    private GptChoice? FirstChoice
    {
        get
        {
            if (ChoiceList is not { Count: > 0 } choices) return null;
            GptChoice first = choices[0];
            foreach (GptChoice choice in choices)
            {
                if (choice.Index < first.Index) first = choice;
            }

            return first;
        }
    }

    /// <summary>For people: the model, why it ended and what it used.</summary>
    public override string ToString() => string.Join(", ", Model ?? "unknown model", FinishReason ?? "no finish reason", Usage?.ToString() ?? "usage unknown");
}
