using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Management.Automation;
using System;
using GptChat.Completion;
using GptChat.Errors;
using GptChat.Input;
using GptChat.Jobs;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <content>A call that goes on in the background.</content>
public sealed partial class InvokeGptChatCommand
{
    private const int LongestPromptShown = 60;

    // What the calling side has used up, and what is about the call itself rather than about its requests.
    private static readonly HashSet<string> NotOfTheJob = new(StringComparer.OrdinalIgnoreCase)
    {
        nameof(AsJob), nameof(JobName), nameof(Prompt), nameof(InputObject), nameof(Path), nameof(LiteralPath), nameof(Conversation), nameof(Continue), nameof(ExtraHeader),
        nameof(GatewayOption), "WhatIf", "Confirm", "OutVariable", "OutBuffer", "PipelineVariable", "ErrorVariable", "WarningVariable", "InformationVariable",
    };

    private PSDataCollection<object>? _jobInput;
    private JobRun? _run;
    private JobRequest? _jobRequest;

    /// <summary>Output a job at once and do the work in the background. What is piped in is read first.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>With -AsJob, the name of the job.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? JobName { get; set; }

    /// <summary>Before the first input: whether this call gathers for a job, or is what a job runs.</summary>
    private void BeginJob()
    {
        _run = JobRun.Current;
        if (_run is not null)
        {
            _headers = _run.Headers;
            _gatewayOption = _run.GatewayOption;
            _parameters = _run.Parameters;
            return;
        }

        ReadHeaders();

        // Under -WhatIf nothing is started: the requests are shown as they are without -AsJob.
        if (AsJob && !IsWhatIf()) _jobInput = new PSDataCollection<object>();
    }

    /// <summary>
    /// Keeps an item for the job. What may run script is read here, on the thread of the caller's runspace: in the job it would wait
    /// for that runspace, which may wait for the job. Files are left for the job to read, one by one.
    /// </summary>
    private void GatherForJob(BulkItem bulk, object[] items)
    {
        if (_promptScript is null && Property is null && items.All(item => ((item as PSObject)?.BaseObject ?? item) is FileInfo))
        {
            _jobInput!.Add(new JobItem(bulk, null, items, null));
            return;
        }

        try
        {
            _jobInput!.Add(new JobItem(bulk, ReadQuestion(items), Array.Empty<object>(), null));
        }
        catch (GptChatException failure) when (Each && !failure.IsOfAllInput)
        {
            _jobInput!.Add(new JobItem(bulk, null, Array.Empty<object>(), failure));
        }
    }

    /// <summary>In the job: what the caller gathered.</summary>
    private void ProcessJobInput(object input)
    {
        switch (input)
        {
            case JobRequest request:
                _jobRequest = request;
                break;
            case JobItem { Failure: { } failure } item:
                _items++;
                Fail(item.Item, failure);
                break;
            case JobItem { Question: { } question } item:
                _items++;
                Ask(item.Item, question);
                break;
            case JobItem item:
                _items++;
                Ask(item.Item, item.Files);
                break;
            default:
                throw new GptChatException(GptErrorKind.InvalidInput, "A job takes no input of its own");
        }
    }

    private void GatherForJob(GptConversation conversation, IReadOnlyList<GptMessage> messages)
    {
        _destination = ChooseDestination(conversation);
        _parameters = Parameters(_destination, conversation);
        _rules = RulesOf(_destination.Connection, conversation);
        RequireSomethingToRestore(_rules, conversation.Redaction?.Vault);
        _jobInput!.Add(new JobRequest(conversation, messages));
    }

    /// <summary>Starts the job and outputs it.</summary>
    private void StartJob()
    {
        GptConnection connection = _destination!.Connection;
        string what = "Start a job that sends " + (Each ? _items + " requests" : Chunk ? "the input in parts" : "a request") + " to " + connection.Uri.AbsoluteUri;
        if (!ShouldProcess(what, what + "?", "Invoke-GptChat")) return;
        _jobInput!.Complete();
        Runspace runspace = JobRunspace.Open(new JobRun(_destination, _parameters!, _headers, _gatewayOption) { Recording = _recording, Cache = _cache, Items = Each ? _items : null }, Session);
        PowerShell shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddCommand(JobRunspace.Command);
        foreach (KeyValuePair<string, object> given in MyInvocation.BoundParameters)
        {
            if (!NotOfTheJob.Contains(given.Key)) shell.AddParameter(given.Key, AsResolved(given.Key, given.Value));
        }

        if (IsBulk && _prompt is not null) shell.AddParameter(nameof(Prompt), _prompt);
        var job = new GptJob(JobCommand(connection), JobName, connection.Uri.Host, shell, Runspace.DefaultRunspace);
        JobRepository.Add(job);
        job.Start(_jobInput);
        WriteObject(job);
    }

    /// <summary>A path, as the location and the drives of the caller mean it.</summary>
    private object AsResolved(string parameter, object value) => parameter switch
    {
        nameof(Journal) => _journalPath!,
        nameof(AudioPath) => _audioPath!,
        nameof(Schema) => _schema!,
        _ => value,
    };

    /// <summary>The call as far as people need to tell jobs apart. The line that it stands in may hold anything, a key too.</summary>
    private string JobCommand(GptConnection connection)
    {
        string prompt = Shown(_prompt ?? _promptScript?.ToString() ?? string.Empty);
        string line = prompt.IndexOf('\n') is >= 0 and int end ? prompt.Substring(0, end).TrimEnd() : prompt;
        string shown = line.Length > LongestPromptShown ? line.Substring(0, LongestPromptShown) + "…" : line;
        string quoted = _promptScript is null ? "'" + shown.Replace("'", "''") + "'" : "{" + shown + "}";
        return KeyMask.InContent(JobRunspace.Command + (prompt.Length > 0 ? " " + quoted : string.Empty) + (Each ? " -Each" : string.Empty), connection.RevealSecrets());
    }
}
