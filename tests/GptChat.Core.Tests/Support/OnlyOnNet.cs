namespace GptChat.Core.Tests;

/// <summary>Why a test is not run against the build for .NET Framework on .NET; null, and so run, in the build for .NET.</summary>
internal static class OnlyOnNet
{
#if NETSTANDARD_CORE
    public const string? Modes = "The build for .NET Framework runs on Windows, where files have no modes.";
    public const string? Faults = "It hears of such answers through a WebException, which .NET does not throw.";
    public const string? Tunnels = "It leaves tunnels to the runtime, which ends them later than a stop.";
#else
    public const string? Modes = null;
    public const string? Faults = null;
    public const string? Tunnels = null;
#endif

#if NETFRAMEWORK
    public const string? Allocations = "The framework does not tell what a thread allocates.";
#else
    public const string? Allocations = null;
#endif

#if NET9_0_OR_GREATER
    public const string? Programs = null;
#else
    public const string? Programs = "The server's program is started with the machine's .NET, which need not be the one that is tested.";
#endif
}
