using System.IO;
using System.Management.Automation;
using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OtherModules;

/// <summary>Uses the libraries that lie beside this module, and says what came of it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "OlderLibrary")]
[OutputType(typeof(string))]
public sealed class TestOlderLibraryCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("data: a\n\ndata: b\n\n"));
        foreach (SseItem<string> item in SseParser.Create(stream).Enumerate()) WriteObject(item.Data);
        WriteObject("logs " + NullLogger.Instance.IsEnabled(LogLevel.Information));
        WriteObject("logging " + typeof(NullLogger).Assembly.GetName().Version + " of " + typeof(NullLogger).Assembly.Location);
    }
}
