using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace GptChat.Tests;

/// <summary>What holds for all tests, before the first of them.</summary>
internal static class TestSetup
{
    /// <summary>The variable that puts a recording before the network.</summary>
    public const string RecordingVariable = "GPTCHAT_RECORDING";

    /// <summary>Every variable that could decide where a request goes.</summary>
    public static readonly string[] Variables =
    [
        "CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_TOKEN", "CLOUDFLARE_GATEWAY_ID", "AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_API_KEY",
        "AZURE_OPENAI_AD_TOKEN", "AZURE_OPENAI_DEPLOYMENT", "OPENAI_API_VERSION", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID",
        "OPENAI_PROJECT_ID", "OLLAMA_HOST",
    ];

    [ModuleInitializer]
    internal static void Prepare()
    {
        // Hosted pipelines block threads; the pool would add new ones only twice a second.
        ThreadPool.SetMinThreads(32, 32);

        // No test may reach a real provider, whoever runs it.
        foreach (string variable in Variables) Environment.SetEnvironmentVariable(variable, null);
        Environment.SetEnvironmentVariable(RecordingVariable, null);
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
    }
}
