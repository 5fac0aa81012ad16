using System;
using System.Collections;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using GptChat.Conversations;
using GptChat.Copies;
using GptChat.Wire;

namespace GptChat.Input;

/// <summary>
/// Reads a message as a parameter takes it: one of ours, text, which is the user's, or role and content in a hashtable or an object.
/// </summary>
internal static class MessageArgument
{
    private const string Hint = "A message looks like @{ role = 'user'; content = 'Hello' }. New-GptMessage makes one of anything.";

    private static readonly string[] KnownRoles = { Roles.System, Roles.Developer, Roles.User, Roles.Assistant, Roles.Tool, Roles.Function };
    private static readonly string[] Members = { "role", "content", "name", "tool_call_id", "tool_calls", "refusal", "audio", "function_call" };
    private static readonly string[] OfAnswers = { "tool_calls", "refusal", "audio", "function_call" };

    /// <summary>The message.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="parameter">The parameter, for errors.</param>
    /// <exception cref="GptChatException">It is none.</exception>
    public static GptMessage Read(object? given, string parameter) => Copy.BaseOf(given) switch
    {
        GptMessage message => message,
        string text when text.Trim().Length > 0 => GptMessage.FromText(Roles.User, text),
        string or null => throw Invalid(parameter + " holds an empty text", "Is the variable set?"),
        GptConversation => throw Invalid(parameter + " holds a conversation", "Give its messages, " + parameter + " $conversation.Messages, or use Copy-GptConversation."),
        var other => NamedValues.Of(given) is { } table
            ? OfTable(table, parameter)
            : throw Invalid(parameter + " takes messages, text and hashtables of role and content, not " + Kind.Of(other), "New-GptMessage makes a message of anything."),
    };

    private static GptMessage OfTable(IDictionary table, string parameter)
    {
        var members = new OrderedDictionary(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table)
        {
            string name = Spelled(entry.Key.ToString() ?? string.Empty);
            if (members.Contains(name)) throw Invalid(parameter + " holds a message that says " + name + " twice", Hint);
            members.Add(name, entry.Value);
        }

        string role = members["role"]?.ToString()?.Trim() ?? string.Empty;
        if (role.Length == 0) throw Invalid(parameter + " holds a message without a role" + Unknown(members), Hint);
        members["role"] = Words.Spelled(role, KnownRoles);
        if (Array.IndexOf(KnownRoles, members["role"]) < 0) throw Invalid(parameter + " holds a message of the role '" + Short(role) + "', which nobody has", "Roles are " + string.Join(", ", KnownRoles) + ".");
        if (members.Contains("content")) members["content"] = Content(members["content"]);
        RequireSomething(members, parameter);
        return MessageElement.Read(ObjectJson.ToElement(members, parameter), "a message", (problem, inner) => Invalid(parameter + " cannot be read: " + problem, Hint, inner));
    }

    /// <summary>What is not said would be sent as nothing: mostly the word for it was mistyped.</summary>
    private static void RequireSomething(OrderedDictionary members, string parameter)
    {
        if (members["content"] is not null and not "" || members["role"] is Roles.Tool or Roles.Function) return;
        bool isAnswer = members["role"] is Roles.Assistant && OfAnswers.Any(name => members[name] is not null);
        if (!isAnswer) throw Invalid(parameter + " holds a message of the role " + members["role"] + " without content" + Unknown(members), Hint);
    }

    /// <summary>Lines of a file are one text, as in the pipeline; a number or a date is its text.</summary>
    private static object? Content(object? value)
    {
        object? plain = (value as PSObject)?.BaseObject ?? value;
        if (plain is null) return null;
        if (ScalarText.TryGet(plain, out string? text)) return text;
        object?[]? lines = (plain as IEnumerable)?.Cast<object?>().Select(line => (line as PSObject)?.BaseObject ?? line).ToArray();
        return plain is not IDictionary && lines is { Length: > 0 } && lines.All(line => line is string) ? string.Join("\n", lines) : value;
    }

    private static string Spelled(string name) =>
        Array.Find(Members, known => string.Equals(known.Replace("_", string.Empty), name.Trim().Replace("_", string.Empty), StringComparison.OrdinalIgnoreCase)) ?? name;

    private static string Unknown(OrderedDictionary members)
    {
        string[] unknown = members.Keys.Cast<string>().Where(name => Array.IndexOf(Members, name) < 0).Select(name => "'" + Short(name) + "'").ToArray();
        return unknown.Length == 0 ? string.Empty : "; it has " + string.Join(", ", unknown.Take(5));
    }

    private static string Short(string text) => text.Length <= 40 ? text : text.Substring(0, 40) + "…";

    private static GptChatException Invalid(string message, string hint, Exception? inner = null) => new(GptErrorKind.InvalidParameter, message, inner) { Hint = hint };
}
