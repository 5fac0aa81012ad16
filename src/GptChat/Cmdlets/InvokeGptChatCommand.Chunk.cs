using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Tasks;
using System.Threading;
using System;
using GptChat.Chunking;
using GptChat.Completion;
using GptChat.Content;
using GptChat.Context;
using GptChat.Conversations;
using GptChat.Hosting;
using GptChat.Input;
using GptChat.Redaction;
using GptChat.Tokens;
using GptChat.Tools;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <content>Input that is larger than fits: in parts, and one answer about their answers.</content>
public sealed partial class InvokeGptChatCommand
{
    private const int UsualOverlap = 200;
    private const int LeastSharesOfOverlap = 20;

    private readonly PipelineErrands _errands = new();
    private SemaphoreSlim? _places;
    private GptPrice? _price;
    private int _behind;

    /// <summary>Split text that is larger than fits into parts, at sensible borders, and ask about each of them.</summary>
    [Parameter]
    public SwitchParameter Chunk { get; set; }

    /// <summary>With -Chunk, the most tokens of a part, at least 32. If not given: what fits into the model's context.</summary>
    [Parameter]
    [ValidateRange(32, int.MaxValue)]
    [WholeNumberArgument]
    public int? ChunkSize { get; set; }

    /// <summary>With -Chunk, the most tokens that a part repeats of the one before it; at most half of a part. If not given: 200, of short parts a twentieth.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [WholeNumberArgument]
    public int? ChunkOverlap { get; set; }

    /// <summary>With -Chunk, what to ask about the answers: the answer to that is output instead of them.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument(IsContent = true)]
    public string? Combine { get; set; }

    /// <summary>Whether one answer comes of all input: a failure is then that of the call.</summary>
    private bool IsCombinedWhole => Chunk && !Each && Combine is not null;

    /// <summary>Whether no request is under way, but those that wait on this thread to send the results of tools: they end nothing meanwhile.</summary>
    private bool IsIdle => _window is null || (Combine is null ? _window.UnderWay : Volatile.Read(ref _behind)) <= _heldRounds;

    /// <summary>What cannot work is told before anything is read.</summary>
    private void BeginChunks()
    {
        if (!Chunk) return;
        if (_promptScript is not null)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-Prompt is a script block, and with -Chunk the question must be told from the text that is split") { Hint = "Give the question as text, and pipe in what it is about." };
        }

