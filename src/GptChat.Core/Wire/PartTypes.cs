namespace GptChat.Wire;

/// <summary>The protocol's names of the kinds of content parts that this version makes itself.</summary>
internal static class PartTypes
{
    public const string Text = "text";
    public const string Image = "image_url";
    public const string Audio = "input_audio";
    public const string File = "file";
}
