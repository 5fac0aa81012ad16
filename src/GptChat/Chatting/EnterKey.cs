using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using GptChat.CommandLine;

namespace GptChat.Chatting;

/// <summary>
/// The Enter key while a message is written. PSReadLine takes the apostrophe of a message for the beginning of a string, and goes on
/// in a new line until there is another one. Here such a line is taken as it is; every other one goes PSReadLine's own way.
/// </summary>
internal sealed class EnterKey
{
    private static readonly string[] Chord = { "Enter" };

    private readonly LineEditor _editor;
    private readonly string _function;
    private readonly Action<ConsoleKeyInfo?, object?> _before;

    private EnterKey(LineEditor editor, string function, Action<ConsoleKeyInfo?, object?> before)
    {
        _editor = editor;
        _function = function;
        _before = before;
    }

    /// <summary>The key; null where it has a handler of the user's own, which could not be put back.</summary>
    public static EnterKey? Find(PSCmdlet cmdlet)
    {
        LineEditor editor = LineEditor.Of(cmdlet);
        return editor.FunctionOf(Chord[0]) is { } function && editor.Function(function) is { } before ? new EnterKey(editor, function, before) : null;
    }

    /// <summary>Binds it, until it is disposed.</summary>
    public Binding Bind() => new(this);

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }

    /// <summary>The time in which it is bound.</summary>
    internal sealed class Binding : IDisposable
    {
        private readonly EnterKey _key;

        public Binding(EnterKey key)
        {
            _key = key;
            key._editor.Bind(Chord, Press, "GptChatAccept", "Sends the message");
        }

        /// <summary>The message that PSReadLine would not have taken; null where it took the line.</summary>
        public string? Accepted { get; private set; }

        /// <summary>Whether a line was sent with it, be it an empty one.</summary>
        public bool WasPressed { get; private set; }

        /// <inheritdoc/>
        public void Dispose() => _key._editor.Bind(Chord, _key._before, _key._function, _key._function);

        private void Press(ConsoleKeyInfo? key, object? argument)
        {
            string text = _key._editor.Text;
            bool isMessage = text.Length > 0 && text[0] != '!';
            if (isMessage && ChatInput.IsOpen(text))
            {
                _key._editor.Insert("\n");
                return;
            }

            if (isMessage && IsIncomplete(text))
            {
                Accepted = text;
                _key._editor.AddToHistory(text);
                _key._editor.Replace(string.Empty);
            }

            WasPressed = true;
            _key._before(key, argument);
        }
    }
}
