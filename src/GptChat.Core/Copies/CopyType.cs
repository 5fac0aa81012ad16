namespace GptChat.Copies;

/// <summary>Who makes an object of a copy of its properties: PowerShell asks the type.</summary>
internal static class CopyType
{
    /// <summary>By name, since it belongs to the module: nothing here knows PowerShell.</summary>
    public const string Converter = "GptChat.Copies.CopyConverter, GptChat";
}
