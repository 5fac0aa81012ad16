using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System;
using GptChat.Completion;
using GptChat.Conversations;
using GptChat.Hosting;
using GptChat.Input;
using GptChat.Output;
using GptChat.Redaction;
using GptChat.Tools;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <content>One request for each item that comes through the pipeline: reading and asking.</content>
public sealed partial class InvokeGptChatCommand
{
    private readonly List<object> _batch = new();
    private readonly List<GptResponse> _responses = new();
    private CancellationTokenSource? _bulkStop;
    private RequestWindow? _window;
    private WaitTeller? _teller;
    private BulkProgress? _progress;
    private LiveText? _live;
    private Destination? _destination;
    private ChatParameters? _parameters;
    private ScriptBlock? _promptScript;
    private string? _journalPath;
    private Journals.Journal? _journal;
    private RedactionRules? _rules;
    private GptChatException? _common;
    private int _items;

    /// <summary>Send one request for each item of the input instead of one for all. Answers come in the order of the input.</summary>
    [Parameter]
    public SwitchParameter Each { get; set; }

    /// <summary>With -Each, how many requests may be under way at once, 1 to 1024.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    [WholeNumberArgument]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>With -Each, output answers as they come instead of in the order of the input.</summary>
    [Parameter]
    public SwitchParameter AsCompleted { get; set; }

    /// <summary>With -Each, how many items go into one request, 1 to 10000.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    [WholeNumberArgument]
    public int BatchSize { get; set; } = 1;

    /// <summary>
    /// With -Each, a file that keeps each finished answer. Run again with it, what is finished is answered from it and marked
    /// FromJournal; what failed and what is new is sent.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecordingFileCompleter))]
    [TextArgument(IsPath = true)]
    public string? Journal { get; set; }

    /// <inheritdoc/>
    private protected override void Close() => _journal?.Dispose();

    /// <summary>What would be wrong for every item is told before the first is read.</summary>
    private void BeginEach(IEnumerable<string> files)
    {
        if (Each) _promptScript = ((Prompt as PSObject)?.BaseObject ?? Prompt) as ScriptBlock;
        if (_promptScript is null) _prompt = PromptText();
        _destination = ChooseDestination(null);
        _parameters ??= Parameters(_destination.Model, _destination.Connection);
        _rules = RulesOf(_destination.Connection, null);
        RequireSomethingToRestore(_rules, null);
        BeginChunks();
        _bulkStop = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        _window = new RequestWindow(ThrottleLimit, isOrdered: !AsCompleted, keepsPieces: IsStreamed);
        _teller = new WaitTeller(this);
        _progress = new BulkProgress(this);
        _live = new LiveText(this);
        var given = files.ToList();
        if (Each && BatchSize == 1 && !Chunk) _progress.Total = _run?.Items ?? (MyInvocation.ExpectingInput ? null : given.Count + CountGiven());
        foreach (string file in given) AddItem(AsGiven(new FileInfo(file)));
    }

    private void ProcessEach()
    {
        if (MyInvocation.ExpectingInput) AddItem(InputObject);
        else foreach (object? item in PromptBuilder.Unrolled(InputObject)) AddItem(item);
    }

    private void EndEach()
    {
        if (_batch.Count > 0) StartBatch();
        if (_items == 0)
        {
            throw new GptChatException(GptErrorKind.NoInput, Each ? "-Each asks about each item of the input, and there was none" : "-Chunk splits the input, and there was none")
            {
                Hint = "Check what stands before the pipe: a file that is missing, a pattern without a match, a variable that is not set. Nothing was sent.",
            };
        }

        if (_jobInput is not null)
        {
            StartJob();
            return;
        }

        // What failed before it could be asked about is finished too.
        _progress!.Total = _progress.Done + _progress.Failed + _window!.Count;
        EmitAll();
        EndBulk();
    }

