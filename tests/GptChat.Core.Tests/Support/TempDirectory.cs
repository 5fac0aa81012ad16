using System;
using System.IO;

namespace GptChat.Core.Tests;

/// <summary>A directory that is gone with the test.</summary>
internal sealed class TempDirectory : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("gptchat-tests-").FullName;

    /// <summary>The full path of a file in it.</summary>
    public string File(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
