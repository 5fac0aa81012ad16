using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using Xunit;

namespace GptChat.Tests.Desktop;

/// <summary>
/// What the build for Windows PowerShell names exists there: in what ships with it, in .NET Framework 4.7.2 or in Windows PowerShell 5.1.
/// A name that is missing would end a call with a MissingMethodException, on that system alone.
/// </summary>
public sealed class FrameworkReferenceTests
{
    private static readonly string Packages = typeof(FrameworkReferenceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "PackageFolder").Value!;
    private static readonly string Shipped = Path.Combine(Repository.Root, "bin", "netstandard2.0");
    private static readonly string Framework = Path.Combine(Packages, "microsoft.netframework.referenceassemblies.net472", "1.0.3", "build", ".NETFramework", "v4.7.2");
    private static readonly string Shell = Path.Combine(Packages, "powershellstandard.library", "5.1.1", "lib", "netstandard2.0");

    [Theory]
    [InlineData("GptChat")]
    [InlineData("GptChat.Core")]
    public void EveryTypeAndMemberIsThere(string assembly)
    {
        using var index = new MetadataIndex(Shipped, Framework, Path.Combine(Framework, "Facades"), Shell);
        MetadataReader reader = index.Find(assembly)!;
        List<string> missing = new();
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            if (MetadataIndex.Target(reader, handle) is { } target && index.FindType(target.Assembly, target.Path) is null) missing.Add(Describe(target));
        }

        int members = 0;
        foreach (MemberReference member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            if (member.Parent.Kind != HandleKind.TypeReference || MetadataIndex.Target(reader, (TypeReferenceHandle)member.Parent) is not { } target) continue;
            members++;
            if (index.FindType(target.Assembly, target.Path) is { } found && !Has(found.Reader, found.Type, reader, member))
                missing.Add(Describe(target) + "." + reader.GetString(member.Name));
        }

        Assert.True(members > 100, $"Only {members} members were looked at.");
        Assert.Empty(missing);
    }

    /// <summary>A member by its name and the number of its parameters; a field by its name.</summary>
    private static bool Has(MetadataReader reader, TypeDefinition type, MetadataReader from, MemberReference member)
    {
        string name = from.GetString(member.Name);
        if (member.GetKind() == MemberReferenceKind.Field) return type.GetFields().Any(field => reader.GetString(reader.GetFieldDefinition(field).Name) == name);
        int wanted = Parameters(from, member.Signature);
        return type.GetMethods().Select(reader.GetMethodDefinition).Any(method => reader.GetString(method.Name) == name && Parameters(reader, method.Signature) == wanted);
    }

    private static int Parameters(MetadataReader reader, BlobHandle signature)
    {
        BlobReader blob = reader.GetBlobReader(signature);
        if (blob.ReadSignatureHeader().IsGeneric) blob.ReadCompressedInteger();
        return blob.ReadCompressedInteger();
    }

    private static string Describe((string Assembly, string[] Path) target) => $"[{target.Assembly}] {string.Join('+', target.Path)}";
}
