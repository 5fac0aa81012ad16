namespace GptChat;

/// <summary>What became of a call of a tool.</summary>
public enum GptToolOutcome
{
    /// <summary>Nothing: the call is for the caller to answer.</summary>
    NotRun,

    /// <summary>It ran, and its result went to the model.</summary>
    Succeeded,

    /// <summary>It ran and failed; the model was told how.</summary>
    Failed,

    /// <summary>It was not run, because the name or the arguments were wrong; the model was told what is right.</summary>
    Invalid,

    /// <summary>It was not run, because somebody who was asked said no; the model was told so.</summary>
    Declined,

    /// <summary>It ran longer than it may and was ended, or was not run because the time for all tools was over; the model was told so.</summary>
    TimedOut,
}
