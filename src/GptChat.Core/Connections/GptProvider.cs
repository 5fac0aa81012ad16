namespace GptChat;

/// <summary>Which service a connection speaks to. It is said, never guessed from a host's name.</summary>
public enum GptProvider
{
    /// <summary>Cloudflare's REST API, through the account's AI gateway. The default model is <c>openai/gpt-5.1-chat</c>.</summary>
    Cloudflare,

    /// <summary>OpenAI itself.</summary>
    OpenAI,

    /// <summary>Azure OpenAI, with its v1 address or, where an API version is given, the classic one; a model's name is that of a deployment.</summary>
    AzureOpenAI,

    /// <summary>Ollama on this or another machine.</summary>
    Ollama,

    /// <summary>Any other server that speaks Chat Completions.</summary>
    Compatible,

    /// <summary>Cloudflare's gateway host, which passes requests on with the provider's own key.</summary>
    CloudflareGateway,

    /// <summary>LM Studio; on this machine at port 1234 unless an address is given.</summary>
    LMStudio,

    /// <summary>The server of llama.cpp; on this machine at port 8080 unless an address is given.</summary>
    LlamaCpp,

    /// <summary>vLLM; on this machine at port 8000 unless an address is given.</summary>
    Vllm,
}
