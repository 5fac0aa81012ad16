using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GptChat.Cmdlets;

namespace GptChat.Chatting.Commands;

/// <summary>Goes on with a conversation from a file, or with one of this session.</summary>
internal sealed class LoadCommand() : ChatCommand("load", "PATH", "go on with a conversation from a file, or with one of this session by its name")
{
    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        if (argument.Length == 0)
        {
            string[] names = talk.Session.Conversations.Select(known => known.Name!).ToArray();
            throw Problem("/load needs a file or the name of a conversation", names.Length == 0 ? "/load talk.json." : "In this session there are: " + string.Join(", ", names) + ".");
        }

        bool mayBeLost = talk.IsUnsaved && talk.Conversation.Name is null && talk.Conversation.Messages.Count > 0;
        if (mayBeLost && !talk.Confirm("This conversation has no name and was not saved. Leave it for good?", "Load another conversation"))
        {
            talk.Screen.Note("/save PATH saves it.");
            return;
        }

        string name = Unquoted(argument);
        GptConversation? loaded = System.IO.File.Exists(talk.Paths.Literal(name)) ? null : talk.Session.FindConversation(name);
        loaded ??= Import(talk, name);
        if (loaded is null) return;
        talk.GoOnWith(loaded);
        talk.Screen.Note("Goes on with " + talk.Describe() + ".");
    }

    /// <inheritdoc/>
    public override IEnumerable<string>? Candidates(ChatTalk talk) => null;

    private static GptConversation? Import(ChatTalk talk, string path)
    {
        string? taken = null;
        var parameters = new Hashtable { ["LiteralPath"] = path };
        IReadOnlyList<object>? read = talk.Run<ImportGptConversationCommand>(parameters, error => (taken = NameTaken(talk, error)) is not null);
        if (taken is null) return read?.OfType<GptConversation>().FirstOrDefault();
        if (!talk.Confirm("Replace the conversation '" + taken + "' of this session by the one from the file?", "There is a conversation of this name"))
        {
            talk.Screen.Note("Both are as they were. /load " + taken + " goes on with that of this session.");
            return null;
        }

        parameters["Force"] = true;
        return talk.Run<ImportGptConversationCommand>(parameters)?.OfType<GptConversation>().FirstOrDefault();
    }

    /// <summary>The name that the file's conversation has and another one of this session too; null where something else failed.</summary>
    private static string? NameTaken(ChatTalk talk, ErrorRecord error) =>
        error.Exception is GptChatException { Kind: GptErrorKind.InvalidParameter, Target: string name } && talk.Session.FindConversation(name) is not null ? name : null;
}
