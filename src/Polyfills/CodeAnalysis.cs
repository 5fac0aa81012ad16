namespace System.Diagnostics.CodeAnalysis;

/// <summary>Says with which result an argument is not null.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
{
    /// <summary>That result.</summary>
    public bool ReturnValue { get; } = returnValue;
}
