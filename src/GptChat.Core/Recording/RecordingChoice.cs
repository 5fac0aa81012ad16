namespace GptChat.Recording;

/// <summary>What a file of exchanges is to a call.</summary>
internal enum RecordingMode
{
    /// <summary>What is sent is added to it.</summary>
    Record,

    /// <summary>It answers, and nothing is sent.</summary>
    Replay,

    /// <summary>It answers what it holds; everything else is sent and added to it.</summary>
    ReplayOrRecord,
}

/// <summary>Which recording a call uses, and how.</summary>
/// <param name="Mode">How.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Source">Who said so: a parameter, a connection, the environment.</param>
internal sealed record RecordingChoice(RecordingMode Mode, string Path, string Source)
{
    /// <summary>How errors speak of the file.</summary>
    public FileRole Role => new(GptErrorKind.RecordingNotUsable, "recording", Source);

    /// <summary>For people: <c>Replay r.jsonl</c>.</summary>
    public override string ToString() => Mode switch
    {
        RecordingMode.Record => "Recording into ",
        RecordingMode.Replay => "Replaying ",
        _ => "Replaying, and recording what is not in it, ",
    } + Path;
}

/// <summary>How errors speak of a file of exchanges.</summary>
/// <param name="Kind">The kind of the failure.</param>
/// <param name="Noun">What it is to the user.</param>
/// <param name="Source">Who named it.</param>
internal sealed record FileRole(GptErrorKind Kind, string Noun, string Source)
{
    /// <summary>The file of <c>-Record</c>.</summary>
    public static readonly FileRole Record = new(GptErrorKind.RecordingNotUsable, "recording", "-Record");

    /// <summary>The file of <c>-Replay</c>.</summary>
    public static readonly FileRole Replay = new(GptErrorKind.RecordingNotUsable, "recording", "-Replay");

    /// <summary>The file of <c>-Cache</c>.</summary>
    public static FileRole Cache(string source) => new(GptErrorKind.CacheNotUsable, "cache", source);

    /// <summary>The file cannot be read, or holds something else.</summary>
    public GptChatException NotReadable(string path, string problem, System.Exception? inner) =>
        new(Kind, "The " + Noun + " " + path + " cannot be used: " + problem, inner) { Hint = "Check the path given to " + Source + "; " + Writers + " such a file.", Target = path };

    /// <summary>The file cannot be written, and nothing was sent yet.</summary>
    public GptChatException NotWritable(string path, System.Exception inner) =>
        new(Kind, "The " + Noun + " " + path + " cannot be written: " + inner.Message, inner) { Hint = "Check the path given to " + Source + " and its permissions. Nothing was sent.", Target = path };

    /// <summary>The file cannot be written, and the answer is there.</summary>
    public GptChatException NotKept(string path, System.Exception inner) =>
        new(Kind, "The answer came, but the " + Noun + " cannot be written: " + inner.Message, inner)
        {
            Hint = "Check the path given to " + Source + ", its permissions and the space on the disk. The answer is in the error's Response.",
            Target = path,
        };

    private string Writers => Kind == GptErrorKind.CacheNotUsable ? "-Cache writes" : "-Record writes";
}
