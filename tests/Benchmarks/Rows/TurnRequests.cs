using System;
using System.Collections.Generic;
using System.Text.Json;
using GptChat.Conversations;
using GptChat.Wire;

namespace GptChat.Benchmarks.Rows;

/// <summary>The requests of a conversation that grows by a question and an answer each turn, made and not sent.</summary>
internal static class TurnRequests
{
    /// <summary>What is asked and answered every time.</summary>
    public const string Text = "And what follows from that, in the case of a server that is asked the same thing twice?";

    /// <summary>Serialises every message anew each turn, and returns the bytes made.</summary>
    public static long Rebuild(int turns)
    {
        var messages = new List<Dictionary<string, string>>();
        long bytes = 0;
        for (int turn = 0; turn < turns; turn++)
        {
            messages.Add(new Dictionary<string, string> { ["role"] = "user", ["content"] = Text });
            bytes += JsonSerializer.SerializeToUtf8Bytes(new { model = "m", messages }).Length;
            messages.Add(new Dictionary<string, string> { ["role"] = "assistant", ["content"] = Text });
        }

        return bytes;
    }

    /// <summary>Composes each request of what is already there.</summary>
    public static long Share(int turns) => Share(turns, new ChatParameters { Model = "m" }, null);

    /// <summary>The same, with a look at each request before it would be sent.</summary>
    public static long Share(int turns, ChatParameters parameters, Action<ChatParameters, RequestBody>? look)
    {
        MessageHistory history = MessageHistory.Empty;
        long bytes = 0;
        for (int turn = 0; turn < turns; turn++)
        {
            history = history.Append([GptMessage.FromText(Roles.User, Text)]);
            RequestBody body = RequestBody.Create(parameters, history);
            look?.Invoke(parameters, body);
            bytes += body.Length;
            history = history.Append([GptMessage.FromText(Roles.Assistant, Text)]);
        }

        return bytes;
    }
}
