using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using GptChat.Benchmarks.Hosts;
using GptChat.Benchmarks.Measuring;

namespace GptChat.Benchmarks.Rows;

/// <summary>One plain call over loopback, the first of a process and a later one, through the core and through pwsh.</summary>
internal sealed class CallRows : RowSource
{
    private const string Bare = "bare HttpClient and System.Text.Json";
    private const int Calls = 200;

    private static readonly string RestCall =
        "$body = @{ model = 'm'; messages = @(@{ role = 'user'; content = 'Go on.' }) } | ConvertTo-Json -Depth 5; $null = (Invoke-RestMethod -Method Post -Uri $uri -Body $body -ContentType application/json" + Key.Header + ").choices[0].message.content";

    /// <inheritdoc/>
    public override string Name => "call";

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Row> MeasureAsync(Effort effort)
    {
        using var server = ServerProcess.Start();

        Samples[][] first = await effort.Rounds.RunAsync(isWarm: true, () => FreshAsync("core", server), () => FreshAsync("bare", server));
        yield return new Row("first call of a process, core", Unit.Time, first[0][0]) { Floor = first[1][0], FloorName = Bare };
        yield return new Row("methods compiled for it", Unit.Count, first[0][1]) { Floor = first[1][1], FloorName = Bare };
        yield return new Row("one of the next " + FreshStart.Calls + ", core", Unit.Time, first[0][2]) { Floor = first[1][2], FloorName = Bare };

        GptConnection connection = CoreCall.Connect(server.BaseUri);
        Samples[][] warm = await effort.Rounds.RunWarmAsync(
            () => Meter.RepeatAsync(Calls, () => CoreCall.AskAsync(connection)), () => Meter.RepeatAsync(Calls, () => BareCall.AskAsync(server.BaseUri)));
        yield return new Row("warm call, core", Unit.Time, warm[0][0]) { Floor = warm[1][0], FloorName = Bare, Target = Target.Ratio(1.5) };
        yield return new Row("allocated by it", Unit.Bytes, warm[0][1]) { Floor = warm[1][1], FloorName = Bare };

        using HostedEngine engine = HostedEngine.Start(server.BaseUri);
        string script = "foreach ($i in 1.." + Calls + ") { $null = Invoke-GptChat 'Go on.' }";
        Samples[][] hosted = await effort.Rounds.RunWarmAsync(
            () => Meter.CostAsync(Calls, () => Task.FromResult(engine.Run(script))), () => Meter.RepeatAsync(Calls, () => BareCall.AskAsync(server.BaseUri)));
        yield return new Row("warm call, hosted engine", Unit.Time, hosted[0][0]) { Floor = hosted[1][0], FloorName = Bare };
        yield return new Row("allocated by it", Unit.Bytes, hosted[0][1]) { Floor = hosted[1][1], FloorName = Bare };
        if (Shell.Path is null) yield break;

        Samples[] fresh = await effort.Rounds.RunAsync(
            isWarm: true,
            () => Task.FromResult(Shell.Run(Timed(server, "Connect-GptChat -BaseUri $uri -Model m" + Key.Argument, "$null = Invoke-GptChat 'Go on.'"))[0]),
            () => Task.FromResult(Shell.Run(Timed(server, "$uri = \"$uri/chat/completions\"", RestCall))[0]));
        yield return new Row("first call in a fresh pwsh", Unit.Time, fresh[0]) { Floor = fresh[1], FloorName = "Invoke-RestMethod", Target = Target.Less };

        double[] numbers = Shell.Run(Shell.Connected(server.BaseUri, ByTurns(server, effort.Rounds.Count)));
        yield return new Row("warm call, pwsh", Unit.Time, Every(numbers, 0)) { Floor = Every(numbers, 1), FloorName = "Invoke-RestMethod", Target = Target.Less };
    }

    private static Task<double[]> FreshAsync(string way, ServerProcess server) => Task.FromResult(ChildProcess.Numbers(ChildProcess.Run(ChildProcess.Fresh(FreshStart.Word, way, server.BaseUri.AbsoluteUri))));

    private static string Timed(ServerProcess server, string before, string call) => $$"""
        $uri = '{{server.BaseUri}}'; Import-Module '{{Checkout.Manifest}}'; {{before}}
        $clock = [Diagnostics.Stopwatch]::StartNew(); {{call}}; $clock.Elapsed.TotalMilliseconds
        """;

    private static string ByTurns(ServerProcess server, int rounds) => $$"""
        $uri = '{{server.BaseUri}}/chat/completions'
        function Measure-Ours { $clock = [Diagnostics.Stopwatch]::StartNew(); foreach ($i in 1..50) { $null = Invoke-GptChat 'Go on.' }; $clock.Elapsed.TotalMilliseconds / 50 }
        function Measure-Rest { $clock = [Diagnostics.Stopwatch]::StartNew(); foreach ($i in 1..50) { {{RestCall}} }; $clock.Elapsed.TotalMilliseconds / 50 }
        foreach ($i in 1..3) { $null = Measure-Ours; $null = Measure-Rest }
        foreach ($i in 1..{{rounds}}) { Measure-Ours; Measure-Rest }
        """;

    private static Samples Every(double[] numbers, int first) => new([.. numbers.Where((_, at) => at % 2 == first)]);
}
