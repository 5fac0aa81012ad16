using System;
using GptChat.Recording;

namespace GptChat.Input;

/// <summary>Reads what parameters and the environment say of recordings and caches.</summary>
internal static class RecordingArguments
{
    private static readonly TimeSpan ShortestExpiry = TimeSpan.FromSeconds(1);

    /// <summary>The recording that the parameters name; null for none.</summary>
    /// <param name="paths">Makes paths full.</param>
    /// <param name="record">The value of <c>-Record</c>.</param>
    /// <param name="replay">The value of <c>-Replay</c>.</param>
    /// <param name="replayOrRecord">The value of <c>-ReplayOrRecord</c>.</param>
    /// <param name="source">Who says so, where that is no parameter of the call.</param>
    public static RecordingChoice? Recording(PathResolver paths, string? record, string? replay, string? replayOrRecord, string? source = null)
    {
        if (record is not null) return new RecordingChoice(RecordingMode.Record, paths.Literal(record), source ?? "-Record");
        if (replay is not null) return new RecordingChoice(RecordingMode.Replay, paths.Literal(replay), source ?? "-Replay");
        return replayOrRecord is null ? null : new RecordingChoice(RecordingMode.ReplayOrRecord, paths.Literal(replayOrRecord), source ?? "-ReplayOrRecord");
    }

    /// <summary>The recording that the environment names; null for none.</summary>
    /// <exception cref="GptChatException">The variable says nothing that can be meant.</exception>
    public static RecordingChoice? FromEnvironment(PathResolver paths) => RecordingVariable.Read(Environment.GetEnvironmentVariable, paths.Literal);

    /// <summary>Throws where an expiry is too short to be meant.</summary>
    /// <exception cref="GptChatException">It is.</exception>
    public static void RequireTime(TimeSpan? time, string parameter)
    {
        if (time is not { } given || given >= ShortestExpiry) return;
        throw new GptChatException(GptErrorKind.InvalidParameter, "-" + parameter + " is " + given + ", which is less than a second")
        {
            Hint = "A [timespan] made of a bare number counts ten-millionths of a second. Give '1h', '7 days', or New-TimeSpan -Days 7. Nothing was sent.",
        };
    }
}
