using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GptChat.Content;
using GptChat.Copies;
using GptChat.Wire;

namespace GptChat.Input;

/// <summary>
/// Gathers what is piped in and given by path into messages. Everything between two messages is one user message.
/// </summary>
/// <param name="objects">Writes objects as text.</param>
/// <param name="verbose">Is told what files are taken for.</param>
/// <param name="detail">How closely images are to be looked at; null for the provider's choice.</param>
internal sealed class PromptBuilder(IObjectFormat objects, Action<string> verbose, string? detail = null)
{
    private const string UnnamedBytes = "data";

    // Shorter ones are a few numbers that happen to begin like a file.
    private const int ShortestFile = 32;

    private readonly List<GptMessage> _messages = new();
    private readonly ContentBlocks _blocks = new();
    private readonly List<byte> _bytes = new();
    private bool _isInChunks;

    /// <summary>Whether messages were piped in: then a prompt is the last message, not the head of the first.</summary>
    public bool HasMessages { get; private set; }

    /// <summary>Whether an image, a sound or a file came since the latest message.</summary>
    public bool HasMedia => EndBytes().HasMedia;

    /// <summary>Whether one of those is an image.</summary>
    public bool HasImages => EndBytes().HasImages;

    /// <summary>Whether anything came that holds something: text, an image, a message, a conversation.</summary>
    public bool HasContent => EndBytes().HasContent || HasMessages || Conversation is not null;

    /// <summary>Whether properties of files were asked for, and not their content.</summary>
    public bool TakesFilesAsObjects => objects.Reader.HasChoice;

    /// <summary>The conversation that was piped in; null if none was.</summary>
    public GptConversation? Conversation { get; private set; }

    /// <summary>The files that held nothing, for the error when nothing else came.</summary>
    public List<string> EmptyFiles { get; } = new();

    /// <summary>Takes one item.</summary>
    /// <exception cref="GptChatException">It cannot be sent.</exception>
    public void Add(PSObject? item)
    {
        object? value = Copy.BaseOf(item);

        // A list that comes through the pipe as one item and holds nothing (what Invoke-RestMethod makes of []) is nothing too.
        if (value is null or ICollection { Count: 0 } and not IDictionary) return;
        if (value is GptChunk chunk)
        {
            objects.Break();
            EndBytes();
            AddChunk(chunk);
            return;
        }

        _isInChunks = false;
        if (value is byte one)
        {
            _bytes.Add(one);
            return;
        }

        EndBytes();
        if (AddObject(value, item!)) return;
        objects.Break();
        switch (value)
        {
            case string text:
                _blocks.AddLine(text);
                break;
            case byte[] bytes:
                AddBytes(bytes, UnnamedBytes, UnnamedBytes, isNamed: false);
                break;
            case GptMessage message:
                EndUserMessage();
                _messages.Add(message);
                HasMessages = true;
                break;
            case GptConversation conversation:
                AddConversation(conversation);
                break;
            case GptResponse response:
                _blocks.AddLine(response.Content ?? string.Empty);
                break;
            case FileInfo file:
                AddFile(file.FullName, file.Name);
                break;
            case var _ when ScalarText.TryGet(value, out string? text):
                _blocks.AddLine(text);
                break;
        }
    }

    /// <summary>Takes an item that is neither text nor anything else of its own kind. A file is an object to whoever chooses properties of it.</summary>
    private bool AddObject(object value, PSObject item)
    {
        if (value is string or byte[] or GptMessage or GptConversation or GptResponse) return false;
        if (RefusedInput.Reason(value, item, objects.Reader.HasChoice) is { } refusal) throw refusal;
        if (!objects.Reader.HasChoice && CopiedError.TryGet(item, out string? error))
        {
            objects.Break();
            _blocks.AddLine(error);
            return true;
        }

        bool isOfItsKind = value is FileInfo || ScalarText.TryGet(value, out _);
        if (isOfItsKind && !(value is FileInfo && objects.Reader.HasChoice)) return false;
        string written = objects.Write(item);
        if (objects.IsBlock) _blocks.AddBlock(written, hasContent: true);
        else _blocks.AddLine(written);
        return true;
    }

    /// <summary>Takes a parameter's value, which the engine does not unroll as it does what is piped.</summary>
    public void AddUnrolled(PSObject? value)
    {
        foreach (object? item in Unrolled(value)) Add(item is null ? null : PSObject.AsPSObject(item));
    }

    /// <summary>The items of a parameter's value.</summary>
    public static IEnumerable<object?> Unrolled(PSObject? value) =>
        value?.BaseObject is IEnumerable items and not string and not byte[] and not IDictionary and not System.Xml.XmlNode ? items.Cast<object?>() : new object?[] { value };

