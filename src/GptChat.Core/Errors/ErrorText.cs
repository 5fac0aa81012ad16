using System;
using System.Collections.Generic;
using System.Globalization;

namespace GptChat.Errors;

/// <summary>How a failure reads: one paragraph that says what happened and what to do, and the facts in brackets.</summary>
internal static class ErrorText
{
    /// <summary>Puts the parts of a failure together.</summary>
    public static string Compose(GptChatException error, string message)
    {
        string text = Sentence(message);
        if (error.Hint is { Length: > 0 } hint) text += " " + hint;

        var facts = new List<string>();
        if (error.StatusCode is int status) facts.Add("HTTP " + status.ToString(CultureInfo.InvariantCulture));
        if (error.Code is { Length: > 0 } code) facts.Add("code " + code);
        if (error.Param is { Length: > 0 } param) facts.Add("parameter " + param);
        if (error.RequestId is { Length: > 0 } id) facts.Add("request id " + id);
        if (error.RequestUri is { } uri) facts.Add(uri.AbsoluteUri);
        if (error.Attempts > 1) facts.Add(error.Attempts.ToString(CultureInfo.InvariantCulture) + " attempts");
        return facts.Count == 0 ? text : text + " [" + string.Join(", ", facts) + "]";
    }

    private static string Sentence(string message)
    {
        string text = message.Trim();
        return text.Length == 0 || text[text.Length - 1] is '.' or '!' or '?' or ':' ? text : text + ".";
    }
}
