using System.Collections.Generic;
using System.Management.Automation;

namespace GptChat.Hosting;

/// <summary>The one map from failures to error records.</summary>
internal static class ErrorRecords
{
    private static readonly Dictionary<GptErrorKind, ErrorCategory> Categories = new()
    {
        [GptErrorKind.NoConnection] = ErrorCategory.ObjectNotFound,
        [GptErrorKind.InvalidConnection] = ErrorCategory.InvalidArgument,
        [GptErrorKind.ConnectionNotFound] = ErrorCategory.ObjectNotFound,
        [GptErrorKind.NoModel] = ErrorCategory.InvalidArgument,
        [GptErrorKind.NoPrompt] = ErrorCategory.InvalidArgument,
        [GptErrorKind.NoInput] = ErrorCategory.InvalidData,
        [GptErrorKind.InvalidInput] = ErrorCategory.InvalidData,
        [GptErrorKind.InvalidParameter] = ErrorCategory.InvalidArgument,
        [GptErrorKind.PriceUnknown] = ErrorCategory.InvalidArgument,
        [GptErrorKind.BudgetExceeded] = ErrorCategory.LimitsExceeded,
        [GptErrorKind.FileNotReadable] = ErrorCategory.ReadError,
        [GptErrorKind.NoConversation] = ErrorCategory.ObjectNotFound,
        [GptErrorKind.ConversationNotFound] = ErrorCategory.ObjectNotFound,
        [GptErrorKind.ConversationBusy] = ErrorCategory.ResourceBusy,
        [GptErrorKind.ConnectFailed] = ErrorCategory.ConnectionError,
        [GptErrorKind.CertificateRejected] = ErrorCategory.SecurityError,
        [GptErrorKind.ConnectTimeout] = ErrorCategory.OperationTimeout,
        [GptErrorKind.ResponseTimeout] = ErrorCategory.OperationTimeout,
        [GptErrorKind.OperationTimeout] = ErrorCategory.OperationTimeout,
        [GptErrorKind.ConnectionLost] = ErrorCategory.ConnectionError,
        [GptErrorKind.RedirectRefused] = ErrorCategory.SecurityError,
        [GptErrorKind.Authentication] = ErrorCategory.AuthenticationError,
        [GptErrorKind.Forbidden] = ErrorCategory.PermissionDenied,
        [GptErrorKind.QuotaExceeded] = ErrorCategory.QuotaExceeded,
        [GptErrorKind.RateLimit] = ErrorCategory.LimitsExceeded,
        [GptErrorKind.NotFound] = ErrorCategory.ObjectNotFound,
        [GptErrorKind.ModelNotFound] = ErrorCategory.ObjectNotFound,
        [GptErrorKind.UnsupportedParameter] = ErrorCategory.InvalidArgument,
        [GptErrorKind.ContextLengthExceeded] = ErrorCategory.LimitsExceeded,
        [GptErrorKind.RequestTooLarge] = ErrorCategory.LimitsExceeded,
        [GptErrorKind.BadRequest] = ErrorCategory.InvalidArgument,
        [GptErrorKind.ContentFiltered] = ErrorCategory.PermissionDenied,
        [GptErrorKind.ServerError] = ErrorCategory.ResourceUnavailable,
        [GptErrorKind.Truncated] = ErrorCategory.ReadError,
        [GptErrorKind.StreamError] = ErrorCategory.ReadError,
        [GptErrorKind.MalformedResponse] = ErrorCategory.ParserError,
        [GptErrorKind.EmptyResponse] = ErrorCategory.InvalidResult,
        [GptErrorKind.Refused] = ErrorCategory.InvalidResult,
        [GptErrorKind.ToolNotApproved] = ErrorCategory.PermissionDenied,
        [GptErrorKind.NotInteractive] = ErrorCategory.InvalidOperation,
        [GptErrorKind.ToolNotUsable] = ErrorCategory.InvalidArgument,
        [GptErrorKind.ToolLimit] = ErrorCategory.LimitsExceeded,
        [GptErrorKind.SchemaMismatch] = ErrorCategory.InvalidResult,
        [GptErrorKind.AudioNotSaved] = ErrorCategory.WriteError,
        [GptErrorKind.JournalNotUsable] = ErrorCategory.OpenError,
        [GptErrorKind.FileNotWritten] = ErrorCategory.WriteError,
        [GptErrorKind.RecordingNotUsable] = ErrorCategory.OpenError,
        [GptErrorKind.ReplayMiss] = ErrorCategory.ObjectNotFound,
        [GptErrorKind.CacheNotUsable] = ErrorCategory.OpenError,
        [GptErrorKind.CommandLineNotUsable] = ErrorCategory.NotInstalled,
    };

    /// <summary>The error record of a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="target">What it concerns: an input, a name, a connection.</param>
    public static ErrorRecord From(GptChatException failure, object? target)
    {
        ErrorCategory category = Categories.TryGetValue(failure.Kind, out ErrorCategory known) ? known : ErrorCategory.NotSpecified;

        // What to do next stands in the message, where every host and every log shows it. As recommended action it would be
        // shown a second time by PowerShell 7 and not at all by Windows PowerShell.
        return new ErrorRecord(failure, "GptChat." + failure.Kind, category, target ?? failure.RequestUri);
    }
}
