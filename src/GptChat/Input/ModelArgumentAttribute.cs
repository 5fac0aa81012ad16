using System;
using System.Collections;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>
/// Takes the name of a model, or a model as <c>Get-GptModel</c> and servers give it. Of any other object the engine would send the text,
/// such as <c>@{Name=x}</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ModelArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        if (plain is null or string || (plain is ValueType and not bool && plain.GetType().IsPrimitive)) return inputData;
        if (plain is IList) throw new ArgumentTransformationMetadataException("It takes the name of one model, or one that Get-GptModel gives, not a list.");
        if (plain is GptModel model) return model.Id;
        if (NamedValues.Of(inputData) is { } table)
        {
            foreach (DictionaryEntry entry in table)
            {
                if (string.Equals(entry.Key.ToString(), nameof(GptModel.Id), StringComparison.OrdinalIgnoreCase) && ((entry.Value as PSObject)?.BaseObject ?? entry.Value) is string id) return id;
            }
        }

        throw new ArgumentTransformationMetadataException("It takes the name of a model, or one that Get-GptModel gives, not " + Kind.Of(plain) + (NamedValues.Of(inputData) is null ? "." : " without an Id."));
    }
}
