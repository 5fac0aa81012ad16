namespace GptChat.TestServer.Http;

/// <summary>How the client learns where the body ends.</summary>
internal enum Framing
{
    /// <summary>By its length, told in the head.</summary>
    Length,

    /// <summary>By chunks and a terminator.</summary>
    Chunked,

    /// <summary>By the close of the connection.</summary>
    UntilClose,
}
