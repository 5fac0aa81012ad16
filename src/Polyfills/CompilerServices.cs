// What the compiler looks for by name, and .NET Standard 2.0 does not have. Written by hand: the order in which a generator adds such
// types is another in each run, and no two builds would be the same byte for byte.

namespace System.Runtime.CompilerServices;

/// <summary>Marks a setter as one of initializers alone.</summary>
internal static class IsExternalInit;

/// <summary>Marks a member that an initializer must set.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
internal sealed class RequiredMemberAttribute : Attribute;

/// <summary>Marks what only a compiler that knows a feature may use.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    /// <summary>The feature's name.</summary>
    public string FeatureName { get; } = featureName;
}
