using System;
using System.Collections.Generic;

namespace GptChat.Chatting;

/// <summary>A command of the chat.</summary>
/// <param name="name">Its name, without the slash.</param>
/// <param name="syntax">What may stand behind it; blank for nothing.</param>
/// <param name="help">What it does, in a line.</param>
internal abstract class ChatCommand(string name, string syntax, string help)
{
    /// <summary>Its name, without the slash.</summary>
    public string Name => name;

    /// <summary>How it is written.</summary>
    public string Usage => syntax.Length == 0 ? "/" + name : "/" + name + " " + syntax;

    /// <summary>What it does, in a line.</summary>
    public string Help => help;

    /// <summary>Whether something may stand behind it.</summary>
    public bool TakesArgument => syntax.Length > 0;

    /// <summary>Does it.</summary>
    /// <param name="talk">The talk.</param>
    /// <param name="argument">What stands behind the name; blank for nothing.</param>
    /// <exception cref="GptChatException">It cannot be done; the message says what can.</exception>
    public abstract void Run(ChatTalk talk, string argument);

    /// <summary>What the argument may be, for Tab; null where it is a path.</summary>
    public virtual IEnumerable<string>? Candidates(ChatTalk talk) => Array.Empty<string>();

    /// <summary>A path without the quotes that people and Tab put around it.</summary>
    protected static string Unquoted(string argument) =>
        argument.Length >= 2 && argument[0] is '"' or '\'' && argument[argument.Length - 1] == argument[0] ? argument.Substring(1, argument.Length - 2) : argument;

    /// <summary>A failure that says what to do instead.</summary>
    protected static GptChatException Problem(string message, string hint) => new(GptErrorKind.InvalidInput, message) { Hint = hint };
}
