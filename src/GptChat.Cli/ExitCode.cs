namespace GptChat.Cli;

/// <summary>How the program ends, for scripts.</summary>
internal static class ExitCode
{
    /// <summary>The answer came whole.</summary>
    public const int Success = 0;

    /// <summary>No answer, or not all of it; standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The arguments cannot be used; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>Stopped with Ctrl+C.</summary>
    public const int Interrupted = 130;
}
