using System.IO;
using Xunit;

namespace GptChat.Tests;

/// <summary>A test that needs a disk that is always full, which Linux has.</summary>
internal sealed class FullDeviceTheoryAttribute : TheoryAttribute
{
    public const string Path = "/dev/full";

    public FullDeviceTheoryAttribute()
    {
        if (!File.Exists(Path)) Skip = "There is no " + Path + " here.";
    }
}
