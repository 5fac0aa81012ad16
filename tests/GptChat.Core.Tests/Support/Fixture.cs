using System.IO;
using System.Text;

namespace GptChat.Core.Tests;

/// <summary>Bodies in the shape of the default endpoint's, kept with the tests.</summary>
internal static class Fixture
{
    public const string Stream = "lighthouse.sse";
    public const string Plain = "lighthouse.json";

    /// <summary>Every member that there is.</summary>
    public const string Everything = "everything.json";

    /// <summary>The same, streamed.</summary>
    public const string EverythingStream = "everything.sse";

    public static byte[] Bytes(string name)
    {
        using Stream resource = typeof(Fixture).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
}
