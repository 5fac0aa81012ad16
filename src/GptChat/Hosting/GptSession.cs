using System;
using System.Collections.Generic;
using System.Linq;
using GptChat.Connections;
using GptChat.Prices;
using GptChat.Spending;
using GptChat.Tools;

namespace GptChat.Hosting;

/// <summary>What GptChat remembers in one session (runspace): its connections, its conversations and which of them is current.</summary>
public sealed class GptSession
{
    private readonly object _gate = new();
    private readonly Dictionary<string, GptConnection> _connections = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, GptConversation> _conversations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, McpServer> _servers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _models = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private GptConnection? _default;
    private string? _environmentFingerprint;
    private GptConnection? _environmentConnection;
    private string? _environmentRemark;
    private GptConversation? _current;

    internal GptSession()
    {
    }

    /// <summary>The named connections, by name.</summary>
    public IReadOnlyList<GptConnection> Connections
    {
        get
        {
            lock (_gate) return _connections.Values.OrderBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase).ToArray();
        }
    }

    /// <summary>The connection used when a call names none: the latest one made; null before there is one.</summary>
    public GptConnection? DefaultConnection
    {
        get
        {
            lock (_gate) return _default;
        }
    }

    /// <summary>The named conversations, by name.</summary>
    public IReadOnlyList<GptConversation> Conversations
    {
        get
        {
            lock (_gate) return _conversations.Values.OrderBy(conversation => conversation.Name, StringComparer.OrdinalIgnoreCase).ToArray();
        }
    }

    /// <summary>The conversation that <c>-Continue</c> goes on with: that of the latest successful call.</summary>
    public GptConversation? CurrentConversation
    {
        get
        {
            lock (_gate) return _current;
        }
    }

    /// <summary>What it has used.</summary>
    internal UsageLedger Usage { get; } = new();

    /// <summary>What models cost.</summary>
    internal PriceBook Prices { get; } = new();

    /// <summary>The models that this session was given or has seen, for completion.</summary>
    internal IReadOnlyList<string> Models
    {
        get
        {
            lock (_gate) return _models.OrderBy(model => model, StringComparer.OrdinalIgnoreCase).ToArray();
        }
    }

    /// <summary>The recordings that have answered in this session, and how far each is.</summary>
    internal RecordingShelf Recordings { get; } = new();

    /// <summary>The caches in use.</summary>
    internal RecordingShelf Caches { get; } = new();

    /// <summary>For people.</summary>
    public override string ToString() => Connections.Count + " connections, " + Conversations.Count + " named conversations";

    internal void Add(GptConnection connection)
    {
        lock (_gate)
        {
            if (_default is not null) _default.IsDefault = false;

            // Conversations that remember the old one, with the old key, go on with the new one.
            if (_connections.TryGetValue(connection.Name, out GptConnection? replaced)) replaced.IsClosed = true;
            _connections[connection.Name] = connection;
            _default = connection;
            connection.IsDefault = true;
        }
    }

    internal bool Remove(GptConnection connection)
    {
        lock (_gate)
        {
            connection.IsClosed = true;
            if (!_connections.TryGetValue(connection.Name, out GptConnection? known) || !ReferenceEquals(known, connection)) return false;
            connection.IsDefault = false;
            if (ReferenceEquals(_default, connection)) _default = null;
            return _connections.Remove(connection.Name);
        }
    }

    internal GptConnection? FindConnection(string name)
    {
        lock (_gate) return _connections.TryGetValue(name, out GptConnection? connection) ? connection : null;
    }

    /// <summary>The connection that the environment describes; the same object as long as its variables stay the same.</summary>
    internal GptConnection? FromEnvironment()
    {
        string fingerprint = EnvironmentConnection.Fingerprint(Environment.GetEnvironmentVariable);
        lock (_gate)
        {
            if (fingerprint != _environmentFingerprint)
            {
                _environmentConnection = EnvironmentConnection.Find(Environment.GetEnvironmentVariable);
                _environmentFingerprint = fingerprint;
                _environmentRemark = _environmentConnection is null ? null : EnvironmentConnection.Remark(_environmentConnection, Environment.GetEnvironmentVariable);
            }

            return _environmentConnection;
        }
    }

    /// <summary>What is to be said about the environment's connection, once for each change of its variables.</summary>
    internal string? TakeEnvironmentRemark()
    {
        lock (_gate)
        {
            string? remark = _environmentRemark;
            _environmentRemark = null;
            return remark;
        }
    }

    /// <summary>Whether something is still to be said that is said once a session.</summary>
    internal bool TryTell(string remark)
    {
        lock (_gate) return _told.Add(remark);
    }

    internal bool TryAdd(GptConversation conversation)
    {
        lock (_gate)
        {
            if (_conversations.ContainsKey(conversation.Name!)) return false;
            _conversations.Add(conversation.Name!, conversation);
            return true;
        }
    }

    /// <summary>Keeps a conversation under its name, in place of another one if there is one.</summary>
    internal void Put(GptConversation conversation)
    {
        lock (_gate) _conversations[conversation.Name!] = conversation;
    }

    /// <summary>Forgets a conversation, also as the current one. Who holds it may go on with it.</summary>
    internal void Remove(GptConversation conversation)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_current, conversation)) _current = null;
            if (conversation.Name is { } name && _conversations.TryGetValue(name, out GptConversation? known) && ReferenceEquals(known, conversation)) _conversations.Remove(name);
        }
    }

    internal GptConversation? FindConversation(string name)
    {
        lock (_gate) return _conversations.TryGetValue(name, out GptConversation? conversation) ? conversation : null;
    }

    /// <summary>After a successful single call.</summary>
    internal void SetCurrent(GptConversation? conversation)
    {
        lock (_gate) _current = conversation;
    }

    internal void RememberModel(string? model)
    {
        if (string.IsNullOrEmpty(model)) return;
        lock (_gate) _models.Add(model!);
    }

    /// <summary>A server of the Model Context Protocol that was opened before.</summary>
    internal McpServer? FindServer(string key)
    {
        lock (_gate) return _servers.TryGetValue(key, out McpServer? server) ? server : null;
    }

    /// <summary>Keeps a server for later calls, in the place of one that is gone.</summary>
    internal void Keep(string key, McpServer server)
    {
        lock (_gate) _servers[key] = server;
    }

    internal void Clear()
    {
        lock (_gate)
        {
            foreach (McpServer server in _servers.Values) server.Close();
            _servers.Clear();
            _connections.Clear();
            _conversations.Clear();
            Recordings.Clear();
            Caches.Clear();
            _models.Clear();
            _default = null;
            _environmentConnection = null;
            _environmentFingerprint = null;
            _current = null;
        }

        Usage.Clear();
        Prices.Clear();
    }
}
