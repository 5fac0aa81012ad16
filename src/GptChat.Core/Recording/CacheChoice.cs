using System;

namespace GptChat.Recording;

/// <summary>Which cache a call uses.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Expiry">How long an answer is good for; null for ever.</param>
/// <param name="Source">Who said so: a parameter or a connection.</param>
internal sealed record CacheChoice(string Path, TimeSpan? Expiry, string Source)
{
    /// <summary>How errors speak of the file.</summary>
    public FileRole Role => FileRole.Cache(Source);
}
