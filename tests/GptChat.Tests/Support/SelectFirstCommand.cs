using System;
using System.Management.Automation;

namespace GptChat.Tests;

/// <summary>
/// Passes one object on and wants no more, the way Select-Object -First does, which a hosted engine lacks. The exception that
/// stops the upstream is the engine's own and not public.
/// </summary>
[Cmdlet(VerbsCommon.Select, "First")]
public sealed class SelectFirstCommand : PSCmdlet
{
    private static readonly Type StopUpstream = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        throw (Exception)Activator.CreateInstance(StopUpstream, this)!;
    }
}
