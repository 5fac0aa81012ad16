using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Xml;
using GptChat.Content;
using GptChat.Wire;

namespace GptChat.Input;

/// <summary>Takes one text, or a number or a name that is written as one. Of any other object the engine would send the name of its type.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether what is said is meant, as with a prompt: then lines are joined, and of a file the content is taken.</summary>
    public bool IsContent { get; set; }

    /// <summary>Whether it is a path: then a file or a folder is its own.</summary>
    public bool IsPath { get; set; }

    private string Forms => IsContent ? "It takes text, lines of text or a text file" : IsPath ? "It takes one path" : "It takes one text";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        if (IsContent && plain is IList lines and not byte[]) return string.Join("\n", lines.Cast<object?>().Select(Read));
        return Read(inputData);
    }

    /// <summary>One text; as it was typed where it is a number.</summary>
    private object? Read(object? given) => ((given as PSObject)?.BaseObject ?? given) switch
    {
        null or string => given,
        FileInfo file when IsContent => Content(file),
        GptResponse response when IsContent => response.Content,
        GptMessage message when IsContent && message.Parts.All(part => part.Type == "text") => message.Content,
        XmlNode node when IsContent => node.OuterXml,
        FileSystemInfo item when IsPath => item.FullName,
        bool or SwitchParameter or DictionaryEntry => throw Wrong(given),
        ValueType or Uri or Version or IPAddress => given,
        _ => throw Wrong(given),
    };

    private string Content(FileInfo file)
    {
        try
        {
            return TextFile.Read(file.FullName).Text.TrimEnd('\r', '\n');
        }
        catch (GptChatException failure)
        {
            throw new ArgumentTransformationMetadataException(Forms + "; " + failure.Message, failure);
        }
    }

    private ArgumentTransformationMetadataException Wrong(object? given) =>
        new(Forms + ", not " + (((given as PSObject)?.BaseObject ?? given) is IList ? "a list." : Kind.Of(given) + "."));
}
