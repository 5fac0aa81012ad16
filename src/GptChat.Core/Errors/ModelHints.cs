using System;
using System.Text.RegularExpressions;

namespace GptChat.Errors;

/// <summary>What to do about a model that a provider does not have, or no longer has.</summary>
internal static class ModelHints
{
    private static readonly Regex GoneWords = new(
        @"\bmodel\b[^;\n]{0,120}\b(?:deprecated|decommissioned|retired|sunset|discontinued|shut down|end[- ]of[- ]life|no longer (?:available|supported|exists|served))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline,
        TimeSpan.FromSeconds(1));

    /// <summary>Whether a provider says that the model was there and is not any more.</summary>
    public static bool IsGone(string message) => GoneWords.IsMatch(message);

    /// <summary>For a name that the provider does not know.</summary>
    public static string Unknown(GptConnection connection) => connection.Provider switch
    {
        GptProvider.Ollama => "Pull it first (ollama pull NAME), or choose another with -Model; Get-GptModel lists what is there.",
        _ => Choose(connection),
    };

    /// <summary>For a model that was taken away.</summary>
    public static string Gone(GptConnection connection) => "The provider has taken this model away. " + Choose(connection) + Default(connection);

    private static string Choose(GptConnection connection) => connection.Provider switch
    {
        GptProvider.Ollama => "Choose another with -Model; Get-GptModel lists what is there, and ollama pull NAME gets more.",
        GptProvider.AzureOpenAI => "On Azure -Model is the name of your deployment; deployments are listed in the Azure portal.",
        GptProvider.Cloudflare or GptProvider.CloudflareGateway => "Choose another with -Model; through Cloudflare a name is author/model, such as openai/gpt-5.1-chat, and the dashboard lists them.",
        _ => "Choose another with -Model; Get-GptModel lists what this key may use.",
    };

    private static string Default(GptConnection connection) => connection.Model is null ? string.Empty : " The default of a connection is set by Connect-GptChat -Model.";
}
