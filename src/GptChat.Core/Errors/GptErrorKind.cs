namespace GptChat;

/// <summary>What went wrong. The id of the error record is <c>GptChat.</c> and this name.</summary>
public enum GptErrorKind
{
    /// <summary>Nothing else fits; the message says what is known.</summary>
    Unknown,

    /// <summary>No connection was given, made or found in the environment. Nothing was sent.</summary>
    NoConnection,

    /// <summary>A connection's setting is missing or malformed. Nothing was sent.</summary>
    InvalidConnection,

    /// <summary>The named connection does not exist. Nothing was sent.</summary>
    ConnectionNotFound,

    /// <summary>The connection has no model and none was given. Nothing was sent.</summary>
    NoModel,

    /// <summary>There is nothing to ask. Nothing was sent.</summary>
    NoPrompt,

    /// <summary>Something was to come through the pipeline and nothing came. Nothing was sent.</summary>
    NoInput,

    /// <summary>Piped or given input cannot be sent. Nothing was sent.</summary>
    InvalidInput,

    /// <summary>A parameter's value is out of range or does not go with another parameter. Nothing was sent.</summary>
    InvalidParameter,

    /// <summary>What a request may cost cannot be told before, so a limit of cost cannot be kept. Nothing was sent.</summary>
    PriceUnknown,

    /// <summary>A request may take more than a limit of cost or tokens leaves. It was not sent.</summary>
    BudgetExceeded,

    /// <summary>A file to send cannot be read. Nothing was sent.</summary>
    FileNotReadable,

    /// <summary>There is no conversation to continue. Nothing was sent.</summary>
    NoConversation,

    /// <summary>The named conversation does not exist. Nothing was sent.</summary>
    ConversationNotFound,

    /// <summary>Another call has a turn of the conversation open. Nothing was sent.</summary>
    ConversationBusy,

    /// <summary>The server cannot be reached: name, address, port, or nobody is listening.</summary>
    ConnectFailed,

    /// <summary>The server's certificate is not trusted or TLS failed otherwise.</summary>
    CertificateRejected,

    /// <summary>No connection was made in the time given.</summary>
    ConnectTimeout,

    /// <summary>The connection stood, but no answer began in the time given.</summary>
    ResponseTimeout,

    /// <summary>The answer began and then fell silent for longer than allowed.</summary>
    OperationTimeout,

    /// <summary>The connection broke before an answer began.</summary>
    ConnectionLost,

    /// <summary>The server points elsewhere. Redirects are never followed, since keys would go with them.</summary>
    RedirectRefused,

    /// <summary>The key is missing, wrong or lacks a permission.</summary>
    Authentication,

    /// <summary>The account, project or region may not do this.</summary>
    Forbidden,

    /// <summary>The credit or budget is used up; trying again does not help.</summary>
    QuotaExceeded,

    /// <summary>Too many requests in too short a time.</summary>
    RateLimit,

    /// <summary>The address does not exist on this server.</summary>
    NotFound,

    /// <summary>The model does not exist, is gone, or is not open to this account.</summary>
    ModelNotFound,

    /// <summary>The model refuses a parameter or its value.</summary>
    UnsupportedParameter,

    /// <summary>Prompt and history are longer than the model's context.</summary>
    ContextLengthExceeded,

    /// <summary>The request is too large in bytes.</summary>
    RequestTooLarge,

    /// <summary>The request is wrong in another way.</summary>
    BadRequest,

    /// <summary>A filter or guardrail blocked the prompt or the whole answer.</summary>
    ContentFiltered,

    /// <summary>The server failed or is overloaded.</summary>
    ServerError,

    /// <summary>The answer broke off; what came is kept as partial text.</summary>
    Truncated,

    /// <summary>The server reported a failure in the middle of the answer; what came is kept as partial text.</summary>
    StreamError,

    /// <summary>The answer is not what the protocol allows.</summary>
    MalformedResponse,

    /// <summary>The answer holds nothing: no choice, no text, no tool call.</summary>
    EmptyResponse,

    /// <summary>The model declined to answer.</summary>
    Refused,

    /// <summary>A tool changes something, was not approved, and nobody can be asked. Nothing was sent.</summary>
    ToolNotApproved,

    /// <summary>A chat needs somebody to talk with, and nobody is there. Nothing was sent.</summary>
    NotInteractive,

    /// <summary>A tool cannot be offered: a command that does not exist or cannot be described. Nothing was sent.</summary>
    ToolNotUsable,

    /// <summary>The model asked for tools more often, or for longer, than it may.</summary>
    ToolLimit,

    /// <summary>A typed answer does not fit its schema; its text is kept as partial text.</summary>
    SchemaMismatch,

    /// <summary>A spoken answer cannot be saved; the answer itself is not lost.</summary>
    AudioNotSaved,

    /// <summary>A journal cannot be read or written, or another run is writing it.</summary>
    JournalNotUsable,

    /// <summary>A file cannot be written, such as that of an exported conversation.</summary>
    FileNotWritten,

    /// <summary>A recording cannot be read or written.</summary>
    RecordingNotUsable,

    /// <summary>The recording holds no exchange for this request.</summary>
    ReplayMiss,

    /// <summary>A cache cannot be read or written.</summary>
    CacheNotUsable,

    /// <summary>There is no command line whose keys could be set. Nothing was changed.</summary>
    CommandLineNotUsable,
}
