using System;
using System.Runtime.InteropServices;
using System.Security;
using GptChat.Connections;
using GptChat.Transport;

namespace GptChat;

/// <summary>
/// Where requests go and with which key. The key lives in a SecureString, is turned into text for the length of one request
/// and has no property: it cannot be shown, exported or serialised.
/// </summary>
public sealed class GptConnection
{
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

    /// <summary>Whether it has a key. The key itself cannot be read back.</summary>
    public bool HasKey => Key is not null;

    /// <summary>Whether calls that name no connection use this one.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>The environment variable that the key came from; null if it was given.</summary>
    public string? KeySource { get; internal init; }

    /// <summary>The wire's name for the limit of an answer's tokens, where it was forced; null where it follows provider and model.</summary>
    public string? TokenLimitName { get; internal init; }

    /// <summary>The key; null where the server wants none.</summary>
    internal SecureString? Key { get; init; }

    /// <summary>Whether it was disconnected or replaced: conversations that remember it then look for another.</summary>
    internal bool IsClosed { get; set; }

    /// <summary>Where all its requests wait when the server tells one of them to.</summary>
    internal RequestGate Gate { get; set; } = new(WaitClock.System);

    /// <summary>The wire's name for the token limit with a given model.</summary>
    internal bool UsesMaxCompletionTokens(string? model) => TokenLimitName is { } forced
        ? string.Equals(forced, TokenLimit.MaxCompletionTokens, StringComparison.OrdinalIgnoreCase)
        : TokenLimit.IsNewName(Provider, model);

    /// <summary>The key as text, for the header of one request. Callers keep it no longer than that.</summary>
    internal string? RevealKey()
    {
        if (Key is null) return null;
        IntPtr text = Marshal.SecureStringToGlobalAllocUnicode(Key);
        try
        {
            return Marshal.PtrToStringUni(text);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(text);
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
