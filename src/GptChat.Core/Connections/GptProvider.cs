namespace GptChat;

/// <summary>Which service a connection speaks to. It is said, never guessed from a host's name.</summary>
public enum GptProvider
{
    /// <summary>Cloudflare's REST API, through the account's AI gateway. The default model is <c>openai/gpt-5.1-chat</c>.</summary>
    Cloudflare,

    /// <summary>OpenAI itself.</summary>
    OpenAI,

    /// <summary>Azure OpenAI with its v1 address; a model's name is that of a deployment.</summary>
    AzureOpenAI,

    /// <summary>Ollama on this or another machine.</summary>
    Ollama,

    /// <summary>Any other server that speaks Chat Completions: llama.cpp, vLLM, LM Studio, gateways.</summary>
    Compatible,
}
