using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Hosting;
using GptChat.Input;
using GptChat.Models;
using GptChat.Recording;
using GptChat.Transport;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Lists the models of a connection, where its server lists them.</para>
/// <para type="description">One request is sent; it costs nothing. What it finds completes -Model from then on. Azure OpenAI lists the models of a resource, not its deployments.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "GptModel", HelpUri = HelpPage.Folder + "Get-GptModel.md")]
[OutputType(typeof(GptModel))]
public sealed class GetGptModelCommand : GptQueryCmdlet
{
    /// <summary>Names; wildcards are resolved. All models if not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The name of a connection, or a connection. If not given: the latest one made, or the environment's.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public object? Connection { get; set; }

    /// <summary>How often a request is sent again that failed for a passing reason; 0 turns it off.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    [WholeNumberArgument]
    public int MaximumRetryCount { get; set; } = RetryPolicy.Default.MostRetries;

    /// <summary>Seconds (or a time such as 2m) between tries where the server names no time. If not given: half a second, doubled each time, at most 8.</summary>
    [Parameter]
    [ValidateRange(0.0, TimeLimit.MostSeconds)]
    [NumberArgument(IsSeconds = true)]
    public double RetryIntervalSec { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        GptModel[] models;
        try
        {
            models = Find();
        }
        catch (GptChatException failure)
        {
            ReportFailure(failure, Connection);
            return;
        }

        WriteObject(NamedOutput.Choose(models, model => model.Id, Name, WriteMissing), enumerateCollection: true);
    }

    private GptModel[] Find()
    {
        GptConnection connection = ResolveConnection(Connection);
        if (ReplayOf(connection) is { } recording) throw OnlyRecorded(connection, recording);
        bool isAzure = connection.Provider == GptProvider.AzureOpenAI;
        if (isAzure) WriteWarning("Azure OpenAI lists the models that its resource could serve, not the deployments that exist: -Model takes the name of a deployment.");
        TimeSpan? interval = MyInvocation.BoundParameters.ContainsKey(nameof(RetryIntervalSec)) ? TimeSpan.FromSeconds(RetryIntervalSec) : null;
        var teller = new WaitTeller(this);
        var list = new ModelList(new ChatClient(HttpTransport.Instance), Timeouts, new RetryPolicy(MaximumRetryCount, interval), teller.Notices);
        var models = new List<GptModel>();
        using (var pull = new AsyncPull<GptModel>(list.ReadAsync(connection, StopToken), teller, StopToken))
        {
            while (pull.MoveNext()) models.Add(pull.Current);
        }

        // What Azure lists is no name that a call can use.
        if (!isAzure) models.ForEach(model => Session.RememberModel(model.Id));
        return models.OrderBy(model => model.Id, StringComparer.OrdinalIgnoreCase).ToArray();
    }

    private static GptChatException OnlyRecorded(GptConnection connection, RecordingChoice recording) =>
        new(GptErrorKind.RecordingNotUsable, "The list of models comes from a server, and '" + connection.Name + "' is answered by the recording " + recording.Path + " (" + recording.Source + ")")
        {
            Hint = "Recordings hold chats alone: give the name of a model, or ask a connection without -Replay" + (recording.Source == RecordingVariable.Name ? " and without " + RecordingVariable.Name : string.Empty) + ". Nothing was sent.",
            Target = connection,
        };

    private void WriteMissing(string name) => WriteError(ErrorRecords.From(
        new GptChatException(GptErrorKind.ModelNotFound, "There is no model named '" + name + "' in the list") { Hint = "Get-GptModel shows all; a wildcard finds part of a name." }, name));
}
