using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace GptChat.Tests.Servers;

/// <summary>Exchanges in the way of well-known servers, in the format of -Record; the prompt is the name of the scenario.</summary>
internal static class ServerRecording
{
    public static string Folder { get; } = System.IO.Path.Combine(Repository.Root, "tests", "GptChat.Tests", "Fixtures", "servers");

    public static string Path(string server) => System.IO.Path.Combine(Folder, server + ".jsonl");

    /// <summary>What a recording holds, each as <c>server/scenario</c>.</summary>
    public static IEnumerable<string> Scenarios(string path) => File.ReadLines(path).Select(line =>
    {
        using JsonDocument exchange = JsonDocument.Parse(line);
        return System.IO.Path.GetFileNameWithoutExtension(path) + "/" + exchange.RootElement.GetProperty("request").GetProperty("body").GetProperty("messages")[0].GetProperty("content").GetString();
    });
}
