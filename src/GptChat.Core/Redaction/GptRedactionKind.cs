using System;

namespace GptChat;

/// <summary>What redaction takes out.</summary>
[Flags]
public enum GptRedactionKind
{
    /// <summary>Nothing but what own patterns find.</summary>
    None = 0,

    /// <summary>Passwords, keys, tokens: whatever opens something.</summary>
    Secret = 1,

    /// <summary>Addresses of mail.</summary>
    Email = 2,

    /// <summary>Addresses of the internet protocol.</summary>
    IPAddress = 4,

    /// <summary>All of it.</summary>
    All = Secret | Email | IPAddress,
}
