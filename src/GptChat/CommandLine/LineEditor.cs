using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace GptChat.CommandLine;

/// <summary>
/// PSReadLine as it is loaded in a session. The module is compiled without it: it is found by its cmdlet and called by the names of its
/// public members, which are the same in every version since 2.0.
/// </summary>
internal sealed class LineEditor
{
    private readonly Type _type;

    private LineEditor(Type type) => _type = type;

    private delegate void StateReader(out string input, out int cursor);

    /// <summary>The text on the command line.</summary>
    public string Text
    {
        get
        {
            Method<StateReader>("GetBufferState")(out string input, out _);
            return input;
        }
    }

    /// <summary>Where the cursor stands in it.</summary>
    public int Cursor
    {
        get
        {
            Method<StateReader>("GetBufferState")(out _, out int cursor);
            return cursor;
        }

        set => Method<Action<int>>("SetCursorPosition")(value);
    }

    /// <summary>Finds PSReadLine.</summary>
    /// <exception cref="GptChatException">It is not there.</exception>
    public static LineEditor Of(PSCmdlet cmdlet)
    {
        var command = cmdlet.InvokeCommand.GetCommand("Set-PSReadLineKeyHandler", CommandTypes.Cmdlet) as CmdletInfo;
        Type? type = command?.ImplementingType?.Assembly.GetType("Microsoft.PowerShell.PSConsoleReadLine");
        return type is not null ? new LineEditor(type) : throw new GptChatException(GptErrorKind.CommandLineNotUsable, "PSReadLine is not loaded in this session, so there is no command line with keys to set")
        {
            Hint = "Import-Module PSReadLine, in the console or in VS Code. Elsewhere ask with Invoke-GptChat.",
        };
    }

    /// <summary>Inserts at the cursor.</summary>
    public void Insert(string text) => Method<Action<string>>("Insert")(text);

    /// <summary>Takes back the last edit.</summary>
    public void Undo() => Method<Action<ConsoleKeyInfo?, object?>>("Undo")(null, null);

    /// <summary>Puts another text in the place of all, as one edit.</summary>
    public void Replace(string text) => Method<Action<int, int, string, Action<ConsoleKeyInfo?, object?>?, object?>>("Replace")(0, Text.Length, text, null, null);

    /// <summary>Shows the prompt and the line again, in the console's present line.</summary>
    public void ShowPrompt() => Method<Action<ConsoleKeyInfo?, object?>>("InvokePrompt")(null, Console.IsOutputRedirected ? null : (object)Console.CursorTop);

    /// <summary>The chords of a function, as PSReadLine writes them.</summary>
    public string[] ChordsOf(string function) => ((IEnumerable)Named("GetKeyHandlers", Type.EmptyTypes).Invoke(null, null)!).Cast<object>()
        .Where(handler => string.Equals(Property(handler, "Function"), function, StringComparison.Ordinal))
        .Select(handler => Property(handler, "Key"))
        .ToArray();

    /// <summary>The function of a chord; null where it has none.</summary>
    public string? FunctionOf(string chord) => ((IEnumerable)Named("GetKeyHandlers", Type.EmptyTypes).Invoke(null, null)!).Cast<object>()
        .Where(handler => string.Equals(Property(handler, "Key"), chord, StringComparison.OrdinalIgnoreCase))
        .Select(handler => Property(handler, "Function"))
        .FirstOrDefault();

    /// <summary>A function of PSReadLine by its name; null where it has none of that name, as for handlers of the user's own.</summary>
    public Action<ConsoleKeyInfo?, object?>? Function(string name) =>
        _type.GetMethod(name, BindingFlags.Public | BindingFlags.Static, null, new[] { typeof(ConsoleKeyInfo?), typeof(object) }, null) is { } method
            ? (Action<ConsoleKeyInfo?, object?>)Delegate.CreateDelegate(typeof(Action<ConsoleKeyInfo?, object?>), method)
            : null;

    /// <summary>Adds a line to the history, as if it had been accepted.</summary>
    public void AddToHistory(string line) => Method<Action<string>>("AddToHistory")(line);

    /// <summary>Binds chords.</summary>
    /// <exception cref="GptChatException">A chord cannot be read.</exception>
    public void Bind(string[] chords, Action<ConsoleKeyInfo?, object?> handler, string function, string description) =>
        Try(chords, () => Method<Action<string[], Action<ConsoleKeyInfo?, object?>, string, string>>("SetKeyHandler")(chords, handler, function, description));

    /// <summary>Takes the binding of chords away.</summary>
    /// <exception cref="GptChatException">A chord cannot be read.</exception>
    public void Unbind(string[] chords) => Try(chords, () => Method<Action<string[]>>("RemoveKeyHandler")(chords));

    private static void Try(string[] chords, Action action)
    {
        try
        {
            action();
        }
        catch (ArgumentException failure)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "The key '" + string.Join("', '", chords) + "' cannot be read: " + failure.Message, failure) { Hint = "Write it as Set-PSReadLineKeyHandler takes it, such as Ctrl+g, Alt+g or 'Ctrl+x,Ctrl+g'." };
        }
    }

    private static string Property(object handler, string name) => Convert.ToString(handler.GetType().GetProperty(name)?.GetValue(handler), CultureInfo.InvariantCulture) ?? string.Empty;

    private T Method<T>(string name)
        where T : Delegate
    {
        ParameterInfo[] parameters = typeof(T).GetMethod("Invoke")!.GetParameters();
        return (T)Delegate.CreateDelegate(typeof(T), Named(name, parameters.Select(parameter => parameter.ParameterType).ToArray()));
    }

    private MethodInfo Named(string name, Type[] types) =>
        _type.GetMethod(name, BindingFlags.Public | BindingFlags.Static, null, types, null) ?? throw new GptChatException(GptErrorKind.CommandLineNotUsable, "This version of PSReadLine has no " + name + " that could be called")
        {
            Hint = "Install PSReadLine 2.0 or later.",
        };
}
