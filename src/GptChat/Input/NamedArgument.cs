using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using GptChat.Copies;
using GptChat.Hosting;
using GptChat.Recording;
using GptChat.Transport;

namespace GptChat.Input;

/// <summary>
/// Finds what a parameter means that takes a name or the thing itself: <c>-Connection</c>, <c>-Conversation</c>.
/// </summary>
internal static class NamedArgument
{
    private const string Deserialized = "Deserialized.GptChat.";

    /// <summary>The connection meant.</summary>
    /// <exception cref="GptChatException">There is none of that name, or it lost its key on the way.</exception>
    public static GptConnection Connection(object value, GptSession session)
    {
        object plain = (value as PSObject)?.BaseObject ?? value;
        if (plain is GptConnection connection) return connection;
        if (value is PSObject copy && copy.TypeNames.Contains(Deserialized + nameof(GptConnection))) return Revive(copy);
        if (plain is not string name)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-Connection takes the name of a connection or a connection, not " + Kind.Of(plain))
            {
                Hint = NamedValues.Of(value) is { } settings ? ConnectCall(settings) : "Connect-GptChat makes one, Get-GptConnection lists those of this session.",
                Target = value,
            };
        }

        return session.FindConnection(name) ?? throw new GptChatException(GptErrorKind.ConnectionNotFound, "There is no connection named '" + name + "' in this session")
        {
            Hint = Known(session.Connections.Select(known => known.Name).ToArray(), IsAddress(name) ? "An address goes into Connect-GptChat -BaseUri: what that makes is a connection." : Unset(name) ?? "Connect-GptChat -Name " + name + " makes one.")
                + " In ForEach-Object -Parallel pass the connection itself: -Connection $using:c.",
            Target = name,
        };
    }

    /// <summary>The conversation meant.</summary>
    /// <param name="value">What was given.</param>
    /// <param name="session">The session.</param>
    /// <param name="parameter">The parameter, for errors.</param>
    /// <exception cref="GptChatException">There is none.</exception>
    public static GptConversation Conversation(object value, GptSession session, string parameter = "-Conversation")
    {
        object plain = Copy.BaseOf(value)!;
        if (plain is GptConversation conversation) return conversation;

        // A reply is a string too; what it carries tells it from a name.
        bool isReply = plain is string && (value as PSObject)?.Properties["Response"] is not null;
        if (isReply || plain is GptChunk or GptResponse) return OfReply(plain, value);
        if (plain is not string name)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, parameter + " takes the name of a conversation, a conversation or a reply, not " + Kind.Of(plain))
            {
                Hint = plain is System.IO.FileInfo file ? ImportCall(file.FullName) : "New-GptConversation makes one, Get-GptConversation lists those of this session.",
                Target = value,
            };
        }

        return session.FindConversation(name) ?? throw new GptChatException(GptErrorKind.ConversationNotFound, "There is no conversation named '" + Short(name) + "' in this session")
        {
            Hint = Known(session.Conversations.Select(known => known.Name!).ToArray(), IsFileName(name) ? ImportCall(name) : Unset(name) ?? "New-GptConversation -Name NAME makes one."),
            Target = name,
        };
    }

    /// <summary>The call that was meant, by the names of the settings; their values may be keys.</summary>
    private static string ConnectCall(IDictionary settings)
    {
        string[] given = settings.Keys.Cast<object>().Select(key => Short(key.ToString() ?? string.Empty)).ToArray();
        string[] known = typeof(Cmdlets.ConnectGptChatCommand).GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true)).Select(property => property.Name).ToArray();
        string[] meant = known.Where(name => given.Contains(name, StringComparer.OrdinalIgnoreCase) && name != nameof(Cmdlets.ConnectGptChatCommand.PassThru)).ToArray();
        string[] unknown = given.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)).Select(name => "'" + name + "'").ToArray();
        return "Connect-GptChat makes one of a hashtable: $c = Connect-GptChat " + string.Concat(meant.Select(name => "-" + name + " … ")) + "-PassThru, then -Connection $c."
            + (unknown.Length == 0 ? string.Empty : " It has no parameter " + string.Join(", ", unknown) + ".");
    }

    private static string ImportCall(string path) => "Import-GptConversation makes one of a file: $c = Import-GptConversation '" + path.Replace("'", "''") + "', then -Conversation $c.";

    private static bool IsAddress(string name) => name.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || name.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static string? Unset(string name) => string.IsNullOrWhiteSpace(name) ? "Is the variable set?" : null;

    private static bool IsFileName(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static GptConversation OfReply(object plain, object value)
    {
        object? carried = plain is string ? Copy.BaseOf(((PSObject)value).Properties["Response"].Value) : (plain as GptChunk)?.Response ?? plain;
        if ((carried as GptResponse)?.Conversation is { } conversation) return conversation;
        bool isCut = carried is not null and not GptResponse;
        throw new GptChatException(GptErrorKind.NoConversation, isCut ? "This reply came through a job, remoting or Clixml without its response" : "This reply belongs to no conversation that can be continued")
        {
            Hint = isCut
                ? "Import the module by its manifest (GptChat.psd1) where the reply is made, not the assembly alone. Nothing was sent."
                : "The last piece of a stream and the reply of a single call belong to one; an answer of -Each does not. Nothing was sent.",
            Target = value,
        };
    }

    /// <summary>
    /// A connection that came through a job or remoting. Its key did not, by design; one that has none is as good as new.
    /// </summary>
    private static GptConnection Revive(PSObject copy)
    {
        string name = Text(copy, "Name") ?? "Deserialized";
        RecordingChoice? recording = Recording(copy, name);
        if (recording?.Mode != RecordingMode.Replay && string.Equals(Text(copy, "HasKey"), bool.TrueString, StringComparison.OrdinalIgnoreCase))
        {
            throw new GptChatException(GptErrorKind.InvalidConnection, "The connection '" + name + "' came from another process, and keys do not travel")
            {
                Hint = "Connect inside the job: Connect-GptChat -AccountId $using:id -ApiToken $using:token with a SecureString, or set the environment variables, which jobs inherit.",
                Target = name,
            };
        }

        if (Text(copy, "CertificateThumbprint") is not null || (copy.Properties["HeaderNames"]?.Value is PSObject { BaseObject: ICollection { Count: > 0 } }))
        {
            throw new GptChatException(GptErrorKind.InvalidConnection, "The connection '" + name + "' came from another process, and neither its headers nor its certificate travel")
            {
                Hint = "Connect inside the job.",
                Target = name,
            };
        }

        GptProvider provider = Enum.TryParse(Text(copy, "Provider"), out GptProvider known) ? known : GptProvider.Compatible;
        return new GptConnection(name, provider, new Uri(Text(copy, "Uri") ?? string.Empty)) 
        {
            Model = Text(copy, "Model"),
            TokenLimitName = Text(copy, "TokenLimitName"),
            Redaction = RedactionArgument.Revive(copy),
            Recording = recording,
            CacheOfCalls = Text(copy, "Cache") is { } cache ? new CacheChoice(cache, copy.Properties["CacheExpiry"]?.Value as TimeSpan?, Source(name)) : null,
            Http = new HttpSettings
            {
                Proxy = Text(copy, "Proxy") is { } proxy ? new Uri(proxy) : null,
                SkipCertificateCheck = string.Equals(Text(copy, "SkipCertificateCheck"), bool.TrueString, StringComparison.OrdinalIgnoreCase),
            },
        };
    }

    private static RecordingChoice? Recording(PSObject copy, string name)
    {
        if (Text(copy, "Record") is { } record) return new RecordingChoice(RecordingMode.Record, record, Source(name));
        if (Text(copy, "Replay") is { } replay) return new RecordingChoice(RecordingMode.Replay, replay, Source(name));
        return Text(copy, "ReplayOrRecord") is { } both ? new RecordingChoice(RecordingMode.ReplayOrRecord, both, Source(name)) : null;
    }

    private static string Source(string connection) => "the connection '" + connection + "'";

    private static string Known(string[] names, string otherwise) => names.Length == 0 ? otherwise : "Known are: " + string.Join(", ", names) + ". " + otherwise;

    private static string Short(string text) => text.Length <= 60 ? text : text.Substring(0, 60) + "…";

    private static string? Text(PSObject copy, string property)
    {
        string? text = copy.Properties[property]?.Value?.ToString();
        return string.IsNullOrEmpty(text) ? null : text;
    }
}
