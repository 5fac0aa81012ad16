using System;
using System.Text.RegularExpressions;

namespace GptChat.Recording;

/// <summary>
/// The variable that puts a recording before the network for whole programs that know nothing of it: a path is replayed, since what
/// is set for a test must never send; a word before it says otherwise.
/// </summary>
internal static class RecordingVariable
{
    /// <summary>Its name.</summary>
    public const string Name = "GPTCHAT_RECORDING";

    private const string Forms = "It is the path of a recording to answer from, or replay=PATH, record=PATH or replay-or-record=PATH.";

    private static readonly Regex WordAndPath = new("^(?<word>[A-Za-z-]{2,})\\s*=\\s*(?<path>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));

    /// <summary>What it says; null where it is not set. Blank counts as not set.</summary>
    /// <param name="read">Reads a variable.</param>
    /// <param name="fullPath">Makes a path full, as the shell does.</param>
    /// <exception cref="GptChatException">It says nothing that can be meant; the message names it.</exception>
    public static RecordingChoice? Read(Func<string, string?> read, Func<string, string> fullPath)
    {
        string? value = read(Name)?.Trim();
        if (string.IsNullOrEmpty(value)) return null;
        if (Mode(value!) is not null) throw Invalid("says '" + value + "' and no path");
        if (WordAndPath.Match(value!) is not { Success: true } match) return Choice(RecordingMode.Replay, value!, fullPath);
        string word = match.Groups["word"].Value;
        string path = match.Groups["path"].Value;
        if (Mode(word) is not { } mode) throw Invalid("begins with '" + word + "=', which is none of its words", " A path that holds an equals sign is written replay=PATH.");
        return path.Length == 0 ? throw Invalid("says '" + word + "' and no path") : Choice(mode, path, fullPath);
    }

    private static RecordingMode? Mode(string word) => word.ToLowerInvariant() switch
    {
        "replay" => RecordingMode.Replay,
        "record" => RecordingMode.Record,
        "replay-or-record" => RecordingMode.ReplayOrRecord,
        _ => null,
    };

    private static RecordingChoice Choice(RecordingMode mode, string path, Func<string, string> fullPath)
    {
        try
        {
            return new RecordingChoice(mode, fullPath(path), Name);
        }
        catch (GptChatException failure)
        {
            throw Invalid("names a path that cannot be used: " + failure.Problem, inner: failure);
        }
    }

    private static GptChatException Invalid(string problem, string more = "", Exception? inner = null) =>
        new(GptErrorKind.InvalidParameter, "The variable " + Name + " " + problem, inner) { Hint = Forms + more + " Nothing was sent." };
}
