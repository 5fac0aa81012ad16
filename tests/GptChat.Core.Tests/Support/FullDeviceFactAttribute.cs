using System.IO;
using Xunit;

namespace GptChat.Core.Tests;

/// <summary>A test that needs a disk that is always full, which Linux has.</summary>
internal sealed class FullDeviceFactAttribute : FactAttribute
{
    public const string Path = "/dev/full";

    public FullDeviceFactAttribute()
    {
        Skip = File.Exists(Path) ? OnMono.Unless(OnMono.Locks) : "There is no " + Path + " here.";
    }
}