    private void AddItem(object? item)
    {
        if (item is null) return;
        _batch.Add(item);
        if (Each && _batch.Count >= BatchSize) StartBatch();
    }

    private void StartBatch()
    {
        // The very object, not a copy: scripts tell answers apart by it.
        object[] items = _batch.ToArray();
        _batch.Clear();
        var bulk = new BulkItem((Each ? BatchSize : items.Length) == 1 ? items[0] : items, _items++);
        if (_jobInput is null) Ask(bulk, items);
        else GatherForJob(bulk, items);
    }

    private void Ask(BulkItem bulk, object[] items)
    {
        Question question;
        try
        {
            question = ReadQuestion(items);
        }
        catch (GptChatException failure) when (Each)
        {
            Fail(bulk, failure);
            Emit();
            return;
        }

        Ask(bulk, question);
    }

    private Question ReadQuestion(object[] items) => Chunk ? new Question(null, Units(items)) : new Question(Messages(items), null);

    private void Ask(BulkItem bulk, Question question)
    {
        if (question.Messages is not null) Ask(bulk, question.Messages);
        else AskInParts(bulk, question.Units!);
    }

    private void Ask(BulkItem bulk, IReadOnlyList<GptMessage> messages, RedactionVault? vault = null)
    {
        WarnOfImages(_destination!.Connection, messages);
        RequestRedaction? redaction;
        try
        {
            redaction = TakeOut(_rules, vault, MessageHistory.Empty, messages, _parameters!);
        }
        catch (GptChatException failure)
        {
            Fail(bulk, failure);
            return;
        }

        if (redaction is not null) bulk = bulk with { Redaction = redaction, Restoring = Restoring(redaction.Vault) };
        if (OrFail(bulk, () => Compose(_destination, redaction?.Parameters ?? _parameters!, redaction?.Messages ?? messages, _teller!.Notices, redaction)) is { } call)
        {
            WaitForPlace();
            var state = new CallState(_destination, redaction?.Parameters ?? _parameters!, _teller!.Notices, redaction, new ToolExchange(redaction?.Messages ?? messages));
            if (OrFail(bulk, () => Answer(call, state)) is { } answer)
            {
                Enter(bulk, answer);
                return;
            }
        }

        Emit();
    }

    /// <summary>What cannot be sent for one item says nothing of the others.</summary>
    private T? OrFail<T>(BulkItem bulk, Func<T?> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (GptChatException failure) when (failure.Kind is GptErrorKind.InvalidInput or GptErrorKind.PriceUnknown or GptErrorKind.BudgetExceeded or GptErrorKind.ContextLengthExceeded)
        {
            Fail(bulk, failure);
            return null;
        }
    }

    private void WaitForPlace()
    {
        while (!_window!.HasPlace) EmitOrWait();
    }

    /// <summary>Lets an answer come.</summary>
    private void Enter(BulkItem bulk, IAsyncEnumerable<GptChunk> answer)
    {
        _window!.Add(bulk, answer);
        Emit();

        // One at a time suits a source that is slow itself: the answer comes before the next item is asked for.
        if (ThrottleLimit == 1) EmitAll();
    }

    /// <summary>The answer to come, or the one that an earlier run had.</summary>
    private IAsyncEnumerable<GptChunk> Answer(ChatCall call, CallState state)
    {
        CancellationToken stop = _bulkStop!.Token;
        if (_journalPath is null) return Checked(call, state, stop);
        _journal ??= Journals.Journal.Open(_journalPath);
        string key = Journals.Journal.KeyOf(call);
        if (_journal.Take(key) is { } known) return CheckedKnown(Journals.Journal.AnswerAsync(known), stop);
        return _journal.KeepAsync(Checked(call, state, stop), key, call, stop);
    }

    private static GptChatException ItemProblem(string message, string hint, object[] items) => new(GptErrorKind.InvalidInput, message) { Hint = hint, Target = items[0] };
}
