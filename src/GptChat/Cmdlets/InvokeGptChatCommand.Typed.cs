using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Threading;
using GptChat.Completion;
using GptChat.Input;
using GptChat.Redaction;
using GptChat.Spending;
using GptChat.Transport;
using GptChat.Typing;

namespace GptChat.Cmdlets;

/// <content>Answers as objects of a type or a schema.</content>
public sealed partial class InvokeGptChatCommand
{
    private readonly HashSet<(int Item, int Part)> _unusable = new();
    private readonly Dictionary<(int Item, int Part), int> _elements = new();
    private AnswerPlan? _plan;
    private object? _schema;
    private IReadOnlyList<object?> _made = Array.Empty<object?>();
    private GptChunk? _madeOf;

    /// <summary>
    /// The type of the answer: a .NET type, a class or an enum of PowerShell, an array of one; itself or its name. The answer is an
    /// object of it; that to an array comes element by element.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [TypeArgument]
    [ArgumentCompleter(typeof(TypeCompleter))]
    public Type? As { get; set; }

    /// <summary>
    /// The schema of the answer: a JSON schema as text, hashtable or file (*.json), or a short form such as 'name, age int, tags
    /// string[], severity (low|medium|high)?: how bad'. The answer is a custom object, or one for each element of an array.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Schema { get; set; }

    /// <summary>
    /// How the schema is sent: Strict (the provider keeps to it), Loose (it need not), JsonObject (as instructions, beside response_format
    /// json_object) or Prompt (as instructions alone). The answer is checked in any case.
    /// </summary>
    [Parameter]
    public GptSchemaMode SchemaMode { get; set; }

    /// <summary>How often an answer that does not fit is sent back with what is wrong with it, 0 to 10. What that uses is part of the usage.</summary>
    [Parameter]
    [ValidateRange(0, 10)]
    [WholeNumberArgument]
    public int Repair { get; set; }

    /// <summary>Reads what answers must look like, and says what the provider cannot be told of it.</summary>
    private void ReadPlan(PathResolver paths)
    {
        if (AsJob && As is not null && TypeSchema.HasScript(As))
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-AsJob cannot make objects of the class " + TypeShape.NameOf(As) + ": code of PowerShell classes runs in the runspace that defined them, and a job has its own")
            {
                Hint = "Ask with -Schema in the job, and convert what it outputs: [" + TypeShape.NameOf(As) + "] $object. Nothing was sent.",
            };
        }

        _schema = Schema is null ? null : SchemaArgument.Resolved(Schema, paths.Literal);
        if (As is not null) _plan = AnswerPlan.Of(As, SchemaMode, Repair);
        else if (_schema is not null) _plan = AnswerPlan.Of(_schema, SchemaMode, Repair);
        foreach (string remark in _plan?.Schema.Remarks ?? Array.Empty<string>())
        {
            if (Session.TryTell(remark)) WriteWarning(remark);
            else WriteVerbose(remark);
        }
    }

    /// <summary>The messages with the schema as instructions where it is sent so; a schema too may hold what must not leave.</summary>
    private IReadOnlyList<GptMessage> Instructed(IReadOnlyList<GptMessage> messages, RequestRedaction? redaction) =>
        _plan?.Schema.Instruct(messages, redaction is null ? null : text => new Redactor(redaction.Rules, redaction.Vault, StopToken).Redact(text)) ?? messages;

    /// <summary>The answer to a request; a typed one only if it fits.</summary>
    private IAsyncEnumerable<GptChunk> Checked(ChatCall call, CallState state, CancellationToken stop)
    {
        // Held back here, on the pipeline thread, which may wait for others; a repair is asked for elsewhere and cannot.
        Reservation? reservation = Reserve(call);
        MeteredClient client = Client();
        if (_plan is null) return Rounds(client.SendAsync(call, reservation, stop), state, stop);
        return _plan.Answers.SendAsync(call, (one, isRepair) => Rounds(client.SendAsync(one, isRepair ? ReserveNow(one) : reservation, stop), state, stop), () => state.Latest, stop);
    }

    /// <summary>An answer that is already here; a typed one only if it fits.</summary>
    private IAsyncEnumerable<GptChunk> CheckedKnown(IAsyncEnumerable<GptChunk> answer, CancellationToken stop) =>
        _plan is null ? answer : _plan.Answers.CheckAsync(answer, IsStreamed, stop);

    /// <summary>
    /// Makes the objects that a chunk completes, before anything else becomes of it: a class may refuse what fits its schema, and then
    /// the call has failed. The constructors of PowerShell classes need this thread.
    /// </summary>
    private void Make(GptChunk chunk)
    {
        if (_plan is null) return;
        _made = Array.Empty<object?>();
        _madeOf = chunk;
        try
        {
            if (Stream && _plan.Schema.IsList)
            {
                if (chunk.Elements is not { Count: > 0 } elements) return;
                _elements.TryGetValue((chunk.ItemIndex, chunk.Part), out int first);
                _elements[(chunk.ItemIndex, chunk.Part)] = first + elements.Count;
                _made = _plan.Make(elements, first);
            }
            else if (chunk.Answer is { } answer)
            {
                _made = _plan.Make(answer);
            }
        }
        catch (GptChatException failure) when (failure.Kind == GptErrorKind.SchemaMismatch)
        {
            failure.Response = chunk.Response;
            failure.PartialText = chunk.Response?.Content ?? string.Join("\n", (chunk.Elements ?? Array.Empty<JsonElement>()).Select(element => element.GetRawText()));
            throw;
        }
    }

    /// <summary>Makes the objects of a chunk of one of many answers; false where that answer has failed.</summary>
    private bool TryMake(BulkItem item, GptChunk chunk)
    {
        if (_plan is null) return true;
        if (_unusable.Contains((item.Index, item.Part))) return false;
        try
        {
            Make(chunk);
            return true;
        }
        catch (GptChatException failure) when (failure.Kind == GptErrorKind.SchemaMismatch)
        {
            _unusable.Add((item.Index, item.Part));
            _live!.End();
            Fail(item, failure);
            return false;
        }
    }

    /// <summary>Outputs the objects of a chunk; false where answers are text.</summary>
    private bool TryWriteObjects(GptChunk chunk, object? source, int index)
    {
        if (_plan is null) return false;
        if (Live && !PassThru) return true;
        if (!ReferenceEquals(chunk, _madeOf)) return true;
        foreach (object? value in _made) WriteObject(TypedReply.Create(value, chunk, source, index), enumerateCollection: false);
        return true;
    }
}
