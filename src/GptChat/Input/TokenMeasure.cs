using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using GptChat.Content;
using GptChat.Conversations;
using GptChat.Prices;
using GptChat.Tokens;

namespace GptChat.Input;

/// <summary>
/// Counts what would become of input in a request. Large files are read through, not into memory; everything else goes the way
/// that it goes when it is sent.
/// </summary>
/// <param name="objects">Writes objects as text.</param>
/// <param name="verbose">Is told what files are taken for.</param>
/// <param name="stop">Fires when the user stops.</param>
internal sealed class TokenMeasure(IObjectFormat objects, Action<string> verbose, CancellationToken stop)
{
    /// <summary>From this length on a file is read through; shorter ones are as quick in memory.</summary>
    private const long LargeFile = 256 * 1024;

    // Gathers what is not a large file.
    private readonly PromptBuilder _builder = new(objects, verbose);
    private TextTokens? _text;

    /// <summary>Takes one item.</summary>
    /// <exception cref="GptChatException">It cannot be sent.</exception>
    public void Add(PSObject? item)
    {
        if (item?.BaseObject is FileInfo file && !_builder.TakesFilesAsObjects) AddFile(file.FullName, file.Name);
        else _builder.Add(item);
    }

    /// <summary>Takes a file.</summary>
    /// <exception cref="GptChatException">It cannot be read or sent.</exception>
    public void AddFile(string path, string name)
    {
        bool isText = !_builder.HasMessages && !_builder.HasMedia && _builder.Conversation is null;
        if (!isText || !IsLarge(path) || LargeTextFile.Open(path, stop) is not { } file)
        {
            _builder.AddFile(path, name);
            return;
        }

        TakeText();
        if (_text is null) _text = new TextTokens(stop);
        else _text.Add(PromptBlock.Separator.AsSpan());
        file.CountInto(_text, name);
    }

    /// <summary>The outcome.</summary>
    /// <param name="model">The model that is counted for.</param>
    /// <param name="price">What it costs and holds; null where not known.</param>
    /// <param name="name">The name of a file.</param>
    /// <param name="source">The item, where one is counted for itself.</param>
    /// <exception cref="GptChatException">Nobody can tell the tokens of what came.</exception>
    public GptTokenCount Result(string? model, GptPrice? price, string? name = null, object? source = null)
    {
        objects.Reader.RequireFound(areAllMissing: source is not null);
        var requests = new RequestTokens(model, price?.ImageTokens, stop);
        bool isKnown = TokenIds.IsKnown(model);
        TokenCount own, whole;
        long characters;
        if (_builder.HasMessages || _builder.HasMedia || _builder.Conversation is not null)
        {
            if (_text is not null) throw LargeBesideMessages();
            IReadOnlyList<GptMessage> history = _builder.Conversation?.Messages ?? MessageHistory.Empty;
            bool isOneMessage = !_builder.HasMessages && _builder.Conversation is null;
            GptMessage[] messages = history.Concat(_builder.Build(null)).ToArray();
            whole = own = requests.Count(messages, null);
            if (isOneMessage) own = new TokenCount(whole.Tokens - requests.Marks, whole.IsExact);
            if (requests.HasUncountable) throw Uncountable();
            characters = messages.Sum(message => (long)(message.Content?.Length ?? 0));
        }
        else
        {
            TakeText();
            own = _text?.End() ?? new TokenCount(0, IsExact: true);
            own = new TokenCount(own.Tokens, own.IsExact && isKnown);

            // Nothing makes no request.
            whole = new TokenCount(own.Tokens == 0 ? 0 : own.Tokens + requests.Marks, own.IsExact);
            characters = _text?.Characters ?? 0;
        }

        return new GptTokenCount
        {
            Tokens = own.Tokens,
            RequestTokens = whole.Tokens,
            Characters = characters,
            IsEstimate = !own.IsExact,
            Cost = price is null ? null : UsageCost.Prompt(whole.Tokens, price),
            Model = model,
            ContextWindow = price?.ContextWindow,
            Name = name,
            Source = source,
        };
    }

    /// <summary>Counts the text that was gathered, so that what follows stands in its place.</summary>
    private void TakeText()
    {
        objects.Break();
        string text = _builder.BuildText();
        if (text.Length == 0) return;
        if (_text is null) _text = new TextTokens(stop);
        else _text.Add(PromptBlock.Separator.AsSpan());
        _text.Add(text.AsSpan());
    }

    private static bool IsLarge(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length >= LargeFile;
    }

    private static GptChatException Uncountable() => new(GptErrorKind.InvalidInput, "Nobody can tell the tokens of sound and documents before they are sent")
    {
        Hint = "Leave them out, or count their text. Usage.PromptTokens of an answer has the number.",
    };

    private static GptChatException LargeBesideMessages() => new(GptErrorKind.InvalidInput, "A large file came before messages or images")
    {
        Hint = "Measure them apart.",
    };
}
