using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using GptChat.Benchmarks.Hosts;
using GptChat.Benchmarks.Measuring;
using GptChat.Transport;

namespace GptChat.Benchmarks.Rows;

/// <summary>Streamed answers of many lengths: the floors read the same bytes, and parse the same events.</summary>
internal sealed class StreamRows : RowSource
{
    private const string Read = "the same bytes read by a bare HttpClient";
    private const string Parsed = "SseParser alone, data not looked into";
    private const string Texts = "SseParser and JsonDocument, the text of each chunk";

    /// <inheritdoc/>
    public override string Name => "stream";

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Row> MeasureAsync(Effort effort)
    {
        foreach (int chunks in new[] { 100, 1_000, 10_000, 100_000 })
        {
            if (effort.IsQuick && chunks > 10_000) continue;
            using var server = ServerProcess.Start(chunks);
            ChatCall call = CoreCall.Question(CoreCall.Connect(server.BaseUri), stream: true);
            byte[] request = call.Body.ToArray();
            using HostedEngine engine = HostedEngine.Start(server.BaseUri);

            // A short stream is read several times, so that the clock's steps do not count.
            int times = Math.Max(1, 10_000 / chunks);
            Samples[][] costs = await effort.Rounds.RunAsync(
                isWarm: true,
                () => Meter.RepeatAsync(times, () => CoreCall.StreamAsync(call)),
                () => Meter.RepeatAsync(times, () => BareCall.ReadAsync(server.BaseUri, request)),
                () => Meter.RepeatAsync(times, () => BareCall.ParseAsync(server.BaseUri, request)),
                () => Meter.RepeatAsync(times, () => BareCall.ParseTextAsync(server.BaseUri, request)),
                () => Meter.RepeatAsync(times, () => Task.FromResult(engine.Run("Invoke-GptChat 'Go on.' -Stream > $null"))));
            string work = chunks.ToString("N0", CultureInfo.InvariantCulture) + " chunks";
            Target? wanted = chunks == 10_000 ? Target.Ratio(3) : null;
            yield return new Row("stream of " + work + ", core", Unit.Time, costs[0][0]) { Floor = costs[1][0], FloorName = Read, Target = wanted };
            yield return new Row("stream of " + work + ", core", Unit.Time, costs[0][0]) { Floor = costs[2][0], FloorName = Parsed };
            yield return new Row("stream of " + work + ", hosted engine with -Stream", Unit.Time, costs[4][0]) { Floor = costs[1][0], FloorName = Read };
            Target? lean = chunks == 10_000 ? Target.AtMost(Unit.Bytes, 1024) : null;
            yield return new Row("allocated a chunk of " + work + ", core", Unit.Bytes, costs[0][1].Times(1.0 / chunks)) { Floor = costs[3][1].Times(1.0 / chunks), FloorName = Texts, Target = lean };
            yield return new Row("allocated a chunk of " + work + ", hosted engine", Unit.Bytes, costs[4][1].Times(1.0 / chunks)) { Floor = costs[3][1].Times(1.0 / chunks), FloorName = Texts };
        }
    }
}
