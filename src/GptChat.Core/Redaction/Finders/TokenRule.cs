namespace GptChat.Redaction.Finders;

/// <summary>How the tokens of an issuer are told: by their beginning, by what they are made of and by their length.</summary>
/// <param name="Kind">What the placeholder says.</param>
/// <param name="Prefix">How they begin.</param>
/// <param name="Body">What follows.</param>
/// <param name="Least">How much of it at least.</param>
/// <param name="Most">How much of it at most; 0 for any length.</param>
/// <param name="Check">What it must hold.</param>
internal sealed record TokenRule(string Kind, string Prefix, CharSet Body, int Least, int Most = 0, TokenCheck Check = TokenCheck.Digit);

/// <summary>What tells a token from a name that happens to begin like one.</summary>
internal enum TokenCheck
{
    /// <summary>Its beginning says enough.</summary>
    None,

    /// <summary>It holds a digit.</summary>
    Digit,

    /// <summary>Between its dashes stand letters mixed with digits, sixteen or more.</summary>
    Random,

    /// <summary>Capital letters and digits, and nothing else.</summary>
    Upper,
}
