using System.Management.Automation;
using GptChat.Completion;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <content>How objects that are piped in are written for the model, as with Invoke-GptChat.</content>
public sealed partial class NewGptMessageCommand
{
    /// <summary>What is sent of piped objects, as Select-Object takes it. If not given: what PowerShell shows by default, else the plain properties.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    public object[]? Property { get; set; }

    /// <summary>How deep objects inside piped objects are sent, 1 to 20; beyond it they become text.</summary>
    [Parameter]
    [ValidateRange(1, 20)]
    [WholeNumberArgument]
    public int Depth { get; set; } = 1;

    /// <summary>How piped objects are written: Json (a line each, the default), Csv (a table), List (a line for each property), Text (what each is in a string).</summary>
    [Parameter]
    [ValidateSet(ObjectFormats.Json, ObjectFormats.Csv, ObjectFormats.List, ObjectFormats.Text)]
    public string InputFormat { get; set; } = ObjectFormats.Json;
}
