using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <content>How objects that are piped in are written for the model.</content>
public sealed partial class InvokeGptChatCommand
{
    /// <summary>
    /// What is sent of piped objects, as Select-Object takes it: names, wildcards, script blocks and hashtables such as @{ Name = 'MB';
    /// Expression = { $_.Length / 1MB } }. If not given: what PowerShell shows by default, else the plain properties. Files are sent as
    /// these properties instead of their content.
    /// </summary>
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

    /// <summary>
    /// How piped objects are written: Json (a line each, the default), Csv (a header, then a row each), List (a line for each property),
    /// Text (what each object is in a string; -Property and -Depth have no say in it).
    /// </summary>
    [Parameter]
    [ValidateSet(ObjectFormats.Json, ObjectFormats.Csv, ObjectFormats.List, ObjectFormats.Text)]
    public string InputFormat { get; set; } = ObjectFormats.Json;

    /// <summary>Files that were given by path: their content is meant, whatever is chosen of objects.</summary>
    private readonly HashSet<FileInfo> _givenFiles = new();

    private FileInfo AsGiven(FileInfo file)
    {
        if (Property is not null) _givenFiles.Add(file);
        return file;
    }

    private void AddPiece(PromptBuilder builder, object? piece)
    {
        if (((piece as PSObject)?.BaseObject ?? piece) is FileInfo file && _givenFiles.Contains(file)) builder.AddFile(file.FullName, file.Name);
        else builder.Add(piece is null ? null : PSObject.AsPSObject(piece));
    }

    private PromptBuilder NewInput() => new(ObjectFormats.Create(InputFormat, new ObjectJson(Property, Depth, WriteVerbose, StopToken, WriteWarning)), WriteVerbose);

    /// <summary>What would be wrong for every object is told before the first is read.</summary>
    private void RequireFormat()
    {
        ObjectFormats.RequireUse(InputFormat, MyInvocation.BoundParameters);
        PropertyChoice.From(Property);
    }
}
