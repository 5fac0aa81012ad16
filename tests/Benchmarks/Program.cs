using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using GptChat.Benchmarks.Hosts;
using GptChat.Benchmarks.Measuring;

const string Usage = """
    One table of what GptChat costs, beside the least that does the same:

        dotnet run -c Release --project tests/Benchmarks [-- table] [ROWS…] [--quick] [--rounds N]

    ROWS are {0}; all of them unless named.
    Parts of the core one by one, with allocations, by BenchmarkDotNet:

        dotnet run -c Release --project tests/Benchmarks -- micro [arguments of BenchmarkDotNet]
    """;

if (args is [FreshStart.Word, { } way, { } server])
{
    await FreshStart.RunAsync(way, server);
    return 0;
}

if (args is [ServerProcess.Word, { } chunks, { } delay])
{
    await ServerProcess.ServeAsync(int.Parse(chunks, CultureInfo.InvariantCulture), int.Parse(delay, CultureInfo.InvariantCulture));
    return 0;
}

if (args is [WebServerProcess.Word, { } version])
{
    await WebServerProcess.ServeAsync(hasHttp2: version == "2");
    return 0;
}

if (args is ["micro", ..])
{
    // In process: a new program for each case would be built from a copy of these projects, and the module's layout does not suit that.
    ManualConfig configuration = ManualConfig.Create(DefaultConfig.Instance)
        .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
        .AddDiagnoser(MemoryDiagnoser.Default);
    BenchmarkSwitcher.FromAssembly(typeof(FreshStart).Assembly).Run(args.Length == 1 ? ["--filter", "*"] : args[1..], configuration);
    return 0;
}

var names = new List<RowSource>();
int? rounds = null;
bool isQuick = false;
for (int i = 0; i < args.Length; i++)
{
    string word = args[i];
    if (i == 0 && word == "table") continue;
    if (word == "--quick") isQuick = true;
    else if (word == "--rounds" && i + 1 < args.Length && int.TryParse(args[++i], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0) rounds = count;
    else if (TableRun.Sources.FirstOrDefault(source => source.Name == word) is { } known) names.Add(known);
    else return Refuse(word);
}

bool isWhole = await TableRun.RunAsync(names.Count == 0 ? TableRun.Sources : names, new Effort(new Rounds(rounds ?? (isQuick ? 1 : TableRun.UsualRounds)), isQuick));
return isWhole ? 0 : 1;

static int Refuse(string word)
{
    bool isQuestion = word is "--help" or "-h" or "-?";
    if (!isQuestion) Console.Error.WriteLine("'" + word + "' is none of the words that are known here, or lacks its number.");
    (isQuestion ? Console.Out : Console.Error).WriteLine(string.Format(CultureInfo.InvariantCulture, Usage, string.Join(", ", TableRun.Sources.Select(source => source.Name))));
    return isQuestion ? 0 : 2;
}
