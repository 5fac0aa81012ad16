namespace GptChat.Typing;

/// <summary>The members of the pairs that stand for a dictionary where strict mode knows none.</summary>
internal static class MapPairs
{
    public const string Key = "key";
    public const string Value = "value";
}
