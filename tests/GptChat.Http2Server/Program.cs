using System;
using System.Globalization;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Http2Server;

/// <summary>Runs a server by itself until standard input ends, then says how many connections and requests it had.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is not ([_, _] or [_, _, "1.1"]) || !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds))
        {
            await Console.Error.WriteLineAsync("usage: GptChat.Http2Server CERTIFICATE.pfx MILLISECONDS [1.1]").ConfigureAwait(false);
            return 2;
        }

        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(await File.ReadAllBytesAsync(args[0]).ConfigureAwait(false), null);
        WebServer server = await WebServer.StartAsync(certificate, new WebServerOptions { HasHttp2 = args.Length == 2 }).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            int aborted = 0;
            server.Respond = async context =>
            {
                using var _ = context.RequestAborted.Register(() => Interlocked.Increment(ref aborted));
                if (milliseconds > 0) await Task.Delay(milliseconds, context.RequestAborted).ConfigureAwait(false);
                await Answers.PlainAsync(context).ConfigureAwait(false);
            };
            await Console.Out.WriteLineAsync(server.BaseUri.AbsoluteUri).ConfigureAwait(false);
            await Console.In.ReadToEndAsync().ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{server.SecuredCount} connections, {server.Protocols.Count} requests, {aborted} aborted").ConfigureAwait(false);
        }

        return 0;
    }
}
