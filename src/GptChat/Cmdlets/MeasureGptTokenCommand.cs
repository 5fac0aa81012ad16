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
[Cmdlet(VerbsDiagnostic.Measure, "GptToken", HelpUri = HelpPage.Folder + "Measure-GptToken.md")]
[OutputType(typeof(GptTokenCount))]
public sealed class MeasureGptTokenCommand : GptInputCmdlet
{
    private TokenMeasure? _all;
    private string? _model;
    private GptPrice? _price;
    private bool _hasInput;

    /// <summary>The model. If not given: that of the default connection, else openai/gpt-5.1-chat.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ModelArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Output a count for each item instead of one for all.</summary>
    [Parameter]
    public SwitchParameter Each { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        RequireForm();
        Session.Prices.ReadFile(Environment.GetEnvironmentVariable);
        GptConnection? connection = Model is null ? DefaultConnection() : null;
        _model = Model ?? (connection is null ? ConnectionFactory.CloudflareModel : connection.Model);

        // A model that is named is priced by its name; what a server of one's own calls by that name is not.
        _price = Session.Prices.Find(connection?.Provider ?? GptProvider.OpenAI, _model);
        _all = NewMeasure();
        foreach (string file in GivenFiles()) AddFile(file);
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

    private TokenMeasure NewMeasure() => new(NewFormat(), WriteVerbose, StopToken);

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
