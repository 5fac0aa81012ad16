namespace GptChat.Errors;

/// <summary>What an error body says, whatever its shape.</summary>
/// <param name="Message">The provider's words.</param>
/// <param name="Type">The provider's type of error.</param>
/// <param name="Code">The provider's code, as text.</param>
/// <param name="Param">The member of the request at fault.</param>
/// <param name="RequestId">An id that stood in the message.</param>
/// <param name="Filtered">The categories for which a content filter blocked it, as text.</param>
internal sealed record ErrorDetail(string Message, string? Type = null, string? Code = null, string? Param = null, string? RequestId = null, string? Filtered = null);
