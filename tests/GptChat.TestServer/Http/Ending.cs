namespace GptChat.TestServer.Http;

/// <summary>What the server does instead of finishing a reply.</summary>
internal enum EndingKind
{
    /// <summary>Silence, with the socket open.</summary>
    Hang,

    /// <summary>An orderly close of the connection.</summary>
    Close,

    /// <summary>A reset of the connection.</summary>
    Reset,
}

/// <summary>A deliberate end and its place; without a place it comes before the head of the reply.</summary>
internal sealed record Ending(EndingKind Kind, Offset? At);
