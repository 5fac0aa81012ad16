using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using GptChat.Recording;
using GptChat.Wire;

namespace GptChat;

/// <summary>A recording, and how much of it has answered in this session.</summary>
public sealed class GptRecording
{
    private GptRecording(string path, int exchanges, IReadOnlyList<GptRecordedRequest> unused)
    {
        Path = path;
        Exchanges = exchanges;
        Unused = unused;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How many exchanges it holds.</summary>
    public int Exchanges { get; }

    /// <summary>How many of them have answered in this session, or were recorded in it by <c>-ReplayOrRecord</c>.</summary>
    public int Used => Exchanges - Unused.Count;

    /// <summary>Those that have not: requests that the script no longer makes.</summary>
    public IReadOnlyList<GptRecordedRequest> Unused { get; }

    /// <summary>Counts what a file has answered.</summary>
    /// <exception cref="GptChatException">It cannot be read.</exception>
    internal static GptRecording Of(ExchangeFile file, FileRole role)
    {
        ExchangeEntry[] entries = file.Entries;
        return new GptRecording(file.Path, entries.Length, entries.Where(entry => !entry.IsUsed).Select(entry => GptRecordedRequest.Of(entry, file.Read(entry, role))).ToArray());
    }

    /// <summary>For people.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}: {1} of {2} exchanges used", Path, Used, Exchanges);
}

/// <summary>A request that stands in a recording.</summary>
public sealed class GptRecordedRequest
{
    private const int LongestPrompt = 80;

    private GptRecordedRequest(int line, string? model, string prompt, DateTimeOffset? recorded)
    {
        Line = line;
        Model = model;
        Prompt = prompt;
        Recorded = recorded;
    }

    /// <summary>The line of the file.</summary>
    public int Line { get; }

    /// <summary>The model that was asked; null where the request names none.</summary>
    public string? Model { get; }

    /// <summary>The beginning of the last message's text.</summary>
    public string Prompt { get; }

    /// <summary>When it was recorded; null where the file does not say.</summary>
    public DateTimeOffset? Recorded { get; }

    /// <summary>For people.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "line {0}: {1}", Line, Prompt);

    internal static GptRecordedRequest Of(ExchangeEntry entry, RecordedExchange exchange) => new(entry.Line, exchange.Request.Text("model"), LastText(exchange.Request), entry.Recorded);

    private static string LastText(JsonElement request)
    {
        if (!request.TryGetProperty("messages", out JsonElement messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0) return string.Empty;
        JsonElement last = messages[messages.GetArrayLength() - 1];
        string text = last.Text("content") ?? (last.ValueKind == JsonValueKind.Object && last.TryGetProperty("content", out JsonElement parts) && parts.ValueKind == JsonValueKind.Array
            ? string.Join(" ", parts.EnumerateArray().Select(part => part.Text("text") ?? "[" + part.Text("type") + "]"))
            : string.Empty);
        string line = string.Join(" ", text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= LongestPrompt) return line;
        int cut = char.IsLowSurrogate(line[LongestPrompt]) ? LongestPrompt - 1 : LongestPrompt;
        return line.Substring(0, cut) + "…";
    }
}
