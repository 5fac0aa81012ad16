namespace GptChat.Schemas;

/// <summary>The failures of schemas that cannot be used; nothing has been sent then.</summary>
internal static class SchemaProblem
{
    /// <summary>A schema that cannot be used.</summary>
    /// <param name="path">The place in it; empty for the whole.</param>
    /// <param name="problem">What is wrong there.</param>
    /// <param name="hint">What to do.</param>
    public static GptChatException At(string path, string problem, string hint) =>
        new(GptErrorKind.InvalidParameter, path.Length == 0 ? "The schema cannot be used: " + problem : "The schema cannot be used: '" + path + "' " + problem) { Hint = hint + " Nothing was sent." };

    /// <summary>What strict mode has no words for.</summary>
    public static GptChatException NotStrict(string path, string problem, string instead) =>
        At(path, problem + ", which strict mode cannot say", instead + ", or ask with -SchemaMode Loose, where the answer is checked only when it is here.");
}
