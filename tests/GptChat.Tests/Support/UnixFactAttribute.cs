using System;
using Xunit;

namespace GptChat.Tests;

/// <summary>A test that makes links to files, which Windows allows to few.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = UnixTheoryAttribute.Reason;
    }
}
