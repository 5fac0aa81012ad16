using System.Collections.Generic;
using System.Linq;
using System.Text;
using GptChat.Wire;

namespace GptChat.Content;

/// <summary>
/// Gathers what one message says. Lines that follow each other are one text, a text file is a block under its name, images,
/// sounds and files are parts of their own; text stays a plain string where there is nothing else.
/// </summary>
internal sealed class ContentBlocks
{
    private readonly List<GptContentPart> _blocks = new();
    private readonly StringBuilder _lines = new();
    private bool _hasLines;
    private long _mediaBytes;
    private int _images;

    /// <summary>Whether anything was added that says something: more than white space.</summary>
    public bool HasContent { get; private set; }

    /// <summary>Whether something beside text was added.</summary>
    public bool HasMedia => _blocks.Exists(block => block.Text is null);

    /// <summary>Whether an image was added.</summary>
    public bool HasImages => _images > 0;

    /// <summary>Adds a line.</summary>
    public void AddLine(string text)
    {
        if (_hasLines) _lines.Append('\n');
        AddPiece(text);
    }

    /// <summary>Goes on with the line that is open.</summary>
    public void AddPiece(string text)
    {
        _lines.Append(text);
        _hasLines = true;
        HasContent |= !string.IsNullOrWhiteSpace(text);
    }

    /// <summary>Adds a text that stands apart from the lines around it.</summary>
    /// <param name="text">The text as the model sees it.</param>
    /// <param name="hasContent">Whether it says something; the fence around an empty file does not.</param>
    public void AddBlock(string text, bool hasContent)
    {
        EndLines();
        _blocks.Add(GptContentPart.FromText(text));
        HasContent |= hasContent;
    }

    /// <summary>Adds an image, sound or file.</summary>
    /// <param name="part">The part.</param>
    /// <param name="bytes">How many bytes of a message it takes; 0 where the provider fetches it.</param>
    /// <exception cref="GptChatException">The message holds more than providers take.</exception>
    public void AddMedia(GptContentPart part, long bytes)
    {
        EndLines();
        _mediaBytes += bytes;
        if (part.Type == PartTypes.Image) _images++;
        InputFile.RequireWithinLimits(_mediaBytes, _images);
        _blocks.Add(part);
        HasContent = true;
    }

    /// <summary>Puts a text before everything else.</summary>
    public void Head(string text)
    {
        EndLines();
        _blocks.Insert(0, GptContentPart.FromText(text));
    }

    /// <summary>What was gathered, as the content of one message; null where nothing was. It starts anew after that.</summary>
    public MessageContent? Take()
    {
        EndLines();
        if (_blocks.Count == 0) return null;
        List<GptContentPart> parts = Joined();
        _blocks.Clear();
        _mediaBytes = 0;
        _images = 0;
        return parts.Count == 1 && parts[0].Text is { } text ? new MessageContent(text) : new MessageContent(parts);
    }

    /// <summary>All text as one; what is not text is left out.</summary>
    public string TakeText()
    {
        MessageContent? content = Take();
        return content is null ? string.Empty : string.Join(PromptBlock.Separator, content.Parts.Where(part => part.Text is not null).Select(part => part.Text));
    }

    /// <summary>The blocks, with texts that follow each other made one.</summary>
    private List<GptContentPart> Joined()
    {
        var parts = new List<GptContentPart>();
        var texts = new List<string>();
        foreach (GptContentPart block in _blocks)
        {
            if (block.Text is not null)
            {
                texts.Add(block.Text);
                continue;
            }

            EndTexts();
            parts.Add(block);
        }

        EndTexts();
        return parts;

        void EndTexts()
        {
            if (texts.Count > 0) parts.Add(GptContentPart.FromText(string.Join(PromptBlock.Separator, texts)));
            texts.Clear();
        }
    }

    private void EndLines()
    {
        if (_hasLines) _blocks.Add(GptContentPart.FromText(_lines.ToString()));
        _lines.Clear();
        _hasLines = false;
    }
}
