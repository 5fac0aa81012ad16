using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using GptChat.Connections;

namespace GptChat.Input;

/// <summary>Reads a hashtable of headers. No error and no warning repeats a value.</summary>
internal static class HeaderArgument
{
    /// <summary>The headers, checked.</summary>
    /// <param name="headers">What was given; null for nothing.</param>
    /// <param name="parameter">The parameter, for warnings and errors.</param>
    /// <param name="warn">Is told where a header that looks like a secret was given as plain text.</param>
    /// <exception cref="GptChatException">One cannot be sent.</exception>
    public static IReadOnlyList<HeldHeader> Read(IDictionary? headers, string parameter, Action<string> warn)
    {
        if (headers is null) return Array.Empty<HeldHeader>();
        var read = new List<HeldHeader>(headers.Count);
        foreach (DictionaryEntry entry in headers)
        {
            string name = entry.Key.ToString()?.Trim() ?? string.Empty;
            object? value = (entry.Value as PSObject)?.BaseObject ?? entry.Value;
            HeldHeader header = HeaderRules.Make(name, Text(name, value, parameter), parameter);
            if (header.IsSecret && value is string)
            {
                warn(parameter + " holds the header " + header.Name + " as plain text, which stays in the history and in transcripts. Its value may be a SecureString.");
            }

            read.Add(header);
        }

        return read;
    }

    private static SecureString? Text(string name, object? value, string parameter) => value switch
    {
        null => null,
        SecureString secure => secure,
        string text => SecureText.From(text),
        bool flag => SecureText.From(flag ? "true" : "false"),
        IFormattable number and (ValueType) => SecureText.From(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new GptChatException(GptErrorKind.InvalidParameter, parameter + " gives the header " + name + " " + Kind.Of(value))
        {
            Hint = "A value is text, a number or a SecureString.",
        },
    };
}
