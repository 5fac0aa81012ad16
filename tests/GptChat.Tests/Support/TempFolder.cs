using System;
using System.IO;
using System.Text;

namespace GptChat.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gptchat-tests-");

    public string Path => _folder.FullName;

    /// <summary>The path of a file in it, there or not.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text as UTF-8 without a mark.</summary>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string path = At(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
