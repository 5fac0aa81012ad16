using System;
using Xunit;

namespace GptChat.Tests.Cli;

/// <summary>A test that needs a shell of Unix to start the program in.</summary>
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "The command line is tested through /bin/sh.";
    }
}
