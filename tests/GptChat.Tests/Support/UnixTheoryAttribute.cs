using System;
using Xunit;

namespace GptChat.Tests;

/// <summary>As <see cref="UnixFactAttribute"/>, for several cases.</summary>
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public const string Reason = "A runtime of links to files is made here, which Windows allows to few.";

    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = Reason;
    }
}
