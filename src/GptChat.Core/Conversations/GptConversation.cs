using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using GptChat.Conversations;
using GptChat.Redaction;

namespace GptChat;

/// <summary>
/// A conversation: what was said, with which model, at what cost. It changes only when a turn has been answered whole; a
/// failed or stopped call leaves it as it was.
/// </summary>
[TypeConverter(Copies.CopyType.Converter)]
public sealed partial class GptConversation
{
    private readonly object _gate = new();
    private State _state;
    private bool _isTaken;

    internal GptConversation(string? name, string? model, IReadOnlyList<GptMessage> messages, GptUsage? usage = null, string? connectionName = null, GptConnection? connection = null)
    {
        Name = name;
        _state = new State(MessageHistory.Empty.Append(messages), usage, model, connection, connectionName);
    }

    private GptConversation(string name, State state)
    {
        Name = name;
        _state = state;
    }

    /// <summary>Its name; null for one that lives only as long as it is the current one.</summary>
    public string? Name { get; }

    /// <summary>What was said, oldest first. The list does not change; the next turn makes a new one.</summary>
    public IReadOnlyList<GptMessage> Messages => Current.History;

    /// <summary>The model of the latest turn, which the next turn uses too unless told otherwise.</summary>
    public string? Model => Current.Model;

    /// <summary>Tokens of all turns together; null before the first answer and where the server does not count.</summary>
    public GptUsage? Usage => Current.Usage;

    /// <summary>The connection of the latest turn, which the next turn uses too unless told otherwise.</summary>
    internal GptConnection? Connection => Current.Connection;

    /// <summary>What redaction has taken out so far, and by which rules; the next turn goes on with both.</summary>
    internal ConversationRedaction? Redaction
    {
        get => Current.Redaction;
        init => _state = _state with { Redaction = value };
    }

    /// <summary>The name of that connection, which is all that is left of it in a conversation that came from another process.</summary>
    internal string? ConnectionName => Current.ConnectionName;

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; internal init; } = DateTimeOffset.Now;

    internal State Current
    {
        get
        {
            lock (_gate) return _state;
        }
    }

    /// <summary>For people: the name and the number of messages.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0} ({1} messages)", Name ?? "unnamed", Messages.Count);

    /// <summary>
    /// Begins a turn: nobody else can until it is disposed, so that two calls never weave their messages together.
    /// </summary>
    /// <returns>The turn, or null if another call has one open.</returns>
    internal Turn? TryBeginTurn()
    {
        lock (_gate)
        {
            if (_isTaken) return null;
            _isTaken = true;
            return new Turn(this, _state);
        }
    }

    private void Commit(State state)
    {
        lock (_gate) _state = state;
    }

    private void Release()
    {
        lock (_gate) _isTaken = false;
    }

    /// <summary>One question and its answer in the making.</summary>
    internal sealed class Turn : IDisposable
    {
        private State _before;
        private GptConversation? _owner;
        private int _start;
        private int _asked;

        internal Turn(GptConversation owner, State before)
        {
            _owner = owner;
            _before = before;
        }

        /// <summary>What was said before this turn.</summary>
        public MessageHistory History => _before.History;

        /// <summary>Where the question begins in what is sent.</summary>
        public int Start => _start;

        /// <summary>
        /// Puts a system message in its place: at the front, instead of the one that stands there. Two that contradict each
        /// other would leave the choice to the model.
        /// </summary>
        public MessageHistory HistoryUnder(GptMessage? system)
        {
            if (system is null) return History;

            // Scripts say the same instructions in every turn: a history made anew each time would be visited and kept as a whole each time.
            if (History.Count > 0 && History[0].IsInstruction && History[0].Utf8.Span.SequenceEqual(system.Utf8.Span)) return History;
            var messages = new List<GptMessage>(History.Count + 1) { system };
            for (int i = History.Count > 0 && History[0].IsInstruction ? 1 : 0; i < History.Count; i++) messages.Add(History[i]);
            return MessageHistory.Empty.Append(messages);
        }

        /// <summary>Asks: everything that was said before, under other instructions if there are any, and the question.</summary>
        public MessageHistory Ask(GptMessage? system, IReadOnlyList<GptMessage> question) => Begin(system, question.Count).Append(question);

        /// <summary>Everything that was said before, under other instructions if there are any.</summary>
        /// <param name="system">The instructions; null for those that are there.</param>
        /// <param name="asked">How many messages the question behind it has.</param>
        public MessageHistory Begin(GptMessage? system, int asked)
        {
            MessageHistory history = HistoryUnder(system);
            _start = history.Count;
            _asked = asked;
            return history;
        }

        /// <summary>Goes back to before the latest turn, whose place this one takes when it is committed.</summary>
        /// <returns>What was asked there; null if nothing was.</returns>
        public IReadOnlyList<GptMessage>? GoBack()
        {
            if (LastTurn.Of(_before) is not { } last) return null;
            _before = last.Before;
            return last.Question;
        }

        /// <summary>Counts what the turn needed beside its answer.</summary>
        public void AddUsage(GptUsage? usage)
        {
            if (usage is not null) _before = _before with { Usage = GptUsage.Add(_before.Usage, usage) };
        }

        /// <summary>Makes the turn part of the conversation.</summary>
        /// <param name="sent">All messages that were sent: history and new ones.</param>
        /// <param name="response">The finished answer.</param>
        /// <param name="model">The model that was asked for.</param>
        /// <param name="connection">Where it was asked.</param>
        /// <param name="redaction">What was taken out of what was sent; null where nothing was to be.</param>
        /// <param name="trailing">Results of tools behind the answer, beside those that the caller has yet to give; null for none.</param>
        public void Commit(
            MessageHistory sent, GptResponse response, string? model, GptConnection connection, ConversationRedaction? redaction = null, IReadOnlyList<GptMessage>? trailing = null)
        {
            GptConversation owner = _owner ?? throw new ObjectDisposedException(nameof(Turn));
            MessageHistory history = response.Message is { } answer ? sent.Append(new[] { answer }) : sent;
            if (trailing is not null) history = history.Append(trailing);
            GptUsage? usage = response.Usage is null ? _before.Usage : GptUsage.Add(_before.Usage, response.Usage);
            owner.Commit(new State(history, usage, model ?? _before.Model, connection, connection.Name, redaction ?? _before.Redaction) { Previous = _before, Start = _start, Asked = _asked });
            response.Conversation = owner;
        }

        /// <summary>Ends the turn; what was not committed is gone.</summary>
        public void Dispose()
        {
            _owner?.Release();
            _owner = null;
        }
    }

    /// <summary>A conversation at one moment.</summary>
    internal sealed record State(MessageHistory History, GptUsage? Usage, string? Model, GptConnection? Connection, string? ConnectionName, ConversationRedaction? Redaction = null)
    {
        /// <summary>The moment before the latest turn; null where that is not known.</summary>
        public State? Previous { get; init; }

        /// <summary>Where the question of that turn begins.</summary>
        public int Start { get; init; }

        /// <summary>How many messages it has; 0 where that is not known.</summary>
        public int Asked { get; init; }
    }
}
