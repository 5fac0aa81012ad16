using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace GptChat.Typing;

/// <summary>A member of a class that the model fills in.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Property">The property.</param>
/// <param name="IsOptional">Whether null may stand there.</param>
internal sealed record TypeMember(string Name, PropertyInfo Property, bool IsOptional)
{
    private const string Hidden = "System.Management.Automation.HiddenAttribute";

    // Classes that a session redefines again and again are not kept by being known.
    private static readonly ConditionalWeakTable<Type, IReadOnlyList<TypeMember>> Known = new();

    /// <summary>
    /// The members of a type in the order of their declaration, those of base classes first. Hidden and static ones, those that
    /// cannot be set and those that JSON is told to leave out are not among them.
    /// </summary>
    public static IReadOnlyList<TypeMember> Of(Type type) => Known.GetValue(type, Find);

    private static IReadOnlyList<TypeMember> Find(Type type)
    {
        var members = new List<TypeMember>();
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => Depth(property.DeclaringType)).ThenBy(property => property.MetadataToken))
        {
            if (property.SetMethod is not { IsPublic: true } || property.GetIndexParameters().Length > 0 || IsLeftOut(property)) continue;

            // What a derived class declares anew takes the place of what it hides.
            string name = NameOf(property);
            members.RemoveAll(member => member.Name == name || member.Property.Name == property.Name);
            members.Add(new TypeMember(name, property, IsNullable(property)));
        }

        return members;
    }

    /// <summary>What the class says about a member or itself, in the attributes made for that.</summary>
    public static string? DescriptionOf(MemberInfo member)
    {
        foreach (object attribute in member.GetCustomAttributes(true))
        {
            string? text = attribute switch
            {
                DescriptionAttribute description => description.Description,
                ParameterAttribute parameter => parameter.HelpMessage,
                _ when attribute.GetType().FullName == "System.ComponentModel.DataAnnotations.DisplayAttribute" => Text(attribute, "Description") ?? Text(attribute, "Name"),
                _ => null,
            };
            if (!string.IsNullOrWhiteSpace(text)) return text!.Trim();
        }

        return member.GetCustomAttribute<DisplayNameAttribute>(true)?.DisplayName is { Length: > 0 } name ? name : null;
    }

    // By their names: a class may be compiled against another version of the assembly than the one that is loaded here.
    private static bool IsLeftOut(PropertyInfo property) => property.GetCustomAttributes(true).Any(attribute => attribute.GetType().FullName switch
    {
        Hidden => true,
        "System.Text.Json.Serialization.JsonIgnoreAttribute" => Text(attribute, "Condition") is null or "Always",
        "Newtonsoft.Json.JsonIgnoreAttribute" => true,
        _ => false,
    });

    private static string NameOf(PropertyInfo property)
    {
        foreach (object attribute in property.GetCustomAttributes(true))
        {
            string? name = attribute.GetType().FullName switch
            {
                "System.Text.Json.Serialization.JsonPropertyNameAttribute" => Text(attribute, "Name"),
                "Newtonsoft.Json.JsonPropertyAttribute" => Text(attribute, "PropertyName"),
                _ => null,
            };
            if (!string.IsNullOrEmpty(name)) return name!;
        }

        return property.Name;
    }

    private static bool IsNullable(PropertyInfo property)
    {
        if (property.IsDefined(typeof(ValidateNotNullAttribute), true) || property.IsDefined(typeof(ValidateNotNullOrEmptyAttribute), true)) return false;
        if (property.PropertyType.IsValueType) return Nullable.GetUnderlyingType(property.PropertyType) is not null;
        return property.IsDefined(typeof(AllowNullAttribute), true) || Annotation(property.CustomAttributes, "NullableAttribute") == 2
            || (Annotation(property.CustomAttributes, "NullableAttribute") is null && Annotation(property.DeclaringType!.CustomAttributes, "NullableContextAttribute") == 2);
    }

    /// <summary>What the compiler of C# says of a reference: 1 never null, 2 maybe null; null where it says nothing.</summary>
    private static byte? Annotation(IEnumerable<CustomAttributeData> attributes, string name)
    {
        CustomAttributeData? found = attributes.FirstOrDefault(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices." + name);
        return found?.ConstructorArguments.FirstOrDefault().Value switch
        {
            byte one => one,
            IReadOnlyCollection<CustomAttributeTypedArgument> several => several.FirstOrDefault().Value as byte?,
            _ => null,
        };
    }

    private static string? Text(object attribute, string property) => attribute.GetType().GetProperty(property)?.GetValue(attribute)?.ToString();

    private static int Depth(Type? type)
    {
        int depth = 0;
        for (; type is not null; type = type.BaseType) depth++;
        return depth;
    }
}
