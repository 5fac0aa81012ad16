namespace GptChat.TestServer;

/// <summary>The members of a completion, plain or streamed, that surround its text.</summary>
public sealed record CompletionShape
{
    /// <summary>The member <c>id</c>.</summary>
    public string Id { get; init; } = "chatcmpl-TestServerAnswer0000000000001";

    /// <summary>The member <c>model</c>: the name behind the one that was asked for.</summary>
    public string Model { get; init; } = "gpt-5.1-chat-latest";

    /// <summary>The member <c>created</c>, in Unix seconds.</summary>
    public long Created { get; init; } = 1_760_000_000;

    /// <summary>The member <c>finish_reason</c> of the only choice.</summary>
    public string FinishReason { get; init; } = "stop";

    /// <summary><c>usage.prompt_tokens</c>.</summary>
    public int PromptTokens { get; init; } = 12;

    /// <summary><c>usage.completion_tokens</c>.</summary>
    public int CompletionTokens { get; init; } = 7;

    /// <summary><c>gatewayMetadata.keySource</c> of a plain completion; without one the member is left out.</summary>
    public string? KeySource { get; init; }
}
