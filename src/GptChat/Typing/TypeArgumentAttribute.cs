using System;
using System.Management.Automation;
using GptChat.Input;

namespace GptChat.Typing;

/// <summary>
/// Takes the name of a type where a type is wanted, also in the brackets that one writes by habit: <c>-As MyClass[]</c>,
/// <c>-As [MyClass]</c>. The name is looked up where the caller stands, so that classes of a script are found.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TypeArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object plain = (inputData as PSObject)?.BaseObject ?? inputData;
        if (plain is Type type) return type;
        if (plain is not string text) throw new ArgumentTransformationMetadataException("-As takes a type or its name, such as ([MyClass]), 'MyClass[]' or int, not " + Kind.Of(plain) + ". For a schema there is -Schema.");
        string name = Unbracketed(text.Trim());
        if (LanguagePrimitives.TryConvertTo(name, out Type found) && found is not null) return found;
        throw new ArgumentTransformationMetadataException("There is no type '" + name + "' here. A class must be defined, or imported with 'using module', before its name is used; give the type itself where the name is not known: -As ([MyClass]).");
    }

    /// <summary>The name without the brackets around the whole, which are not those of an array.</summary>
    private static string Unbracketed(string text)
    {
        if (text.Length < 3 || text[0] != '[' || text[text.Length - 1] != ']') return text;
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
            if (depth == 0 && i < text.Length - 1) return text;
        }

        return text.Substring(1, text.Length - 2);
    }
}
