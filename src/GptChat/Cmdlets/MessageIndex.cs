namespace GptChat.Cmdlets;

/// <summary>Finds the message that an index means, which counts from the end where it is negative, as indexes of arrays do.</summary>
internal static class MessageIndex
{
    /// <summary>The index from 0.</summary>
    /// <param name="index">What was given.</param>
    /// <param name="count">How many messages there are.</param>
    /// <param name="label">What people call the conversation.</param>
    /// <param name="target">The conversation.</param>
    /// <exception cref="GptChatException">There is no such message.</exception>
    public static int Resolve(int index, int count, string label, object target)
    {
        int place = index < 0 ? count + index : index;
        if (place >= 0 && place < count) return place;
        string range = count == 0 ? "it has none" : "it has those from 0 to " + (count - 1);
        throw new GptChatException(GptErrorKind.InvalidParameter, "The conversation " + label + " has no message " + index + ": " + range) { Hint = "Nothing was changed.", Target = target };
    }
}
