using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GptChat.Input;

/// <summary>Takes a session of PowerShell, and says how one is made where the name of a machine is given.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SessionArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        return plain is null or PSSession
            ? inputData
            : throw new ArgumentTransformationMetadataException("It takes one session, not " + Kind.Of(plain) + ". New-PSSession makes one of a machine's name: (New-PSSession -ComputerName NAME); Get-PSSession lists them.");
    }
}
