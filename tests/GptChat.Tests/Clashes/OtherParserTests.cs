using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Clashes;

/// <summary>
/// Modules that bring another release of the parser of events, before this one and after it, on a runtime without one of its own and on
/// the machine's: both go on working.
/// </summary>
public sealed class OtherParserTests(ReducedRuntime runtime) : IClassFixture<ReducedRuntime>, IAsyncLifetime
{
    private const string Answer = "An answer in pieces.";
    private const string Versions =
        "foreach ($one in [AppDomain]::CurrentDomain.GetAssemblies()) { if ($one.GetName().Name -eq 'System.Net.ServerSentEvents') { 'loaded ' + $one.GetName().Version } }";

    private ChatServer? _server;

    public static TheoryData<string, bool> Orders => new() { { "Older", true }, { "Older", false }, { "Newer", true }, { "Newer", false } };

    private ChatServer Server => _server!;

    private static string Ask => "(Invoke-GptChat hello -Stream) -join ''";

    private string Import => $"Import-Module '{Repository.Manifest}'; Connect-GptChat -BaseUri '{Server.BaseUri.AbsoluteUri}' -Model m";

    public async Task InitializeAsync()
    {
        _server = await ChatServer.StartAsync();
        _server.Default = Reply.AsAsked(Answer);
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    [UnixTheory]
    [MemberData(nameof(Orders))]
    public async Task Where_each_brings_its_own_both_work(string release, bool comesFirst)
    {
        string theirs = VersionOf(Path.Combine(Path.GetDirectoryName(Manifest(release))!, ReducedRuntime.Missing));
        string ours = VersionOf(Path.Combine(Repository.Root, "bin", "net8.0", ReducedRuntime.Missing));
        Assert.Equal(release == "Older", Version.Parse(theirs) < Version.Parse(ours));

        string[] output = await EngineProcess.RunAsync(Script(release, comesFirst), runtime.Path);
        Assert.Equal(Expected(comesFirst, theirs), output.Where(line => !line.StartsWith("loaded", StringComparison.Ordinal)));

        // Of each one, and no third.
        Assert.Equal(new[] { "loaded " + theirs, "loaded " + ours }.Order(), output.Where(line => line.StartsWith("loaded", StringComparison.Ordinal)).Order());
        Assert.All(Server.Requests, request => Assert.True(request.Json.GetProperty("stream").GetBoolean()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_runtime_brings_it_both_use_that(bool comesFirst)
    {
        string[] output = await EngineProcess.RunAsync(Script("Older", comesFirst));
        string common = VersionOf(Path.Combine(ReducedRuntime.Files, ReducedRuntime.Missing));
        Assert.Equal([.. Expected(comesFirst, common), "loaded " + common], output);
    }

    /// <summary>Nothing tells a handler of this runtime who asks, and it takes any version as the answer: so there is none.</summary>
    [UnixFact]
    public async Task What_is_ours_is_given_to_nobody()
    {
        string name = AssemblyName.GetAssemblyName(Path.Combine(Repository.Root, "bin", "net8.0", ReducedRuntime.Missing)).FullName;
        string[] output = await EngineProcess.RunAsync(
            $"{Import}; {Ask}; try {{ [Reflection.Assembly]::Load('{name}').Location }} catch {{ $_.Exception.InnerException.GetType().Name }}", runtime.Path);
        Assert.Equal([Answer, nameof(FileNotFoundException)], output);
    }

    private string Script(string release, bool comesFirst)
    {
        string read = $"ConvertFrom-{release}Event \"data: one`n`ndata: two`n`n\"";
        string theirs = $"Import-Module '{Manifest(release)}'; {read}";
        string ours = $"{Import}; {Ask}";
        return string.Join("; ", comesFirst ? [theirs, ours, read, Ask, Versions] : [ours, theirs, Ask, read, Versions]);
    }

    private static string[] Expected(bool comesFirst, string version)
    {
        string[] read = ["one", "two", "read by " + version];
        return comesFirst ? [.. read, Answer, .. read, Answer] : [Answer, .. read, Answer, .. read];
    }

    private static string Manifest(string release) => Repository.OtherModule(release + "Events");

    private static string VersionOf(string file) => AssemblyName.GetAssemblyName(file).Version!.ToString();
}
