using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.Completion;
using GptChat.Conversations;
using GptChat.Files;
using GptChat.Input;
using GptChat.Transport;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Writes a conversation to a file: JSON that Import-GptConversation and other tools read, or Markdown for people.</para>
/// <para type="description">The JSON is the body of a request: the model, what is sent with each turn, and the messages, one on a line. The current conversation is written if none is given. A folder gets a file for each. A file is replaced whole or stays as it was, and a new one can be read by its owner alone.</para>
/// </summary>
/// <output cref="FileInfo">With -PassThru, the file that was written.</output>
[Cmdlet(VerbsData.Export, "GptConversation", SupportsShouldProcess = true, HelpUri = HelpPage.Folder + "Export-GptConversation.md")]
[OutputType(typeof(FileInfo))]
public sealed class ExportGptConversationCommand : GptConversationCmdlet
{
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file, or a folder, in which each conversation gets a file of its name. The ending .md means Markdown.</summary>
    [Parameter(Position = 0)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("PSPath", "LiteralPath", "LP", "FilePath")]
    [ArgumentCompleter(typeof(ConversationFileCompleter))]
    [TextArgument(IsPath = true)]
    public string? Path { get; set; }

    /// <summary>The conversations: names (wildcards are resolved), conversations or replies.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Conversation")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    public PSObject[]? Name { get; set; }

    /// <summary>Json or Markdown. If not given, the file's ending says it: .md and .markdown are Markdown, everything else is JSON.</summary>
    [Parameter]
    [ValidateSet("Json", "Markdown")]
    public string? As { get; set; }

    /// <summary>Leave a file as it is that is there already.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace a file also where it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Output the files.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (string.IsNullOrWhiteSpace(Path)) throw new GptChatException(GptErrorKind.InvalidParameter, "The export needs a file") { Hint = "Export-GptConversation talk.json -Name NAME, or $conversation | Export-GptConversation talk.json." };
        Path = new PathResolver(this).Literal(Path!);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (GptConversation conversation in Resolve(Name)) Try(conversation, () => Export(conversation));
    }

    private void Export(GptConversation conversation)
    {
        string path = Directory.Exists(Path) ? global::System.IO.Path.Combine(Path!, FileName(conversation)) : Path!;
        if (!_written.Add(path)) throw Failed("'" + path + "' was written by this command just now, and a file holds one conversation", "Give a folder: each conversation gets a file of its name.", path);
        if (!ShouldProcess("The conversation " + Label(conversation) + " to '" + path + "'", "Export-GptConversation")) return;
        RequireMayWrite(path);
        bool isMarkdown = As is null ? global::System.IO.Path.GetExtension(path).ToUpperInvariant() is ".MD" or ".MARKDOWN" : As.Equals("Markdown", StringComparison.OrdinalIgnoreCase);
        Wait(Task.Run(() => ConversationFile.Write(path, conversation, isMarkdown, StopToken)));
        WriteVerbose("Written: '" + path + "', " + conversation.Messages.Count + " messages.");
        if (PassThru) WriteObject(new FileInfo(path));
    }

    /// <summary>A stop does not wait for a slow disk: what is being written beside the file is left by itself, and removed.</summary>
    private void Wait(Task writing)
    {
        writing.Leave();
        Task.WaitAny(new[] { writing }, StopToken);
        writing.GetAwaiter().GetResult();
    }

    private void RequireMayWrite(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return;
        if (NoClobber) throw Failed("'" + path + "' is there already", "Choose another name, or leave -NoClobber out. The file is as it was.", path);
        if (!file.IsReadOnly) return;
        if (!Force) throw Failed("'" + path + "' is read-only", "Use -Force to replace it. The file is as it was.", path);
        file.IsReadOnly = false;
    }

    private string FileName(GptConversation conversation)
    {
        if (conversation.Name is not { } name) throw Failed("The conversation has no name, which its file in a folder would get", "Give the path of a file, or a name: Copy-GptConversation -NewName NAME.", conversation);
        return FileNames.Of(name) + (As is not null && As.Equals("Markdown", StringComparison.OrdinalIgnoreCase) ? ".md" : ".json");
    }

    private static GptChatException Failed(string message, string hint, object target) => new(GptErrorKind.FileNotWritten, message) { Hint = hint, Target = target };
}
