using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

#pragma warning disable IDE0130 // It is found by the name that the real one has.
namespace Microsoft.PowerShell;

/// <summary>A stand-in for PSReadLine: the public members that are called, with the same signatures, over a line in memory.</summary>
public static class PSConsoleReadLine
{
    private static readonly Dictionary<string, (Action<ConsoleKeyInfo?, object?> Handler, string Function, string Description)> Handlers = [];
    private static readonly Stack<string> Edits = new();
    private static string _text = "";
    private static int _cursor;

    /// <summary>What was on the line, at each change.</summary>
    public static List<string> Shown { get; } = [];

    /// <summary>How often the prompt was shown again.</summary>
    public static int Prompts { get; private set; }

    public static string Line => _text;

    public static void Reset(string text)
    {
        Handlers.Clear();
        Type(text);
    }

    public static void Type(string text)
    {
        Edits.Clear();
        Shown.Clear();
        Prompts = 0;
        _text = text;
        _cursor = text.Length / 2;
    }

    public static int CursorNow => _cursor;

    public static void Press(string chord) => Handlers[chord].Handler(null, null);

    public static void GetBufferState(out string input, out int cursor) => (input, cursor) = (_text, _cursor);

    public static void SetCursorPosition(int cursor) => _cursor = cursor;

    public static void Insert(string s) => Edit(_text.Insert(_cursor, s), _cursor + s.Length);

    public static void Replace(int start, int length, string replacement, Action<ConsoleKeyInfo?, object?>? instigator = null, object? instigatorArg = null) =>
        Edit(_text.Remove(start, length).Insert(start, replacement), start + replacement.Length);

    public static void Undo(ConsoleKeyInfo? key = null, object? arg = null) => _text = Edits.Pop();

    public static void InvokePrompt(ConsoleKeyInfo? key = null, object? arg = null) => Prompts++;

    public static void SetKeyHandler(string[] key, Action<ConsoleKeyInfo?, object?> handler, string briefDescription, string longDescription)
    {
        foreach (string chord in key)
        {
            if (!chord.Contains('+')) throw new ArgumentException("Unrecognized key '" + chord + "'.");
            Handlers[chord] = (handler, briefDescription, longDescription);
        }
    }

    public static void RemoveKeyHandler(string[] key)
    {
        foreach (string chord in key) Handlers.Remove(chord);
    }

    public static IEnumerable<KeyHandler> GetKeyHandlers() => Handlers.Select(item => new KeyHandler { Key = item.Key, Function = item.Value.Function, Description = item.Value.Description });

    private static void Edit(string text, int cursor)
    {
        Edits.Push(_text);
        Shown.Add(text);
        _text = text;
        _cursor = cursor;
    }
}

/// <summary>A row of what is bound.</summary>
public sealed class KeyHandler
{
    public string Key { get; init; } = "";

    public string Function { get; init; } = "";

    public string Description { get; init; } = "";
}

/// <summary>The cmdlet by which a session's PSReadLine is found.</summary>
[Cmdlet(VerbsCommon.Set, "PSReadLineKeyHandler")]
public sealed class SetPSReadLineKeyHandlerCommand : PSCmdlet;
