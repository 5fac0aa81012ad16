namespace GptChat.Tokens;

/// <summary>A number of tokens, and whether it is known to the token.</summary>
/// <param name="Tokens">How many.</param>
/// <param name="IsExact">Whether the provider counts the same; else it is an estimate.</param>
internal readonly record struct TokenCount(long Tokens, bool IsExact)
{
    /// <summary>Two counts together.</summary>
    public static TokenCount operator +(TokenCount left, TokenCount right) => new(left.Tokens + right.Tokens, left.IsExact && right.IsExact);
}
