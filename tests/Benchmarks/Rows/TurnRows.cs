using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using GptChat.Benchmarks.Hosts;
using GptChat.Benchmarks.Measuring;

namespace GptChat.Benchmarks.Rows;

/// <summary>A long conversation: the floor is the loop that everybody writes, a list whose whole is serialised each turn.</summary>
internal sealed class TurnRows : RowSource
{
    private const string Scripted = "ConvertTo-Json of the whole list each turn, pwsh";

    /// <inheritdoc/>
    public override string Name => "turns";

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Row> MeasureAsync(Effort effort)
    {
        int turns = effort.IsQuick ? 200 : 800;
        string work = turns.ToString(CultureInfo.InvariantCulture) + " turns";
        Samples[][] made = await effort.Rounds.RunAsync(
            isWarm: true, () => Task.FromResult(Meter.Cost(() => TurnRequests.Share(turns))), () => Task.FromResult(Meter.Cost(() => TurnRequests.Rebuild(turns))));
        yield return new Row("making the requests of " + work + ", core", Unit.Time, made[0][0]) { Floor = made[1][0], FloorName = "System.Text.Json of the whole list each turn" };
        yield return new Row("allocated by it", Unit.Bytes, made[0][1]) { Floor = made[1][1], FloorName = "System.Text.Json of the whole list each turn" };

        using var server = ServerProcess.Start();
        if (Shell.Path is not null)
        {
            // A minute's work for the script: a few rounds say enough.
            Samples[][] shell = await effort.Rounds.AtMost(3).RunAsync(isWarm: false, () => InShellAsync(server, Ours, turns), () => InShellAsync(server, Script, turns));
            yield return new Row("making the requests of " + work, Unit.Time, made[0][0]) { Floor = shell[1][1], FloorName = Scripted, Target = Target.Ratio(1.0 / 50) };
            yield return new Row("allocated by it", Unit.Bytes, made[0][1]) { Floor = shell[1][2], FloorName = Scripted, Target = Target.Ratio(1.0 / 100) };
            yield return new Row(work + " over loopback, pwsh", Unit.Time, shell[0][0]) { Floor = shell[1][0], FloorName = "the same loop with Invoke-RestMethod" };
            yield return new Row("a turn among the last 50, pwsh", Unit.Time, shell[0][2]) { Floor = shell[0][1], FloorName = "a turn among the first 50; the bytes sent differ" };
            yield return new Row("allocated by a turn among the last 50, pwsh", Unit.Bytes, shell[0][4]) { Floor = shell[0][3], FloorName = "a turn among the first 50", Target = Target.Ratio(1.1) };
        }

        yield return new Row("alive after " + work + ", every reply kept", Unit.Bytes, Samples.Of(Kept(server, turns))) { Target = Target.AtMost(Unit.Bytes, 20 * 1024 * 1024) };
    }

    private static Task<double[]> InShellAsync(ServerProcess server, Func<int, string> script, int turns)
    {
        return Task.FromResult(Shell.Run(Shell.Connected(server.BaseUri, "$uri = '" + server.BaseUri + "/chat/completions'; $question = '" + TurnRequests.Text + "'\n" + script(turns))));
    }

    private static string Ours(int turns) => $$"""
        $null = Invoke-GptChat $question; $null = Invoke-GptChat $question -Continue
        function Measure-Turn($Count) {
            $allocated = [GC]::GetTotalAllocatedBytes($true); $clock = [Diagnostics.Stopwatch]::StartNew()
            for ($i = 0; $i -lt $Count; $i++) { $null = Invoke-GptChat $question -Continue }
            $clock.Elapsed.TotalMilliseconds; ([GC]::GetTotalAllocatedBytes($true) - $allocated)
        }
        $null = Measure-Turn 50; $null = Invoke-GptChat $question
        $first = Measure-Turn 50; $middle = Measure-Turn {{turns - 100}}; $last = Measure-Turn 50
        $first[0] + $middle[0] + $last[0]; $first[0] / 50; $last[0] / 50; $first[1] / 50; $last[1] / 50
        """;

    private static string Script(int turns) => $$"""
        $messages = [Collections.Generic.List[object]]::new(); $making = [Diagnostics.Stopwatch]::new(); [long] $allocated = 0
        $clock = [Diagnostics.Stopwatch]::StartNew()
        for ($i = 0; $i -lt {{turns}}; $i++) {
            $messages.Add(@{ role = 'user'; content = $question })
            $before = [GC]::GetAllocatedBytesForCurrentThread(); $making.Start()
            $body = @{ model = 'm'; messages = $messages } | ConvertTo-Json -Depth 5 -Compress
            $making.Stop(); $allocated += [GC]::GetAllocatedBytesForCurrentThread() - $before
            $answer = Invoke-RestMethod -Method Post -Uri $uri -Body $body -ContentType application/json{{Key.Header}}
            $messages.Add(@{ role = 'assistant'; content = $answer.choices[0].message.content })
        }
        $clock.Elapsed.TotalMilliseconds; $making.Elapsed.TotalMilliseconds; $allocated
        """;

    private static double Kept(ServerProcess server, int turns)
    {
        using HostedEngine engine = HostedEngine.Start(server.BaseUri);
        engine.Run("$null = Invoke-GptChat 'warm'; $null = Invoke-GptChat 'warm' -Continue");
        long before = Meter.Alive();
        engine.Run("$all = @(Invoke-GptChat 'Q'); $all += foreach ($i in 2.." + turns + ") { Invoke-GptChat '" + TurnRequests.Text + "' -Continue }; if ($all.Count -ne " + turns + ") { throw 'Lost a turn.' }");
        return Meter.Alive() - before;
    }
}
