using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["stop"])
{
    await GptChat.Benchmarks.StopLatency.RunAsync();
    return;
}

if (args is ["each"])
{
    await GptChat.Benchmarks.EachThroughput.RunAsync();
    return;
}

// In process: a new program for each case would be built from a copy of these projects, and the module's layout does not suit that.
ManualConfig configuration = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(GptChat.Benchmarks.StreamBenchmark).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, configuration);
