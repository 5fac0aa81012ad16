using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using GptChat.Files;
using GptChat.Redaction;
using GptChat.Wire;

namespace GptChat.Conversations;

/// <summary>
/// Writes a conversation to a file: as the body of a request, so that other tools read it, or as Markdown for people. The former has a
/// line for each message, and what the protocol has no place for (the name, what it cost) under <c>gptchat</c>.
/// </summary>
internal static class ConversationFile
{
    /// <summary>The member that has what the protocol has no place for.</summary>
    public const string Own = "gptchat";

    /// <summary>Replaces a file, or leaves it as it was.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="isMarkdown">Whether it is for people.</param>
    /// <param name="stop">Ends the writing; the file stays as it was.</param>
    /// <exception cref="GptChatException">It cannot be written.</exception>
    public static void Write(string path, GptConversation conversation, bool isMarkdown, CancellationToken stop)
    {
        try
        {
            AtomicFile.Write(
                path,
                file =>
                {
                    if (isMarkdown) WriteMarkdown(file, conversation, stop);
                    else WriteJson(file, conversation, stop);
                },
                stop);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new GptChatException(GptErrorKind.FileNotWritten, "The conversation cannot be written to '" + path + "': " + failure.Message, failure)
            {
                Hint = "Check the path and its permissions. The file is as it was.",
                Target = path,
            };
        }
    }

    private static void WriteJson(Stream file, GptConversation conversation, CancellationToken stop)
    {
        GptConversation.State state = conversation.Current;
        var parameters = new ChatParameters { Model = state.Model };
        conversation.Settings.Fill(parameters, isNewName: true);
        byte[] head = RequestBody.Head(parameters);
        file.Write(head, 0, head.Length);
        for (int i = 0; i < state.History.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            WriteText(file, i == 0 ? "\n" : ",\n");
            WriteMessage(file, state.History[i]);
        }

        WriteText(file, "\n],\"" + Own + "\":");
        WriteOwn(file, conversation, state);
        WriteText(file, "}\n");
    }

    /// <summary>As a request has it where that is all there is to it; else with what an answer has beyond that.</summary>
    private static void WriteMessage(Stream file, GptMessage message)
    {
        if (message.HasMoreThanRequest)
        {
            using var writer = new Utf8JsonWriter(file, WireJson.WriterOptions);
            JsonSerializer.Serialize(writer, message, WireJson.Default.GptMessage);
            return;
        }

        ReadOnlyMemory<byte> bytes = message.Utf8;
#if NET
        file.Write(bytes.Span);
#else
        byte[] copy = bytes.ToArray();
        file.Write(copy, 0, copy.Length);
#endif
    }

    private static void WriteOwn(Stream file, GptConversation conversation, GptConversation.State state)
    {
        using var writer = new Utf8JsonWriter(file, WireJson.WriterOptions);
        writer.WriteStartObject();
        if (conversation.Name is { } name) writer.WriteString("name", name);
        writer.WriteString("created", conversation.Created);
        if (state.ConnectionName is { } connection) writer.WriteString("connection", connection);
        if (conversation.Settings.ContextPolicy is { } policy) writer.WriteString("context_policy", policy.ToString());
        if (conversation.Settings.ContextWindow is { } window) writer.WriteNumber("context_window", window);
        RedactionRulesJson.Write(writer, state.Redaction);
        if (state.Usage is { } usage)
        {
            writer.WritePropertyName("usage");
            JsonSerializer.Serialize(writer, usage, WireJson.Default.GptUsage);
        }

        writer.WriteEndObject();
    }

    private static void WriteMarkdown(Stream file, GptConversation conversation, CancellationToken stop)
    {
        GptConversation.State state = conversation.Current;
        WriteText(file, "# " + (conversation.Name ?? "Conversation") + "\n\n");
        WriteText(file, conversation.Created.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        if (state.Model is { } model) WriteText(file, ", " + model);
        if (state.Usage is { } usage) WriteText(file, ", " + usage);
        WriteText(file, "\n");
        foreach (GptMessage message in state.History)
        {
            stop.ThrowIfCancellationRequested();
            WriteText(file, "\n" + Transcript.Of(message));
        }
    }

    private static void WriteText(Stream file, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        file.Write(bytes, 0, bytes.Length);
    }
}
