using System;
using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>
/// Takes headers as people write them: a hashtable, or text such as <c>'X-Team: ops'</c>, one or several. What is wrong with one is
/// told without its value, which may be a key.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HeaderArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Forms = "Headers are a hashtable, @{ 'X-Team' = 'ops' }, or text, 'X-Team: ops'.";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = (inputData as PSObject)?.BaseObject ?? inputData;
        if (plain is null or IDictionary) return plain;
        var headers = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (object? one in plain is string ? new[] { plain } : plain as IEnumerable ?? new[] { plain })
        {
            object? line = (one as PSObject)?.BaseObject ?? one;
            if (line is not string text) throw new ArgumentTransformationMetadataException(Forms + " This is a " + (line?.GetType().Name ?? "null") + ".");
            int colon = text.IndexOf(':');
            string name = colon < 0 ? string.Empty : text.Substring(0, colon).Trim();
            if (name.Length == 0) throw new ArgumentTransformationMetadataException(Forms + " This text has no name with a colon behind it.");
            if (headers.Contains(name)) throw new ArgumentTransformationMetadataException("The header '" + name + "' is given twice.");
            headers.Add(name, text.Substring(colon + 1).Trim());
        }

        return headers;
    }
}
