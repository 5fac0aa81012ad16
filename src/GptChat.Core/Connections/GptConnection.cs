using System;
using System.Collections.Generic;
using System.Linq;
using GptChat.Connections;
using GptChat.Recording;
using GptChat.Redaction;
using GptChat.Transport;

namespace GptChat;

/// <summary>
/// Where requests go and with which key. Keys and other headers live in SecureStrings, are turned into text for the length of one
/// request and have no property: they cannot be shown, exported or serialised.
/// </summary>
public sealed class GptConnection
{
    private static readonly Uri Nowhere = new("recording://replay/chat/completions");

    internal GptConnection(string name, GptProvider provider, Uri uri)
    {
        Name = name;
        Provider = provider;
        Uri = uri;
    }

    /// <summary>The name by which <c>-Connection</c> finds it.</summary>
    public string Name { get; }

    /// <summary>The service it speaks to.</summary>
    public GptProvider Provider { get; }

    /// <summary>The full address that requests are posted to.</summary>
    public Uri Uri { get; }

    /// <summary>The model used when a call names none; null where each call must.</summary>
    public string? Model { get; internal init; }

    /// <summary>The Cloudflare AI gateway that requests pass through; null for the account's default one.</summary>
    public string? GatewayId { get; internal init; }

    /// <summary>What the Cloudflare AI gateway is told with every request; null for nothing.</summary>
    public GptGatewayOption? GatewayOption { get; internal init; }

    /// <summary>The deployment that is part of the address, on Azure's classic one; null elsewhere.</summary>
    public string? Deployment { get; internal init; }

    /// <summary>The OpenAI organization that requests count for; null for the key's own.</summary>
    public string? Organization { get; internal init; }

    /// <summary>The OpenAI project that requests count for; null for the key's own.</summary>
    public string? Project { get; internal init; }

    /// <summary>The most that this session may have spent when a call through it is sent, in US dollars; null for no limit. A call's own <c>-Budget</c> comes first.</summary>
    public decimal? Budget { get; internal init; }

    /// <summary>Whether it has a key. The key itself cannot be read back.</summary>
    public bool HasKey => Credentials.Count > 0;

    /// <summary>Whether calls that name no connection use this one.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>The environment variable that the key came from; null if it was given.</summary>
    public string? KeySource { get; internal init; }

    /// <summary>The wire's name for the limit of an answer's tokens, where it was forced; null where it follows provider and model.</summary>
    public string? TokenLimitName { get; internal init; }

    /// <summary>The names of the headers that are added to every request. Their values cannot be read back: they may be secrets.</summary>
    public IReadOnlyList<string> HeaderNames => Headers.Select(header => header.Name).ToArray();

    /// <summary>The proxy; null for the system's.</summary>
    public Uri? Proxy => Http.Proxy;

    /// <summary>Whether any certificate of the server is taken.</summary>
    public bool SkipCertificateCheck => Http.SkipCertificateCheck;

    /// <summary>The thumbprint of the certificate that is shown to the server; null for none.</summary>
    public string? CertificateThumbprint => Http.Certificate?.Thumbprint;

    /// <summary>What is taken out of every request unless the call says otherwise; null for nothing.</summary>
    public GptRedactionKind? RedactKind => Redaction?.Kinds;

    /// <summary>The own patterns of what is taken out, each as its name, an equals sign and the regular expression.</summary>
    public IReadOnlyList<string> RedactPattern => Redaction is null ? Array.Empty<string>() : Redaction.Patterns.Select(pattern => pattern.ToString()).ToArray();

    /// <summary>What redaction looks for in every request; null for nothing.</summary>
    internal RedactionRules? Redaction { get; init; }

    /// <summary>The keys, each with the header that carries it; none where the server wants none.</summary>
    internal IReadOnlyList<HeldHeader> Credentials { get; init; } = Array.Empty<HeldHeader>();

    /// <summary>The file to which its calls are added; null for none.</summary>
    public string? Record => Path(RecordingMode.Record);

    /// <summary>The recording that answers its calls instead of a server; null for none.</summary>
    public string? Replay => Path(RecordingMode.Replay);

    /// <summary>The recording that answers what it holds, and to which everything else is added; null for none.</summary>
    public string? ReplayOrRecord => Path(RecordingMode.ReplayOrRecord);

    /// <summary>The cache of its calls; null for none.</summary>
    public string? Cache => CacheOfCalls?.Path;

    /// <summary>How long an answer of the cache is good for; null for ever.</summary>
    public TimeSpan? CacheExpiry => CacheOfCalls?.Expiry;

    /// <summary>The recording of its calls, unless a call names its own.</summary>
    internal RecordingChoice? Recording { get; init; }

    /// <summary>The cache of its calls, unless a call names its own.</summary>
    internal CacheChoice? CacheOfCalls { get; init; }

    /// <summary>The user's own headers.</summary>
    internal IReadOnlyList<HeldHeader> Headers { get; init; } = Array.Empty<HeldHeader>();

    /// <summary>How to get to the server.</summary>
    internal HttpSettings Http { get; init; } = HttpSettings.Default;

    /// <summary>Whether it was disconnected or replaced: conversations that remember it then look for another.</summary>
    internal bool IsClosed { get; set; }

    /// <summary>Where all its requests wait when the server tells one of them to.</summary>
    internal RequestGate Gate { get; set; } = new(WaitClock.System);

    /// <summary>Whether there is no server behind it: a recording answers.</summary>
    internal bool IsNowhere => ReferenceEquals(Uri, Nowhere);

    /// <summary>Whether a gateway of Cloudflare reads what is sent.</summary>
    internal bool IsCloudflare => Provider is GptProvider.Cloudflare or GptProvider.CloudflareGateway;

    /// <summary>What stands for a connection where a recording answers and none is known.</summary>
    internal static GptConnection OfRecording(string? name = null, string? model = null, RecordingChoice? recording = null) =>
        new(name ?? "Replay", GptProvider.Cloudflare, Nowhere) { Model = model, Recording = recording };

    /// <summary>The wire's name for the token limit with a given model.</summary>
    internal bool UsesMaxCompletionTokens(string? model) => TokenLimitName is { } forced
        ? string.Equals(forced, TokenLimit.MaxCompletionTokens, StringComparison.OrdinalIgnoreCase)
        : TokenLimit.IsNewName(Provider, model);

    /// <summary>The first key as text, for a check. Callers keep it no longer than that.</summary>
    internal string? RevealKey() => Credentials.Count == 0 ? null : SecureText.Reveal(Credentials[0].Value);

    /// <summary>Everything that must be taken out of what is shown or kept.</summary>
    internal List<string> RevealSecrets()
    {
        var secrets = new List<string>();
        foreach (HeldHeader credential in Credentials) credential.AddSecrets(secrets);
        foreach (HeldHeader header in Headers) header.AddSecrets(secrets);
        if (Http.ProxyPassword is { } password) secrets.Add(SecureText.Reveal(password));
        return secrets;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private string? Path(RecordingMode mode) => Recording?.Mode == mode ? Recording.Path : null;
}