    /// <summary>Takes a file: text under its name, an image, a sound or a document as what it is.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="name">The name that the model sees.</param>
    /// <exception cref="GptChatException">It cannot be read or sent.</exception>
    public void AddFile(string path, string name) => AddBytes(InputFile.Read(path), path, name, isNamed: true);

    /// <summary>Takes a file as it is, whatever it is, for providers that read such files.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="name">The name that the model sees.</param>
    /// <exception cref="GptChatException">It cannot be read.</exception>
    public void AddRawFile(string path, string name)
    {
        byte[] bytes = InputFile.Read(path);
        AddMedia(MediaPart.File(bytes, InputFile.TypeOfFile(bytes, name), name), bytes.Length);
    }

    /// <summary>Takes an image, a sound or a file that is a part already.</summary>
    /// <param name="part">The part.</param>
    /// <param name="bytes">How many bytes it brings along.</param>
    public void AddMedia(GptContentPart part, long bytes)
    {
        EndBytes();
        verbose("Taken: " + part);
        _blocks.AddMedia(part, bytes);
    }

    /// <summary>The messages, with a prompt in its place: before the input, or after the messages where there are any.</summary>
    /// <param name="prompt">The prompt; null for none.</param>
    /// <param name="isOneOfMany">Whether others come after it: then one chosen property may be missing here and be there in others.</param>
    /// <exception cref="GptChatException">A chosen property is one of no object.</exception>
    public IReadOnlyList<GptMessage> Build(string? prompt, bool isOneOfMany = false)
    {
        objects.Reader.RequireFound(areAllMissing: isOneOfMany);
        if (prompt is not null && !HasMessages) EndBytes().Head(prompt);
        EndUserMessage();
        if (prompt is not null && HasMessages) _messages.Add(GptMessage.FromText(Roles.User, prompt));
        return _messages;
    }

    /// <summary>All text as one.</summary>
    public string BuildText() => EndBytes().TakeText();

    /// <summary>All of it, for a message of its own; an empty text where nothing came.</summary>
    /// <exception cref="GptChatException">A chosen property is one of no object.</exception>
    public MessageContent BuildContent()
    {
        objects.Reader.RequireFound(areAllMissing: false);
        return EndBytes().Take() ?? new MessageContent(string.Empty);
    }

    private void AddBytes(byte[] bytes, string path, string name, bool isNamed)
    {
        EndBytes();
        if (InputFile.SendableAs(bytes, path) is { } type)
        {
            // A document carries its name along; an image or a sound has no place for one.
            if (isNamed && type.Kind != MediaKind.Document) _blocks.AddBlock(PromptBlock.Head(name, bytes.Length), hasContent: true);
            AddMedia(MediaPart.FromBytes(bytes, type, isNamed ? name : name + "." + type.Extension, detail), bytes.Length);
            return;
        }

        (string text, string encoding) = TextFile.Decode(bytes, path);
        verbose(name + ": " + text.Length + " characters, " + encoding);
        bool hasContent = !string.IsNullOrWhiteSpace(text);
        if (!hasContent) EmptyFiles.Add(name);
        _blocks.AddBlock(isNamed ? PromptBlock.File(name, text, bytes.Length) : text, hasContent);
    }

    /// <summary>
    /// PowerShell takes a byte[] apart that is piped without a comma before it. What begins like an image, a sound or a document is
    /// that; other bytes are numbers.
    /// </summary>
    private ContentBlocks EndBytes()
    {
        if (_bytes.Count == 0) return _blocks;
        byte[] bytes = _bytes.ToArray();
        _bytes.Clear();
        if (bytes.Length >= ShortestFile && MediaType.Of(bytes) is not null) AddBytes(bytes, UnnamedBytes, UnnamedBytes, isNamed: false);
        else Array.ForEach(bytes, number => _blocks.AddLine(number.ToString(CultureInfo.InvariantCulture)));
        return _blocks;
    }

    /// <summary>The pieces of a streamed answer are one text, not lines. Of several answers the first is meant, as in a reply.</summary>
    private void AddChunk(GptChunk chunk)
    {
        if (chunk.Text.Length == 0 || chunk.Index != 0) return;
        if (_isInChunks) _blocks.AddPiece(chunk.Text);
        else _blocks.AddLine(chunk.Text);
        _isInChunks = true;
    }

    private void AddConversation(GptConversation conversation)
    {
        if (Conversation is not null)
        {
            throw new GptChatException(GptErrorKind.InvalidInput, "A second conversation came through the pipeline")
            {
                Hint = "One request continues one conversation: pipe them one by one, with ForEach-Object.",
                Target = conversation,
            };
        }

        Conversation = conversation;
    }

    private void EndUserMessage()
    {
        if (EndBytes().Take() is { } content) _messages.Add(new GptMessage { Role = Roles.User, Body = content });
    }
}
