namespace GptChat.TestServer.Http;

/// <summary>What becomes of a connection once its reply is sent.</summary>
internal enum AfterReply
{
    /// <summary>It takes the next request.</summary>
    KeepAlive,

    /// <summary>It is closed in an orderly way.</summary>
    Close,

    /// <summary>It is reset.</summary>
    Reset,
}
