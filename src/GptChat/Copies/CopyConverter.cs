using System;
using System.Management.Automation;

namespace GptChat.Copies;

/// <summary>
/// Turns copies that come through jobs, remoting and Clixml into the messages, responses, pieces and conversations that they were.
/// PowerShell calls it when it reads them, and when a script converts one: <c>[GptChat.GptMessage] $copy</c>.
/// </summary>
public sealed class CopyConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is PSObject item && destinationType is not null && Copy.KindOf(item) == destinationType.Name;

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        try
        {
            return Copy.Revive((PSObject)sourceValue, destinationType.Name);
        }
        catch (GptChatException failure)
        {
            throw new PSInvalidCastException(failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException();
}
