using System;
using System.Linq;
using System.Management.Automation;
using BenchmarkDotNet.Attributes;
using GptChat.Benchmarks.Hosts;

namespace GptChat.Benchmarks.Micro;

/// <summary>A thousand objects to the JSON of a message, through the engine, since only there they are what users pipe in.</summary>
public class ObjectBenchmark : IDisposable
{
    private readonly HostedEngine _engine = HostedEngine.Start(new Uri("http://127.0.0.1:9/v1"));

    /// <summary>Makes the objects.</summary>
    [GlobalSetup]
    public void Make() => _engine.Set("objects", Enumerable.Range(0, 1000).Select(Entry).ToArray());

    /// <summary>The floor: they go through the pipeline and are dropped.</summary>
    [Benchmark(Baseline = true)]
    public object Pass() => _engine.Run("$null = $objects | ForEach-Object { }");

    /// <summary>They become a message.</summary>
    [Benchmark]
    public object Write() => _engine.Run("$null = $objects | New-GptMessage");

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    private static PSObject Entry(int number)
    {
        var entry = new PSObject();
        entry.Properties.Add(new PSNoteProperty("Id", number));
        entry.Properties.Add(new PSNoteProperty("Name", "service-" + number));
        entry.Properties.Add(new PSNoteProperty("Started", new DateTime(2026, 11, 23, 7, 42, 11, DateTimeKind.Utc)));
        return entry;
    }
}
