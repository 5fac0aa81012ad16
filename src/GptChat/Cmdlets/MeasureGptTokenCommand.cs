using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Connections;
using GptChat.Hosting;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Counts tokens of text, files, messages and conversations, and what they cost as input.</para>
/// <para type="description">Exact for OpenAI's models of GPT-4o and later (o200k_base). Nothing is sent.</para>
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "GptToken")]
[OutputType(typeof(GptTokenCount))]
public sealed class MeasureGptTokenCommand : GptCmdlet
{
    private TokenMeasure? _all;
    private string? _model;
    private GptPrice? _price;
    private bool _hasInput;

    /// <summary>What is to be counted: text, files, messages, a conversation, replies or any objects, as Invoke-GptChat takes them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Files to count. Wildcards are resolved.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Files to count. The path is taken as it is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>The model. If not given: that of the default connection, else openai/gpt-5.1-chat.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Output a count for each item instead of one for all.</summary>
    [Parameter]
    public SwitchParameter Each { get; set; }

    /// <summary>What counts of piped objects, as Select-Object takes it. If not given: what would be sent.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public object[]? Property { get; set; }

    /// <summary>How deep objects inside piped objects count, 1 to 20.</summary>
    [Parameter]
    [ValidateRange(1, 20)]
    public int Depth { get; set; } = 1;

    /// <summary>How objects are written: Json (a line each, the default), Csv, List or Text, as with Invoke-GptChat.</summary>
    [Parameter]
    [ValidateSet(ObjectFormats.Json, ObjectFormats.Csv, ObjectFormats.List, ObjectFormats.Text)]
    public string InputFormat { get; set; } = ObjectFormats.Json;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        ObjectFormats.RequireUse(InputFormat, MyInvocation.BoundParameters);
        PropertyChoice.From(Property);
        Session.Prices.ReadFile(Environment.GetEnvironmentVariable);
        GptConnection? connection = Model is null ? DefaultConnection() : null;
        _model = Model ?? (connection is null ? ConnectionFactory.CloudflareModel : connection.Model);

        // A model that is named is priced by its name; what a server of one's own calls by that name is not.
        _price = Session.Prices.Find(connection?.Provider ?? GptProvider.OpenAI, _model);
        _all = NewMeasure();
        foreach (string file in new PathResolver(this).Files(Path, LiteralPath)) AddFile(file);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (MyInvocation.ExpectingInput)
        {
            Add(InputObject);
            return;
        }

        if (!MyInvocation.BoundParameters.ContainsKey(nameof(InputObject))) return;
        _hasInput = true;
        foreach (object? item in PromptBuilder.Unrolled(InputObject)) Add(item is null ? null : PSObject.AsPSObject(item));
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (!_hasInput && !MyInvocation.ExpectingInput)
        {
            throw new GptChatException(GptErrorKind.NoInput, "There is nothing to count") { Hint = "Give text, such as Measure-GptToken 'How long is this?', pipe something in, or use -Path." };
        }

        if (!Each) WriteObject(_all!.Result(_model, _price));
    }

    private void AddFile(string path)
    {
        var file = new FileInfo(path);
        _hasInput = true;
        if (Each) WriteCount(PSObject.AsPSObject(file));
        else _all!.AddFile(file.FullName, file.Name);
    }

    private void Add(PSObject? item)
    {
        _hasInput = true;
        if (!Each) _all!.Add(item);
        else if (item is not null) WriteCount(item);
    }

    /// <summary>One item that cannot be counted is an error of its own, and the rest goes on.</summary>
    private void WriteCount(PSObject item)
    {
        GptTokenCount count;
        try
        {
            TokenMeasure measure = NewMeasure();
            measure.Add(item);
            count = measure.Result(_model, _price, (item.BaseObject as FileInfo)?.Name, item.BaseObject is PSCustomObject ? item : item.BaseObject);
        }
        catch (GptChatException failure)
        {
            WriteError(ErrorRecords.From(failure, item));
            return;
        }

        WriteObject(count);
    }

    private TokenMeasure NewMeasure() =>
        new(ObjectFormats.Create(InputFormat, new ObjectJson(Property, Depth, WriteVerbose, StopToken, WriteWarning)), WriteVerbose, StopToken);

    /// <summary>The connection that a call would use. An environment that describes none, or half of one, is no reason not to count.</summary>
    private GptConnection? DefaultConnection()
    {
        try
        {
            return Session.DefaultConnection ?? Session.FromEnvironment();
        }
        catch (GptChatException)
        {
            return null;
        }
    }
}
