using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Security;
using System.Text;
using GptChat.Content;
using GptChat.Wire;

namespace GptChat.Input;

/// <summary>
/// Gathers what is piped in and given by path into messages. Consecutive lines are one block, a file is a block under its
/// name, and all blocks between two messages are one user message.
/// </summary>
internal sealed class PromptBuilder(ObjectJson objects, Action<string> verbose)
{
    private readonly List<GptMessage> _messages = new();
    private readonly List<string> _blocks = new();
    private readonly StringBuilder _lines = new();
    private bool _hasLines;
    private bool _hasText;
    private bool _isInChunks;

    /// <summary>Whether messages were piped in: then a prompt is the last message, not the head of the first.</summary>
    public bool HasMessages { get; private set; }

    /// <summary>Whether anything came that holds something: text, a message, a conversation.</summary>
    public bool HasContent => _hasText || HasMessages || Conversation is not null;

    /// <summary>The conversation that was piped in; null if none was.</summary>
    public GptConversation? Conversation { get; private set; }

    /// <summary>The files that held nothing, for the error when nothing else came.</summary>
    public List<string> EmptyFiles { get; } = new();

    /// <summary>Takes one item.</summary>
    /// <exception cref="GptChatException">It cannot be sent.</exception>
    public void Add(PSObject? item)
    {
        object? value = item?.BaseObject;

        // A list that comes through the pipe as one item and holds nothing (what Invoke-RestMethod makes of []) is nothing too.
        if (value is null or ICollection { Count: 0 } and not IDictionary) return;
        if (value is GptChunk chunk)
        {
            AddChunk(chunk);
            return;
        }

        _isInChunks = false;
        switch (value)
        {
            case string text:
                AddLine(text);
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
                AddLine(response.Content ?? string.Empty);
                break;
            case FileInfo file:
                AddFile(file.FullName, file.Name);
                break;
            case var _ when Refusal(value, item!) is { } refusal:
                throw refusal;
            case var _ when ScalarText.TryGet(value, out string? text):
                AddLine(text);
                break;
            default:
                AddLine(objects.ToLine(item!));
                break;
        }
    }

    /// <summary>Takes a parameter's value, which the engine does not unroll as it does what is piped.</summary>
    public void AddUnrolled(PSObject? value)
    {
        if (value?.BaseObject is IEnumerable items and not string and not IDictionary and not System.Xml.XmlNode)
        {
            foreach (object? item in items) Add(item is null ? null : PSObject.AsPSObject(item));
        }
        else
        {
            Add(value);
        }
    }

    /// <summary>Takes a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="name">The name that the model sees.</param>
    public void AddFile(string path, string name)
    {
        (string text, string encoding) = TextFile.Read(path);
        verbose(name + ": " + text.Length + " characters, " + encoding);
        if (string.IsNullOrWhiteSpace(text)) EmptyFiles.Add(name);
        else _hasText = true;
        EndLines();
        _blocks.Add(PromptBlock.File(name, text));
    }

    /// <summary>The messages, with a prompt in its place: before the input, or after the messages where there are any.</summary>
    public IReadOnlyList<GptMessage> Build(string? prompt)
    {
        EndLines();
        if (prompt is not null && !HasMessages) _blocks.Insert(0, prompt);
        EndUserMessage();
        if (prompt is not null && HasMessages) _messages.Add(GptMessage.FromText(Roles.User, prompt));
        return _messages;
    }

    /// <summary>All text as one, for a message of its own.</summary>
    public string BuildText()
    {
        EndLines();
        return string.Join(PromptBlock.Separator, _blocks);
    }

    private void AddLine(string text)
    {
        if (_hasLines) _lines.Append('\n');
        _lines.Append(text);
        _hasLines = true;
        _hasText |= !string.IsNullOrWhiteSpace(text);
    }

    /// <summary>The pieces of a streamed answer are one text, not lines.</summary>
    private void AddChunk(GptChunk chunk)
    {
        if (chunk.Text.Length == 0) return;
        if (_isInChunks) _lines.Append(chunk.Text);
        else AddLine(chunk.Text);
        _isInChunks = true;
        _hasText |= !string.IsNullOrWhiteSpace(chunk.Text);
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

    private void EndLines()
    {
        if (_hasLines) _blocks.Add(_lines.ToString());
        _lines.Clear();
        _hasLines = false;
    }

    private void EndUserMessage()
    {
        EndLines();
        if (_blocks.Count > 0) _messages.Add(GptMessage.FromText(Roles.User, string.Join(PromptBlock.Separator, _blocks)));
        _blocks.Clear();
    }

    private static GptChatException? Refusal(object value, PSObject item)
    {
        if (value is DirectoryInfo folder)
        {
            return Refuse("'" + folder.Name + "' is a folder, and a folder has no content to send", "Use Get-ChildItem -File, or (Get-ChildItem).Name to send the names.", item);
        }

        if (value is SecureString or PSCredential)
        {
            return Refuse("A " + value.GetType().Name + " is a secret and is never sent", "Leave it out of the input.", null);
        }

        string? type = value.GetType().FullName;
        return type is not null && type.StartsWith("Microsoft.PowerShell.Commands.Internal.Format.", StringComparison.Ordinal)
            ? Refuse("The input is the layout that a Format- cmdlet makes, not data", "Remove Format-Table or Format-List from the pipeline; use Select-Object to choose properties.", null)
            : null;
    }

    private static GptChatException Refuse(string message, string hint, object? target) => new(GptErrorKind.InvalidInput, message) { Hint = hint, Target = target };
}
