using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Benchmarks.Hosts;
using GptChat.Benchmarks.Measuring;
using GptChat.TestServer;

namespace GptChat.Benchmarks.Rows;

/// <summary>A stream of 100 MB of which nothing is kept: what is alive on the way may only be the text of the reply.</summary>
internal sealed class MemoryRows : RowSource
{
    private const string Word = " word";
    private const int Looks = 10;

    /// <inheritdoc/>
    public override string Name => "memory";

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Row> MeasureAsync(Effort effort)
    {
        int megabytes = effort.IsQuick ? 10 : 100;
        byte[] events = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Payloads.Event(Payloads.ContentChunk(Word)), 200)));
        int blocks = megabytes * 1024 * 1024 / events.Length;
        await using ChatServer server = await ChatServer.StartAsync();
        using HostedEngine engine = HostedEngine.Start(server.BaseUri);
        engine.Run("Invoke-GptChat 'warm' > $null");
        server.Default = Reply.RawSocket((socket, stop) => SendAsync(socket, events, blocks, stop));

        var watch = new Watch(blocks * 200 / Looks);
        engine.Set("watch", watch);
        watch.Begin();
        engine.Run("Invoke-GptChat 'Go on.' -Stream | ForEach-Object { $watch.See() }");
        string work = string.Format(CultureInfo.InvariantCulture, "a stream of {0} MB, -Stream consumed and dropped", megabytes);
        if (watch.Seen < blocks * 200) throw new InvalidOperationException("Only " + watch.Seen + " chunks came.");
        double text = (double)blocks * 200 * Word.Length * sizeof(char);

        // A builder grows by blocks, and the last look may see what the collector has yet to free; more than half again is held by somebody.
        yield return new Row("most alive in " + work, Unit.Bytes, watch.Alive)
        {
            Floor = Samples.Of(text), FloorName = "the reply's text", Target = new Target("≤ text + 1 MB", (ours, floor) => ours.Most <= floor!.Median + (1024 * 1024)),
        };
    }

    private static async Task SendAsync(Stream socket, byte[] events, int blocks, CancellationToken stop)
    {
        await socket.WriteAsync("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"u8.ToArray(), stop);
        for (int i = 0; i < blocks; i++) await socket.WriteAsync(events, stop);
        await socket.WriteAsync(Encoding.UTF8.GetBytes(Payloads.Event(Payloads.FinishChunk()) + Payloads.Event(Payloads.Done)), stop);
    }

    /// <summary>Looks now and then at what is alive; called by the script for each chunk.</summary>
    public sealed class Watch(int every)
    {
        private readonly List<double> _alive = [];
        private long _before;

        /// <summary>How many chunks there were.</summary>
        public int Seen { get; private set; }

        internal Samples Alive => new(_alive);

        /// <summary>Takes what is alive for what was there already.</summary>
        public void Begin() => _before = Meter.Alive();

        /// <summary>Takes notice of a chunk.</summary>
        public void See()
        {
            if (++Seen % every == 0) _alive.Add(Meter.Alive() - _before);
        }
    }
}
