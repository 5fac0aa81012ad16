using System;
using System.Management.Automation;
using System.Threading;

namespace GptChat.Tests;

/// <summary>Passes objects on as a job, remoting or Clixml would: serialised and read again.</summary>
[Cmdlet(VerbsCommunications.Send, "Abroad")]
public sealed class SendAbroadCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>As deep as a job's output is sent.</summary>
    [Parameter]
    public int Depth { get; set; } = 1;

    /// <summary>Read it where the module is not loaded: what arrives is a copy of properties.</summary>
    [Parameter]
    public SwitchParameter Unloaded { get; set; }

    /// <summary>Output what travels.</summary>
    [Parameter]
    public SwitchParameter AsText { get; set; }

    protected override void ProcessRecord()
    {
        string text = PSSerializer.Serialize(InputObject, Depth);
        if (AsText) WriteObject(text);
        else WriteObject(Unloaded ? OnThreadOfItsOwn(() => PSSerializer.Deserialize(text)) : PSSerializer.Deserialize(text));
    }

    /// <summary>A thread without a runspace knows no types of modules.</summary>
    private static object OnThreadOfItsOwn(Func<object> read)
    {
        object? result = null;
        var thread = new Thread(() => result = read());
        thread.Start();
        thread.Join();
        return result!;
    }
}
