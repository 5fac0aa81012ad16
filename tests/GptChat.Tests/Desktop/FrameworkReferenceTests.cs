using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using Xunit;

namespace GptChat.Tests.Desktop;

/// <summary>
/// What the build for Windows PowerShell names exists there: in what ships with it, in .NET Framework 4.7.2 or in Windows PowerShell 5.1.
/// A name that is missing would end a call with a MissingMethodException, on that system alone.
/// </summary>
public sealed class FrameworkReferenceTests
{
    private const byte GenericInstance = 0x15;

    [Theory]
    [InlineData("GptChat", "")]
    [InlineData("GptChat.Core", "")]
    [InlineData("GptChat.Mcp", "mcp")]
    public void EveryTypeAndMemberIsThere(string assembly, string folder)
    {
        using var index = new MetadataIndex([Path.Combine(Platform.Desktop, folder), .. Platform.Framework]);
        List<string> missing = Missing(index, index.Find(assembly)!, out int looked);
        Assert.True(looked > 50, $"Only {looked} members were looked at.");
        Assert.Empty(missing);
    }

    [Fact]
    public void AMemberOfNewerNetIsFoundToBeMissing()
    {
        string built = Path.GetDirectoryName(typeof(FrameworkReferenceTests).Assembly.Location)!;
        using var own = new MetadataIndex(built);
        using var index = new MetadataIndex([built, .. Platform.Framework]);
        // These tests are of .NET 10, and call this very overload.
        Assert.True("a,b".Split(',', 2).Length == 2);
        Assert.Contains("[System.Runtime] System.String.Split", Missing(index, own.Find("GptChat.Tests")!, out _));
    }

    private static List<string> Missing(MetadataIndex index, MetadataReader reader, out int looked)
    {
        List<string> missing = new();
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            if (MetadataIndex.Target(reader, handle) is { } target && index.FindType(target.Assembly, target.Path) is null) missing.Add(Describe(target));
        }

        looked = 0;
        foreach (MemberReference member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            if (Parent(reader, member) is not { } parent || MetadataIndex.Target(reader, parent) is not { } target) continue;
            looked++;
            if (index.FindType(target.Assembly, target.Path) is { } found && !Has(found.Reader, found.Type, reader, member))
                missing.Add(Describe(target) + "." + reader.GetString(member.Name));
        }

        return missing;
    }

    /// <summary>The type that has a member, be it generic; null where it is one of the assembly itself, or an array.</summary>
    private static TypeReferenceHandle? Parent(MetadataReader reader, MemberReference member)
    {
        EntityHandle type = member.Parent;
        if (type.Kind == HandleKind.TypeSpecification)
        {
            BlobReader blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
            if (blob.ReadByte() != GenericInstance) return null;
            blob.ReadByte();
            type = blob.ReadTypeHandle();
        }

        return type.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)type : null;
    }

    private static bool Has(MetadataReader reader, TypeDefinition type, MetadataReader from, MemberReference member)
    {
        string name = from.GetString(member.Name);
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            string wanted = member.DecodeFieldSignature(SignatureNames.Instance, null);
            return type.GetFields().Select(reader.GetFieldDefinition).Any(field => reader.GetString(field.Name) == name && field.DecodeSignature(SignatureNames.Instance, null) == wanted);
        }

        string signature = SignatureNames.Of(member.DecodeMethodSignature(SignatureNames.Instance, null));
        return type.GetMethods().Select(reader.GetMethodDefinition).Any(method =>
            reader.GetString(method.Name) == name && SignatureNames.Of(method.DecodeSignature(SignatureNames.Instance, null)) == signature);
    }

    private static string Describe((string Assembly, string[] Path) target) => $"[{target.Assembly}] {string.Join('+', target.Path)}";
}
