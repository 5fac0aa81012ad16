using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Numerics;

namespace GptChat.Typing;

/// <summary>What a type is to JSON.</summary>
internal enum ShapeKind
{
    /// <summary>A string, number or boolean.</summary>
    Scalar,

    /// <summary>One word of several.</summary>
    Word,

    /// <summary>Any number of words of several.</summary>
    Words,

    /// <summary>A list.</summary>
    List,

    /// <summary>A dictionary.</summary>
    Map,

    /// <summary>An object with members.</summary>
    Object,

    /// <summary>Anything at all.</summary>
    Anything,
}

/// <summary>Tells what a type is to JSON.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Type">The type, without what makes it nullable.</param>
/// <param name="IsNullable">Whether there may be none.</param>
/// <param name="Inner">The type of the items of a list, of the values of a map.</param>
/// <param name="Key">The type of the keys of a map.</param>
internal sealed record TypeShape(ShapeKind Kind, Type Type, bool IsNullable, Type? Inner = null, Type? Key = null)
{
    private static readonly HashSet<Type> Scalars = new()
    {
        typeof(string), typeof(char), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(BigInteger), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(Guid), typeof(Uri), typeof(Version),
        typeof(IPAddress), typeof(byte[]), typeof(SwitchParameter),
#if NET
        typeof(DateOnly), typeof(TimeOnly),
#endif
    };

    private static readonly HashSet<Type> Anythings = new()
    {
        typeof(object), typeof(PSObject), typeof(PSCustomObject), typeof(Hashtable), typeof(IDictionary), typeof(ArrayList), typeof(Array), typeof(IEnumerable), typeof(IList), typeof(ICollection), typeof(ValueType),
    };

    private static readonly HashSet<Type> Lists = new()
    {
        typeof(List<>), typeof(IList<>), typeof(ICollection<>), typeof(IEnumerable<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(HashSet<>), typeof(ISet<>),
        typeof(System.Collections.ObjectModel.Collection<>), typeof(SortedSet<>), typeof(LinkedList<>), typeof(Queue<>),
    };

    private static readonly HashSet<Type> Maps = new()
    {
        typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>), typeof(SortedDictionary<,>), typeof(SortedList<,>), typeof(System.Collections.Concurrent.ConcurrentDictionary<,>),
    };

    /// <summary>The shape of a type.</summary>
    public static TypeShape Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } bare) return Of(bare) with { IsNullable = true };
        if (Scalars.Contains(type)) return new TypeShape(ShapeKind.Scalar, type, false);
        if (Anythings.Contains(type) || type.FullName is "System.Collections.Specialized.OrderedDictionary") return new TypeShape(ShapeKind.Anything, type, false);
        if (type.IsEnum) return new TypeShape(type.IsDefined(typeof(FlagsAttribute), false) ? ShapeKind.Words : ShapeKind.Word, type, false);
        if (type.IsArray && type.GetArrayRank() == 1) return new TypeShape(ShapeKind.List, type, false, type.GetElementType());
        if (!type.IsGenericType) return new TypeShape(ShapeKind.Object, type, false);
        Type open = type.GetGenericTypeDefinition();
        Type[] of = type.GetGenericArguments();
        if (Maps.Contains(open)) return new TypeShape(ShapeKind.Map, type, false, of[1], of[0]);
        return Lists.Contains(open) ? new TypeShape(ShapeKind.List, type, false, of[0]) : new TypeShape(ShapeKind.Object, type, false);
    }

    /// <summary>A type's name as PowerShell users write it.</summary>
    public static string NameOf(Type type) => type.IsGenericType
        ? type.Name.Split('`')[0] + "[" + string.Join(", ", type.GetGenericArguments().Select(NameOf)) + "]"
        : type.IsArray ? NameOf(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]" : type.Name;
}