        _price = Session.Prices.Find(_destination!.Connection.Provider, _destination.Model);
        _places = new SemaphoreSlim(ThrottleLimit);
        if (ChunkSize is null && (ContextWindow ?? _price?.ContextWindow) is null)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "How much the model '" + _destination.Model + "' holds is not known") { Hint = "Say how many tokens a part may have: -ChunkSize 4000; or how many the model takes: -ContextWindow NUMBER. Nothing was sent." };
        }

        if (ChunkSize is { } size && ChunkOverlap > size / 2)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-ChunkOverlap is more than half of -ChunkSize") { Hint = "Each part would mostly repeat the one before it: take less overlap or larger parts." };
        }
    }

    /// <summary>The texts of an item, or of all input: each file, and what stands between files.</summary>
    private List<TextUnit> Units(object[] items)
    {
        var units = new List<TextUnit>();
        PromptBuilder? between = null;
        foreach (object item in items)
        {
            if (((item as PSObject)?.BaseObject ?? item) is FileInfo file && IsFileToRead(file))
            {
                EndBetween();
                (string text, string encoding) = TextFile.Read(file.FullName);
                WriteVerbose(file.Name + ": " + text.Length + " characters, " + encoding);
                if (!string.IsNullOrWhiteSpace(text)) units.Add(new TextUnit(file.Name, text, file.Length, item));
                continue;
            }

            between ??= NewInput();
            AddPiece(between, item);
        }

        EndBetween();
        return units.Count > 0 ? units : throw ItemProblem("There is no text to split", "Check what was piped in: a file that is empty, text that is all blanks. Nothing was sent for it.", items);

        void EndBetween()
        {
            if (between is null) return;
            if (between.HasMessages || between.Conversation is not null) throw ItemProblem("-Chunk splits text, and messages came through the pipeline", "Pipe text or files, and give instructions with -System.", items);
            if (between.HasMedia) throw ItemProblem("-Chunk splits text, and an image, a sound or a document came through the pipeline", "Ask about it without -Chunk.", items);
            string text = between.HasContent ? between.BuildText() : string.Empty;
            if (text.Length > 0) units.Add(new TextUnit(null, text, 0, text));
            between = null;
        }
    }

    /// <summary>Whether the content of a file is meant, not the properties that were chosen of it.</summary>
    private bool IsFileToRead(FileInfo file) => Property is null || _givenFiles.Contains(file);

    /// <summary>Asks about all parts of these texts.</summary>
    private void AskInParts(BulkItem bulk, IReadOnlyList<TextUnit> units)
    {
        // Before they are split: of a key that lies in two parts, neither would look like one. All parts share what stands for what,
        // since their answers meet.
        RedactionVault? vault = _rules is null ? null : new RedactionVault();
        if (vault is not null) units = WithoutSecrets(units, vault);
        var parts = new List<(TextUnit Unit, TextPiece Piece, int Index, int Part, int Count)>();
        for (int i = 0; i < units.Count; i++)
        {
            List<TextPiece> pieces = Split(units[i].Text);
            for (int part = 0; part < pieces.Count; part++) parts.Add((units[i], pieces[part], i, part + 1, pieces.Count));
        }

        if (Combine is null)
        {
            foreach ((TextUnit unit, TextPiece piece, int index, int part, int count) in parts)
            {
                BulkItem item = Each ? bulk with { Part = part, PartCount = count } : new BulkItem(unit.Source, index) { Part = part, PartCount = count };
                Ask(item, WithSystem(PartPrompt.Of(_prompt, unit, piece.Of(unit.Text), part, count)), vault);
            }

            return;
        }

        var combined = new CombinedAnswer(Combine, RoomFor(Combine), Tokens, _places!, (prompt, stop) => _errands.DoAsync(() => AnswerBehind(prompt, vault), stop));
        WaitForPlace();
        Enter(bulk with { Restoring = Restoring(vault) }, combined.AnswerAsync(
            parts.Select(each => (PartPrompt.About(each.Unit, each.Part, each.Count), (Func<string>)(() => PartPrompt.Of(_prompt, each.Unit, each.Piece.Of(each.Unit.Text), each.Part, each.Count)))).ToList(),
            _bulkStop!.Token));
    }

    /// <summary>An answer that is not output itself; how many there are under way, the window does not know.</summary>
    private IAsyncEnumerable<GptChunk>? AnswerBehind(string prompt, RedactionVault? vault)
    {
        List<GptMessage> messages = WithSystem(prompt);
        RequestRedaction? redaction = TakeOut(_rules, vault, MessageHistory.Empty, messages, _parameters!);
        if (Compose(_destination!, redaction?.Parameters ?? _parameters!, redaction?.Messages ?? (IReadOnlyList<GptMessage>)messages, _teller!.Notices, redaction) is not { } call) return null;
        var state = new CallState(_destination!, redaction?.Parameters ?? _parameters!, _teller!.Notices, redaction, new ToolExchange(redaction?.Messages ?? (IReadOnlyList<GptMessage>)messages));
        IAsyncEnumerable<GptChunk> answer = Answer(call, state);
        Interlocked.Increment(ref _behind);
        return CountedAsync(answer, redaction, _bulkStop!.Token);
    }

    private async IAsyncEnumerable<GptChunk> CountedAsync(IAsyncEnumerable<GptChunk> answer, RequestRedaction? redaction, [EnumeratorCancellation] CancellationToken stop)
    {
        try
        {
            await foreach (GptChunk chunk in answer.WithCancellation(stop).ConfigureAwait(false))
            {
                if (redaction is not null && chunk.Response is { } response) response.Redactions = redaction.Report;
                yield return chunk;
            }
        }
        finally
        {
            // Who waits for money that this one held back looks again.
            Interlocked.Decrement(ref _behind);
            _errands.Wake();
        }
    }

    /// <summary>The texts without what must not leave; what stands for what is then known for all requests about them.</summary>
    private List<TextUnit> WithoutSecrets(IReadOnlyList<TextUnit> units, RedactionVault vault) => Stoppable.Run(
        () =>
        {
            var redactor = new Redactor(_rules!, vault, StopToken);
            foreach (string? text in new[] { System, _prompt, Combine }) redactor.Redact(text ?? string.Empty);
            return units.Select(unit => unit with { Text = redactor.Redact(unit.Text) }).ToList();
        },
        StopToken);

    private List<TextPiece> Split(string text)
    {
        // No text has more tokens than bytes: what fits for sure is not counted, and the tokenizer not loaded for it.
        int bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes <= ChunkSize || (ChunkSize is null && bytes <= RoomFor(_prompt, isCounted: false))) return new List<TextPiece> { new(0, 0, text.Length) };
        long size = ChunkSize ?? RoomFor(_prompt);
        if (size < 1)
        {
            throw new GptChatException(GptErrorKind.ContextLengthExceeded, "The prompt leaves no room for a part of the input") { Hint = "Shorten -Prompt and -System, or -MaxCompletionTokens. Nothing was sent." };
        }

        int most = (int)Math.Min(size, int.MaxValue);
        return new TextSplitter(most, ChunkOverlap is { } overlap ? Math.Min(overlap, most / 2) : Math.Min(UsualOverlap, most / LeastSharesOfOverlap), Tokens).Split(text);
    }

    /// <summary>How many tokens of text fit beside a prompt; where the model's context is not known, as many as the user gives a part.</summary>
    private long RoomFor(string? prompt, bool isCounted = true)
    {
        IReadOnlyList<GptMessage> around = WithSystem(prompt ?? string.Empty);
        long tokens = isCounted ? new RequestTokens(_destination!.Model, null, StopToken).Count(around, _parameters).Tokens : RequestBody.Create(_parameters!, around).Length;
        return PromptLimit.Of(ContextWindow, _price, _parameters!)?.OfPart - tokens - PartPrompt.Overhead ?? ChunkSize!.Value;
    }

    private List<GptMessage> WithSystem(string prompt)
    {
        var messages = new List<GptMessage>();
        if (System is not null) messages.Add(GptMessage.FromText(Roles.System, System));
        messages.Add(GptMessage.FromText(Roles.User, prompt));
        return messages;
    }

    private long Tokens(ReadOnlySpan<char> text)
    {
        var counter = new TextTokens(StopToken);
        counter.Add(text);
        return counter.End().Tokens;
    }
}
