using System.Management.Automation;

namespace GptChat.Copies;

/// <summary>What GptChat.Types.ps1xml gives PowerShell to write down when it serialises one of the module's objects.</summary>
public static class SerializationData
{
    /// <summary>All of an object as one text; null for what is none of ours.</summary>
    /// <param name="item">The object.</param>
    public static object? Get(PSObject item) => item?.BaseObject switch
    {
        GptMessage message => CopyWriter.Write(message),
        GptConversation conversation => CopyWriter.Write(conversation),
        GptResponse response => CopyWriter.Write(response),
        GptChunk chunk => CopyWriter.Write(chunk),
        GptUsage usage => CopyWriter.Write(usage),
        GptToolCall call => CopyWriter.Write(call),
        _ => null,
    };
}
