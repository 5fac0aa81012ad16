using System.IO;
using System.Text;

namespace GptChat.Core.Tests;

/// <summary>Bodies in the shape of the default endpoint's, kept with the tests.</summary>
internal static class Fixture
{
    public const string Stream = "lighthouse.sse";
    public const string Plain = "lighthouse.json";

    public static byte[] Bytes(string name)
    {
        using Stream resource = typeof(Fixture).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
}
