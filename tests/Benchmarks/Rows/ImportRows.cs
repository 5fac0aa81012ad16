using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using GptChat.Benchmarks.Hosts;
using GptChat.Benchmarks.Measuring;

namespace GptChat.Benchmarks.Rows;

/// <summary>Importing the module where it never was; the floor is another binary module, of one command, that ships with pwsh.</summary>
internal sealed class ImportRows : RowSource
{
    private const string Small = "Microsoft.PowerShell.ThreadJob";

    /// <inheritdoc/>
    public override string Name => "import";

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Row> MeasureAsync(Effort effort)
    {
        if (Shell.Path is not null)
        {
            Samples[] shells = await effort.Rounds.RunAsync(isWarm: true, () => FreshAsync("'" + Checkout.Manifest + "'"), () => FreshAsync(Small));
            yield return new Row("Import-Module in a fresh pwsh", Unit.Time, shells[0])
            {
                Floor = shells[1], FloorName = "Import-Module " + Small, Target = Target.AtMost(Unit.Time, 60),
            };
        }

        Samples[] hosted = await effort.Rounds.RunAsync(isWarm: true, HostedAsync);
        yield return new Row("a runspace with the module, engine already running", Unit.Time, hosted[0]);
    }

    private static Task<double> FreshAsync(string module) => Task.FromResult(
        Shell.Run("$clock = [Diagnostics.Stopwatch]::StartNew(); Import-Module " + module + "; $clock.Elapsed.TotalMilliseconds")[0]);

    private static Task<double> HostedAsync()
    {
        var clock = Stopwatch.StartNew();
        HostedEngine.OpenRunspace().Dispose();
        return Task.FromResult(clock.Elapsed.TotalMilliseconds);
    }
}
