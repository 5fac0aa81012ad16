using System.Management.Automation;

namespace GptChat.Input;

/// <summary>Objects as what they are in a string.</summary>
internal sealed class TextFormat(ObjectJson json) : RowFormat(json)
{
    private readonly ObjectJson _json = json;

    /// <inheritdoc/>
    public override bool IsBlock => false;

    /// <inheritdoc/>
    private protected override string WriteOne(PSObject item) => _json.Cut(SafeValue.Text(item));
}
