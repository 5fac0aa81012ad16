using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Content;
using GptChat.Conversations;
using GptChat.Copies;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Reads conversations from files and keeps them in this session.</para>
/// <para type="description">It reads what Export-GptConversation writes as JSON, the body of a request to any Chat Completions server, and a bare list of messages. The conversation gets the name that the file says, else that of the file.</para>
/// </summary>
[Cmdlet(VerbsData.Import, "GptConversation", HelpUri = HelpPage.Folder + "Import-GptConversation.md")]
[OutputType(typeof(GptConversation))]
public sealed class ImportGptConversationCommand : GptConversationCmdlet
{
    private int _imported;

    /// <summary>The files; wildcards are resolved. Files of Get-ChildItem are taken as they are.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Alias("FilePath")]
    [ArgumentCompleter(typeof(ConversationFileCompleter))]
    public PSObject[]? Path { get; set; }

    /// <summary>The files; paths are taken as they are.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>The name to give the conversation.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? Name { get; set; }

    /// <summary>Replace the conversation that has the name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string file in Files()) Try(file, () => Import(file));
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (Path is null && LiteralPath is null && !MyInvocation.ExpectingInput) throw new GptChatException(GptErrorKind.InvalidParameter, "The import needs a file") { Hint = "Import-GptConversation talk.json." };
    }

    private List<string> Files()
    {
        var files = new List<string>();
        var resolver = new PathResolver(this);
        foreach (PSObject path in Path ?? [])
        {
            bool isFile = path.BaseObject is FileInfo;
            Try(path, () => files.AddRange(isFile ? resolver.Files(null, [((FileInfo)path.BaseObject).FullName]) : resolver.Files([PathText(path)], null)));
        }

        if (LiteralPath is not null && files.Count == 0) Try(LiteralPath, () => files.AddRange(resolver.Files(null, LiteralPath)));
        return files;
    }

    /// <summary>The path that is meant. A date has a text too, and is none.</summary>
    private static string PathText(PSObject path)
    {
        object? plain = Copy.BaseOf(path);
        if (plain is PSCustomObject && path.Properties["FullName"]?.Value?.ToString() is { Length: > 0 } copied) return copied;
        if (plain is not (null or string or FileSystemInfo or PathInfo))
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-Path takes files and their paths, not " + Kind.Of(plain)) { Hint = "Import-GptConversation talk.json. Nothing was imported.", Target = plain };
        }

        return plain?.ToString() is { } text && text.Trim().Length > 0
            ? text
            : throw new GptChatException(GptErrorKind.InvalidParameter, "The path is empty") { Hint = "Is the variable set? Nothing was imported." };
    }

    private void Import(string file)
    {
        if (Name is not null && _imported > 0) throw new GptChatException(GptErrorKind.InvalidParameter, "-Name is one name, and there are several files") { Hint = "Leave it out: each conversation gets the name of its file.", Target = file };
        (string text, _) = TextFile.Read(file);
        (GptConversation conversation, IReadOnlyList<string> ignored) = ConversationReader.Read(text, file, Name, global::System.IO.Path.GetFileNameWithoutExtension(file));
        Keep(conversation, Force, "Choose another name with -Name");
        _imported++;
        Session.RememberModel(conversation.Model);
        if (ignored.Count > 0) WriteWarning("'" + file + "' also says " + string.Join(", ", ignored) + ", which a conversation does not keep: give it with each call.");
        if (HistoryEdit.Incomplete(conversation.Messages) is { } gap) WriteVerbose("The conversation " + Label(conversation) + " has " + gap + ".");
        WriteObject(conversation);
    }
}
