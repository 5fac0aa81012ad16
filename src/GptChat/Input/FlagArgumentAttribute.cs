using System;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>Takes $true or $false, or the text of one. Elsewhere PowerShell takes any text for true, 'false' too.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FlagArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => ((inputData as PSObject)?.BaseObject ?? inputData) switch
    {
        bool flag => flag,
        SwitchParameter given => given.IsPresent,
        string text when bool.TryParse(text, out bool flag) => flag,
        string text => throw Wrong(text.Trim().Length == 0 ? "this text is empty. Is the variable set?" : "'" + (text.Length <= 40 ? text : text.Substring(0, 40) + "…") + "' is neither."),
        null => throw Wrong("it is $null. Is the variable set?"),
        var other => throw Wrong("this is " + Kind.Of(other) + "."),
    };

    private static ArgumentTransformationMetadataException Wrong(string what) => new("It takes $true or $false; " + what);
}
