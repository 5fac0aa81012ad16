using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;

namespace GptChat.Benchmarks;

/// <summary>
/// A thousand items at a server that takes 50 ms for each, 32 at once, through a real engine: beside the ideal, and beside a bare
/// HttpClient that does the same. Then ten thousand that are answered at once, for the cost of an item and the memory it leaves.
/// </summary>
internal static class EachThroughput
{
    private const int Rounds = 5;
    private const int Items = 1000;
    private const int Throttle = 32;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    /// <summary>Measures and prints a line for each case.</summary>
    public static async Task RunAsync()
    {
        ThreadPool.SetMinThreads(64, 64);
        await using ChatServer server = await ChatServer.StartAsync();
        using Runspace runspace = Open(server);
        double ideal = Math.Ceiling((double)Items / Throttle) * Delay.TotalMilliseconds;

        server.Default = Reply.Completion("An answer.").DelayHeaders(Delay);
        await RoundsAsync(() => Task.FromResult(Each(runspace, Items)), () => BareAsync(server, Items), string.Format(CultureInfo.InvariantCulture, "{0} items of 50 ms, {1} at once (ideal {2:0} ms)", Items, Throttle, ideal), ideal);

        server.Default = Reply.Completion("An answer.");
        await RoundsAsync(() => Task.FromResult(Each(runspace, 10 * Items)), () => BareAsync(server, 10 * Items), "10,000 items answered at once", null);

        // The server's own list of requests is not what is measured.
        server.Clear();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Each(runspace, 10 * Items);
        server.Clear();
        Console.WriteLine("left in memory by 10,000 items, output dropped: {0:N0} bytes", GC.GetTotalMemory(forceFullCollection: true) - before);
    }

    private static async Task RoundsAsync(Func<Task<double>> ours, Func<Task<double>> floor, string name, double? ideal)
    {
        await ours();
        await floor();
        List<double> own = [];
        List<double> bare = [];
        for (int i = 0; i < Rounds; i++)
        {
            own.Add(await ours());
            bare.Add(await floor());
        }

        string ratio = ideal is double best ? string.Format(CultureInfo.InvariantCulture, ", {0:0.00} of the ideal", Median(own) / best) : string.Empty;
        Console.WriteLine("{0}: ours {1}; bare HttpClient {2}{3}", name, Show(own), Show(bare), ratio);
    }

    private static double Each(Runspace runspace, int items)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript("$i = 0; $wrong = 0; 1.." + items + " | Invoke-GptChat 'Q' -Each -ThrottleLimit " + Throttle + " | ForEach-Object { if ($_.Index -ne $i++) { $wrong++ } }; \"$i $wrong\"");
        var clock = Stopwatch.StartNew();
        Collection<PSObject> output = shell.Invoke();
        clock.Stop();
        if (output.Count != 1 || output[0].ToString() != items + " 0") throw new InvalidOperationException("Lost or out of order: " + string.Join(", ", output.Concat<object>(shell.Streams.Error)));
        return clock.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> BareAsync(ChatServer server, int items)
    {
        using var client = new HttpClient();
        using var gate = new SemaphoreSlim(Throttle);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, items).Select(async item =>
        {
            await gate.WaitAsync();
            try
            {
                using var content = new StringContent("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Q\\n\\n" + item + "\"}]}", Encoding.UTF8, "application/json");
                using HttpResponseMessage response = await client.PostAsync(new Uri(server.BaseUri + "/chat/completions"), content);
                using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
                _ = document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
            }
            finally
            {
                gate.Release();
            }
        }));
        return clock.Elapsed.TotalMilliseconds;
    }

    private static Runspace Open(ChatServer server)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Path.Combine(Root(), "GptChat.psd1")]);
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript("Connect-GptChat -BaseUri $args[0] -Model m").AddArgument(server.BaseUri.AbsoluteUri).Invoke();
        return runspace;
    }

    private static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "GptChat.psd1"))) at = at.Parent;
        return at?.FullName ?? throw new FileNotFoundException("No folder above the benchmarks holds GptChat.psd1.");
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static string Show(List<double> times) =>
        string.Format(CultureInfo.InvariantCulture, "{0:0} ms ({1:0} to {2:0})", Median(times), times.Min(), times.Max());
}
