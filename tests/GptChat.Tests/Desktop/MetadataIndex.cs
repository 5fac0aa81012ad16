using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace GptChat.Tests.Desktop;

/// <summary>The assemblies of some folders, read but not loaded. Of two with one name that in the first folder counts.</summary>
internal sealed class MetadataIndex : IDisposable
{
    private readonly Dictionary<string, PEReader> _assemblies = new(StringComparer.OrdinalIgnoreCase);

    public MetadataIndex(params string[] folders)
    {
        foreach (string file in folders.SelectMany(folder => Directory.GetFiles(folder, "*.dll")))
        {
            if (_assemblies.ContainsKey(Path.GetFileNameWithoutExtension(file))) continue;
            var reader = new PEReader(new MemoryStream(File.ReadAllBytes(file)));
            if (reader.HasMetadata) _assemblies.Add(Path.GetFileNameWithoutExtension(file), reader);
            else reader.Dispose();
        }
    }

    public MetadataReader? Find(string assembly) => _assemblies.TryGetValue(assembly, out PEReader? file) ? file.GetMetadataReader() : null;

    /// <summary>Where a type is defined, over the assemblies that only point on to others.</summary>
    public (MetadataReader Reader, TypeDefinition Type)? FindType(string assembly, string[] path)
    {
        if (Find(assembly) is not { } reader) return null;
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            if (PathOf(reader, type).SequenceEqual(path)) return (reader, type);
        }

        foreach (ExportedType exported in reader.ExportedTypes.Select(reader.GetExportedType))
        {
            if (exported.Implementation.Kind != HandleKind.AssemblyReference) continue;
            if (Name(reader, exported.Namespace, exported.Name) != path[0]) continue;
            AssemblyReference next = reader.GetAssemblyReference((AssemblyReferenceHandle)exported.Implementation);
            return FindType(reader.GetString(next.Name), path);
        }

        return null;
    }

    /// <summary>A type that is referred to: its assembly, and its name behind those of the types around it.</summary>
    public static (string Assembly, string[] Path)? Target(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = Name(reader, type.Namespace, type.Name);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.AssemblyReference => (reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name), new[] { name }),
            HandleKind.TypeReference when Target(reader, (TypeReferenceHandle)type.ResolutionScope) is { } outer => (outer.Assembly, outer.Path.Append(name).ToArray()),
            _ => null,
        };
    }

    /// <summary>The name of a type behind those of the types around it.</summary>
    public static IEnumerable<string> PathOf(MetadataReader reader, TypeDefinition type)
    {
        string name = Name(reader, type.Namespace, type.Name);
        return type.GetDeclaringType().IsNil ? new[] { name } : PathOf(reader, reader.GetTypeDefinition(type.GetDeclaringType())).Append(name);
    }

    public void Dispose()
    {
        foreach (PEReader file in _assemblies.Values) file.Dispose();
    }

    private static string Name(MetadataReader reader, StringHandle space, StringHandle name) =>
        space.IsNil ? reader.GetString(name) : reader.GetString(space) + "." + reader.GetString(name);
}
