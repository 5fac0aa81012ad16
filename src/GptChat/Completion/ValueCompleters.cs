using System.Collections.Generic;
using System.Linq;
using GptChat.Hosting;

namespace GptChat.Completion;

/// <summary>Completes words of the protocol. Other words pass: providers add to the lists, and no list here may block them.</summary>
public abstract class WordCompleter : SessionCompleter
{
    private readonly (string Name, string ToolTip)[] _words;

    private protected WordCompleter(params (string Name, string ToolTip)[] words) => _words = words;

    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(GptSession session) => _words.AsEnumerable();
}

/// <summary>Completes -ToolChoice.</summary>
public sealed class ToolChoiceCompleter() : WordCompleter(
    ("auto", "The model decides"), ("none", "No tool is called"), ("required", "At least one tool is called"));

/// <summary>Completes -ResponseFormat.</summary>
public sealed class ResponseFormatCompleter() : WordCompleter(
    ("text", "Plain text"), ("json_object", "JSON; the prompt must ask for it"));

/// <summary>Completes -Modality.</summary>
public sealed class ModalityCompleter() : WordCompleter(("text", "Written"), ("audio", "Spoken"));

/// <summary>Completes -GatewayPath.</summary>
public sealed class GatewayPathCompleter() : WordCompleter(
    ("compat", "Models of all providers, as provider/model"), ("openai", "OpenAI's own API"), ("workers-ai/v1", "Workers AI"));
