using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.EdgeCases;

/// <summary>
/// A case of the wire, through Invoke-GptChat and a real socket. After each call the conversation is as it should be and the
/// next call works, whatever the case was.
/// </summary>
public abstract class EdgeCaseTest : ModuleTest
{
    private const string After = "After it.";

    private protected const string Done = "data: [DONE]\n\n";

    /// <summary>Asks once and is answered with the given replies.</summary>
    private protected Call Ask(string mode, params Reply[] replies) => AskWith(mode, string.Empty, replies);

    /// <summary>Asks once, with more parameters.</summary>
    private protected Call AskWith(string mode, string parameters, params Reply[] replies)
    {
        Server.Enqueue(replies);
        int before = Server.Requests.Count;
        bool hadConversation = HasConversation();
        Outcome outcome = Run("$Error.Clear(); try { Invoke-GptChat 'x' " + mode + " " + parameters + " } catch { $_ }");
        var call = new Call(mode, outcome, Server.Requests.Count - before, (int)InvokeOne("$Error.Count").BaseObject);
        Assert.Equal(call.Error is null || hadConversation, HasConversation());
        Works();
        return call;
    }

    /// <summary>An event of one chunk with this delta, as it stands on the wire.</summary>
    private protected static string Delta(string json, string? finishReason = null) => Payloads.Event(Payloads.Chunk(json, finishReason));

    /// <summary>An event with text.</summary>
    private protected static string Text(string text) => Payloads.Event(Payloads.ContentChunk(text));

    /// <summary>The last events of a good stream.</summary>
    private protected static string End => Payloads.Event(Payloads.FinishChunk()) + Done;

    /// <summary>A good stream, which goes in pieces whose ends are not those of its events.</summary>
    private protected static string Good(params string[] texts) => Payloads.Event(Payloads.RoleChunk()) + string.Concat(texts.Select(Text)) + End;

    private bool HasConversation() => Invoke("Get-GptConversation -Current").Count > 0;

    private void Works()
    {
        Reply usual = Server.Default;
        Server.Default = Reply.AsAsked(After);
        Assert.Equal(After, InvokeOne("Invoke-GptChat 'again'").BaseObject);
        Server.Default = usual;
    }
}
