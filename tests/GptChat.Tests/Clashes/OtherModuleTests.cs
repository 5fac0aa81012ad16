using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Clashes;

/// <summary>
/// Other modules in the same process that bring other releases of what ships, and use them: both work, whoever comes first, and each
/// with its own. Where the runtime has an assembly itself (System.Net.ServerSentEvents from .NET 10 on), all get that one.
/// </summary>
public sealed class OtherModuleTests : ModuleTest
{
    private const string Older = "OlderLibraries";
    private const string Newer = "NewerLibraries";

    private static readonly string ToolServer = Path.ChangeExtension(typeof(ChatServer).Assembly.Location, ".dll");

    [Theory]
    [InlineData(Older, "before")]
    [InlineData(Older, "between")]
    [InlineData(Older, "after")]
    [InlineData(Newer, "before")]
    [InlineData(Newer, "between")]
    [InlineData(Newer, "after")]
    public async Task Both_work_and_each_with_its_own(string other, string when)
    {
        Server.Default = Reply.Stream(["one", " two", " three"]);
        string theirs = "Import-Module '" + Repository.OtherModule(other) + "'; Test-" + other.Replace("Libraries", "Library", StringComparison.Ordinal) + "\n";
        string import = "Import-Module '" + Repository.Manifest + "'; Connect-GptChat -BaseUri '" + Server.BaseUri.AbsoluteUri + "' -Model m\n";
        string ours = $"""
            -join (Invoke-GptChat 'Count.' -Stream)
            (Measure-GptToken 'hello world').Tokens
            "$(New-GptTool -McpServer ('dotnet "{ToolServer}" --mcp') -Name echo)"

            """;
        string script = when switch
        {
            "before" => theirs + import + ours + theirs,
            "between" => import + theirs + ours + theirs,
            _ => import + ours + theirs + ours,
        };
        string[] lines = await EngineProcess.RunAsync(script);
        string[] expectedOurs = ["one two three", "2", "echo"];
        string[] expectedTheirs = Expected(other);
        string[] expected = when == "after" ? [.. expectedOurs, .. expectedTheirs, .. expectedOurs] : [.. expectedTheirs, .. expectedOurs, .. expectedTheirs];
        Assert.Equal(expected, lines);
        Assert.Equal(when == "after" ? 2 : 1, Server.Requests.Count);
    }

    private static string[] Expected(string other)
    {
        string folder = Path.GetDirectoryName(Repository.OtherModule(other))!;
        string logging = string.Format(CultureInfo.InvariantCulture, "logging {0}.0.0.0 of {1}", other == Older ? 6 : 11, Path.Combine(folder, "Microsoft.Extensions.Logging.Abstractions.dll"));
        string[] own = other == Older ? ["a", "b"] : ["1 token by " + Path.Combine(folder, "Microsoft.ML.Tokenizers.dll")];
        return [.. own, "logs False", logging];
    }
}
