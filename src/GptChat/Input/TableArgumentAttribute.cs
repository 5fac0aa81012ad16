using System;
using System.Collections;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>
/// Takes names with values as people have them: a hashtable, or an object with properties, such as one of <c>ConvertFrom-Json</c>. What is
/// neither is told without its value, which may be a key.
/// </summary>
/// <param name="example">A table that the parameter takes.</param>
[AttributeUsage(AttributeTargets.Property)]
public class TableArgumentAttribute(string example) : ArgumentTransformationAttribute
{
    /// <summary>A table that the parameter takes, for the error.</summary>
    public string Example => example;

    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is null ? null : NamedValues.Of(inputData) ?? Read((inputData as PSObject)?.BaseObject ?? inputData);

    /// <summary>Reads what is neither a table nor an object with properties.</summary>
    private protected virtual IDictionary Read(object given) =>
        throw new ArgumentTransformationMetadataException("It takes names with values, such as " + Example + ", or an object with properties, not " + Kind.Of(given) + ".");
}
