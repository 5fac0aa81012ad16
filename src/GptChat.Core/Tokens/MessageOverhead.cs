using System;
using System.Text.RegularExpressions;

namespace GptChat.Tokens;

/// <summary>What a request has beside its texts: the marks around each message, and those after which the model begins.</summary>
/// <param name="Message">Tokens for each message.</param>
/// <param name="Assistant">Tokens more for each message of the model.</param>
/// <param name="Request">Tokens for the request.</param>
/// <param name="IsExact">Whether the numbers are the provider's; else they are those of a model like it.</param>
internal sealed record MessageOverhead(int Message, int Assistant, int Request, bool IsExact)
{
    private static readonly Regex Measured = Name(@"gpt-5\.1-chat");
    private static readonly Regex Published = Name(@"(?:gpt-4o|gpt-4o-mini)");
    private static readonly Regex Older = Name(@"(?:(?:chat)?gpt-4.*|gpt-3\.5.*)");

    /// <summary>
    /// The overhead of a model. That of GPT-5.1 Chat is read off the usage that its answers report; that of GPT-4o is the one that
    /// OpenAI published with its way to count.
    /// </summary>
    public static MessageOverhead Of(string? model)
    {
        if (model is null) return new MessageOverhead(4, 2, 2, IsExact: false);
        if (Older.IsMatch(model)) return new MessageOverhead(4, 0, 3, Published.IsMatch(model));
        return new MessageOverhead(4, 2, 2, Measured.IsMatch(model));
    }

    private static Regex Name(string pattern) => new(
        "^(?:openai/)?" + pattern + @"(?:-latest|-\d{4}-\d{2}-\d{2})?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
