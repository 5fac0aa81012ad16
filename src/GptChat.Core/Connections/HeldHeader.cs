using System;
using System.Collections.Generic;
using System.Security;

namespace GptChat.Connections;

/// <summary>A header whose value is kept out of sight until it is sent: a credential, or one of the user's own that may be one.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">Its value, without the scheme.</param>
/// <param name="Scheme">What stands before the value, such as <c>Bearer</c>; null for nothing.</param>
/// <param name="IsSecret">Whether the value is taken out of errors and recordings.</param>
internal sealed record HeldHeader(string Name, SecureString Value, string? Scheme = null, bool IsSecret = true)
{
    /// <summary>The value as it is sent.</summary>
    public string Reveal() => Scheme is null ? SecureText.Reveal(Value) : Scheme + " " + SecureText.Reveal(Value);

    /// <summary>Adds what of the value must not be shown; nothing where it is no secret.</summary>
    public void AddSecrets(List<string> secrets)
    {
        if (!IsSecret) return;
        string value = SecureText.Reveal(Value);
        secrets.Add(value);

        // 'Basic dXNlcjpwYXNz': a server may quote the second word alone.
        int space = value.LastIndexOf(' ');
        if (space >= 0) secrets.Add(value.Substring(space + 1));
    }

    /// <summary>For a debugger: the name, never the value.</summary>
    public override string ToString() => Name;
}
