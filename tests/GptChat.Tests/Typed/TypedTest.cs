using System.Linq;
using System.Text.Json;
using GptChat.TestServer;

namespace GptChat.Tests.Typed;

/// <summary>A test of typed answers: what was sent as schema, and answers in the shape of the real ones.</summary>
public abstract class TypedTest : ModuleTest
{
    /// <summary>The schema of the only request.</summary>
    private protected JsonElement SentSchema => Request.Json.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema");

    /// <summary>A rule of one's own for members, which no schema can say.</summary>
    private protected const string OnlyB = "class OnlyB : System.Management.Automation.ValidateArgumentsAttribute { [void] Validate([object] $value, [System.Management.Automation.EngineIntrinsics] $engine) { if ($value -ne 'b') { throw 'not b' } } }";

    /// <summary>What the model answers next, in the form that is asked for.</summary>
    private protected void Answer(params string[] answers) => Server.Enqueue([.. answers.Select(Reply.AsAsked)]);
}
