using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Benchmarks.Hosts;
using GptChat.Benchmarks.Measuring;
using GptChat.Connections;
using GptChat.Transport;

namespace GptChat.Benchmarks.Rows;

/// <summary>
/// A thousand calls over TLS, as many at once as a bulk call has, from the first connection on: at a server that has HTTP/2, and at
/// one that has not; then one call alone.
/// </summary>
internal sealed class TlsRows : RowSource
{
    private const int Throttle = 32;

    private int _round;

    /// <inheritdoc/>
    public override string Name => "tls";

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Row> MeasureAsync(Effort effort)
    {
        foreach (bool isNew in new[] { true, false })
        {
            string version = isNew ? "HTTP/2" : "HTTP/1.1";
            string bare = "bare HttpClient, " + version;
            using var server = WebServerProcess.Start(isNew);
            int calls = effort.IsQuick ? 200 : 1000;
            string many = calls.ToString("N0", CultureInfo.InvariantCulture) + " calls over TLS, " + Throttle + " at once, " + version + ", core";
            Samples[][] bulk = await effort.Rounds.RunAsync(isWarm: true, () => OursAsync(server, calls), () => BareAsync(server, isNew, calls));
            yield return new Row(many, Unit.Time, bulk[0][0]) { Floor = bulk[1][0], FloorName = bare };
            yield return new Row("allocated by one of them", Unit.Bytes, bulk[0][1].Times(1.0 / calls)) { Floor = bulk[1][1].Times(1.0 / calls), FloorName = bare };
            yield return new Row("connections, and so handshakes", Unit.Count, bulk[0][2]) { Floor = bulk[1][2], FloorName = bare };

            Samples[][] one = await effort.Rounds.RunAsync(isWarm: true, () => OursAsync(server, 1), () => BareAsync(server, isNew, 1));
            yield return new Row("one call over TLS, handshake included, " + version + ", core", Unit.Time, one[0][0]) { Floor = one[1][0], FloorName = bare };

            GptConnection connection = Connect(server);
            using HttpClient client = WebServerProcess.Client(new Version(isNew ? 2 : 1, isNew ? 0 : 1));
            Samples[][] warm = await effort.Rounds.RunWarmAsync(
                () => Meter.RepeatAsync(200, () => CoreCall.AskAsync(connection)), () => Meter.RepeatAsync(200, () => BareCall.AskAsync(client, server.BaseUri, "Go on.")));
            yield return new Row("warm call over TLS, " + version + ", core", Unit.Time, warm[0][0]) { Floor = warm[1][0], FloorName = bare };
        }
    }

    private async Task<double[]> OursAsync(WebServerProcess server, int calls)
    {
        GptConnection connection = Connect(server);
        return await CostAsync(server, calls, () => CoreCall.AskAsync(connection));
    }

    private static async Task<double[]> BareAsync(WebServerProcess server, bool isNew, int calls)
    {
        using HttpClient client = WebServerProcess.Client(new Version(isNew ? 2 : 1, isNew ? 0 : 1));
        return await CostAsync(server, calls, () => BareCall.AskAsync(client, server.BaseUri, "Go on."));
    }

    private static async Task<double[]> CostAsync(WebServerProcess server, int calls, Func<Task<string?>> ask)
    {
        int before = await server.ConnectionsAsync();
        using var gate = new SemaphoreSlim(Throttle);
        double[] cost = await Meter.CostAsync(() => Task.WhenAll(Enumerable.Range(0, calls).Select(async _ =>
        {
            await gate.WaitAsync();
            try
            {
                await ask();
            }
            finally
            {
                gate.Release();
            }
        })));
        return [.. cost, await server.ConnectionsAsync() - before];
    }

    /// <summary>A connection that shares nothing with those before it: a user without a proxy changes nothing else.</summary>
    private GptConnection Connect(WebServerProcess server) => ConnectionFactory.Create(new ConnectionParts
    {
        Provider = GptProvider.Compatible,
        BaseUri = server.BaseUri.AbsoluteUri,
        Http = new HttpSettings { SkipCertificateCheck = true, ProxyUser = "round " + _round++.ToString(CultureInfo.InvariantCulture) },
    });
}
