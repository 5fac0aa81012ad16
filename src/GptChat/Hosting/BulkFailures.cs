namespace GptChat.Hosting;

/// <summary>Which failures of one item would be those of every other.</summary>
internal static class BulkFailures
{
    /// <summary>Whether to go on makes no sense.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="hasAnswers">Whether any item of the call was answered: then the way to the server is open and the key is good.</param>
    public static bool IsCommon(GptErrorKind kind, bool hasAnswers) => kind switch
    {
        GptErrorKind.NoConnection or GptErrorKind.InvalidConnection or GptErrorKind.NoModel or GptErrorKind.Authentication or GptErrorKind.QuotaExceeded
            or GptErrorKind.ModelNotFound or GptErrorKind.UnsupportedParameter or GptErrorKind.CertificateRejected or GptErrorKind.RedirectRefused
            or GptErrorKind.RecordingNotUsable or GptErrorKind.JournalNotUsable or GptErrorKind.CacheNotUsable or GptErrorKind.PriceUnknown or GptErrorKind.BudgetExceeded => true,
        GptErrorKind.ConnectFailed or GptErrorKind.Forbidden or GptErrorKind.NotFound => !hasAnswers,
        _ => false,
    };
}
