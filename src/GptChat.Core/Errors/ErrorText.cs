using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GptChat.Errors;

/// <summary>How a failure reads: one paragraph that says what happened and what to do, and the facts in brackets.</summary>
internal static class ErrorText
{
    private const int LongestFact = 200;

    /// <summary>Puts the parts of a failure together.</summary>
    public static string Compose(GptChatException error, string message)
    {
        string text = (error.Part is { } part ? part + ": " : string.Empty) + Sentence(message);
        if (error.Hint is { Length: > 0 } hint) text += " " + hint;
        if (error.ToolCalls.Count > 0) text += " What was run before is not undone: " + string.Join(", ", error.ToolCalls.Select(call => Short(call.Name) + " (" + call.Outcome + ")")) + ".";

        var facts = new List<string>();
        if (error.StatusCode is int status) facts.Add("HTTP " + status.ToString(CultureInfo.InvariantCulture));
        if (error.Code is { Length: > 0 } code) facts.Add("code " + Short(code));
        if (error.Param is { Length: > 0 } param) facts.Add("parameter " + Short(param));
        if (error.RequestId is { Length: > 0 } id) facts.Add("request id " + Short(id));
        if (error.RequestUri is { } uri) facts.Add(uri.AbsoluteUri);
        if (error.Attempts > 1) facts.Add(error.Attempts.ToString(CultureInfo.InvariantCulture) + " attempts");
        return facts.Count == 0 ? text : text + " [" + string.Join(", ", facts) + "]";
    }

    private static string Short(string fact) => OneLine(fact.Length <= LongestFact ? fact : fact.Substring(0, LongestFact) + ErrorBody.CutMark);

    /// <summary>A server's words are shown on consoles and written to logs: no line of their own, no control of the terminal.</summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            bool isGap = char.IsControl(character) || character is '\u2028' or '\u2029';
            if (!isGap) line.Append(character);
            else if (line.Length > 0 && line[line.Length - 1] != ' ') line.Append(' ');
        }

        return line.ToString().Trim();
    }

    private static string Sentence(string message)
    {
        string text = OneLine(message);
        return text.Length == 0 || text[text.Length - 1] is '.' or '!' or '?' or ':' ? text : text + ".";
    }
}
