using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using Xunit;

namespace GptChat.Tests.Desktop;

/// <summary>
/// On .NET Framework the versions of TLS are a setting of the process, which may allow old ones: whatever of ours makes a handler says
/// itself which it speaks.
/// </summary>
public sealed class SecureHandlerTests
{
    [Theory]
    [InlineData("", "GptChat.Core")]
    [InlineData("mcp", "GptChat.Mcp")]
    public void Whoever_makes_a_handler_says_which_versions_of_TLS_it_speaks(string folder, string assembly)
    {
        using var index = new MetadataIndex(Path.Combine(Platform.Desktop, folder));
        MetadataReader reader = index.Find(assembly)!;
        HashSet<string> members = [.. reader.MemberReferences.Select(reader.GetMemberReference).Where(member => IsHandler(reader, member)).Select(member => reader.GetString(member.Name))];
        Assert.Contains(".ctor", members);
        Assert.Contains("set_SslProtocols", members);
    }

    private static bool IsHandler(MetadataReader reader, MemberReference member) =>
        member.Parent.Kind == HandleKind.TypeReference && reader.GetString(reader.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == "HttpClientHandler";
}
