using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using FsCheck;
using GptChat.Recording;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests.Fuzzing;

/// <summary>A damaged recording replays what is whole in it, or is refused; it never fails otherwise.</summary>
public sealed class MutatedRecordingTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Tokens = ["null", "5", "\"\"", "[]", "{}", "\n", "\"", "\\ud83d", "[5]", "-1e99", "\"ms\":\"x\",", "\"cut\":true,", "true"];

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fuzz(500, Replay = "(20260102,13)")]
    public async Task Only_an_answer_or_the_clients_own_failure_comes_out(DoNotSize<int> seed)
    {
        Random random = new(seed.Item);
        string path = _directory.File("recording.jsonl");
        StringBuilder file = new(Line(Payloads.RoleChunk(), Payloads.ContentChunk("a"), "\"[DONE]\"") + "\n" + Line(Payloads.ContentChunk("b")) + "\n");
        for (int mutations = random.Next(1, 4); mutations > 0; mutations--)
        {
            int at = random.Next(file.Length);
            int length = Math.Min(random.Next(30), file.Length - at);
            if (random.Next(2) == 0) file.Remove(at, length);
            if (random.Next(2) == 0) file.Insert(at, Tokens[random.Next(Tokens.Length)]);
        }

        await File.WriteAllTextAsync(path, file.ToString());
        try
        {
            ReplayTransport replay = ReplayTransport.Load(path);
            for (int i = 0; i < 2; i++) await Outcome.OfAsync(Calls.Send(replay, Calls.Ask(Calls.Connection()))).WaitAsync(Limit);
        }
        catch (GptChatException failure)
        {
            Assert.Equal(GptErrorKind.RecordingNotUsable, failure.Kind);
        }
    }

    private static string Line(params string[] events)
    {
        string all = string.Join(",", Array.ConvertAll(events, data => "{\"ms\":0,\"data\":" + data + "}"));
        string body = Encoding.UTF8.GetString(Calls.Ask(Calls.Connection()).Body.ToArray());
        return "{\"gptchat\":1,\"recorded\":\"2026-01-01T00:00:00Z\",\"request\":{\"uri\":\"u\",\"body\":" + body + "},\"response\":{\"status\":200,\"headers\":{\"content-type\":\"text/event-stream\"},\"events\":[" + all + "]}}";
    }
}
