using System.Collections.Generic;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <summary>What cmdlets share that look at input without sending it: what comes in, as Invoke-GptChat takes it.</summary>
public abstract class GptInputCmdlet : GptCmdlet
{
    /// <summary>Text, files or any objects, as Invoke-GptChat takes them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Files. Wildcards are resolved.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Files. The path is taken as it is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>What is taken of piped objects, as Select-Object takes it. If not given: those that PowerShell shows by default, else the plain ones.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    public object[]? Property { get; set; }

    /// <summary>How deep objects inside piped objects are taken, 1 to 20; beyond it they become text.</summary>
    [Parameter]
    [ValidateRange(1, 20)]
    [WholeNumberArgument]
    public int Depth { get; set; } = 1;

    /// <summary>How objects are written: Json (a line each, the default), Csv, List or Text, as with Invoke-GptChat.</summary>
    [Parameter]
    [ValidateSet(ObjectFormats.Json, ObjectFormats.Csv, ObjectFormats.List, ObjectFormats.Text)]
    public string InputFormat { get; set; } = ObjectFormats.Json;

    /// <summary>Tells what of these cannot be used, before anything is read.</summary>
    private protected void RequireForm()
    {
        ObjectFormats.RequireUse(InputFormat, MyInvocation.BoundParameters);
        PropertyChoice.From(Property);
    }

    /// <summary>Writes objects in the form that is asked for.</summary>
    private protected IObjectFormat NewFormat() => ObjectFormats.Create(InputFormat, new ObjectJson(Property, Depth, WriteVerbose, StopToken, WriteWarning));

    /// <summary>The files that are given by their paths.</summary>
    private protected IEnumerable<string> GivenFiles() => new PathResolver(this).Files(Path, LiteralPath);
}
