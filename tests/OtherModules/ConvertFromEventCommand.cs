using System.Management.Automation;
using System.Net.ServerSentEvents;
using System.IO;
using System.Text;

namespace OtherModules;

/// <summary>Reads the events of a stream with the parser that lies beside this module: that of another release than GptChat's.</summary>
[Cmdlet(VerbsData.ConvertFrom, Noun)]
[OutputType(typeof(string))]
public sealed class ConvertFromEventCommand : PSCmdlet
{
#if NEWER
    private const string Noun = "NewerEvent";
#else
    private const string Noun = "OlderEvent";
#endif

    /// <summary>The stream.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Text { get; set; } = string.Empty;

    /// <summary>Outputs the data of each event, and then which release read them.</summary>
    protected override void ProcessRecord()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Text));
        foreach (SseItem<string> item in SseParser.Create(stream).Enumerate()) WriteObject(item.Data);
        WriteObject("read by " + typeof(SseParser).Assembly.GetName().Version);
    }
}
