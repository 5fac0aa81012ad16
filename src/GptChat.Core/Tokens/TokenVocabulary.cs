using System;
using System.Collections.Generic;
using System.Reflection;

namespace GptChat.Tokens;

/// <summary>
/// OpenAI's encoding o200k_base, loaded with the first question: that takes a quarter of a second and 40 MB, which a session that
/// never asks does not pay.
/// </summary>
/// <remarks>Only types of the framework cross over from the library (see <see cref="Libraries"/>).</remarks>
internal static class TokenVocabulary
{
    private const string Library = "Microsoft.ML.Tokenizers";

    private static readonly Lazy<Functions> Loaded = new(Load);

    private delegate int CountFunction(ReadOnlySpan<char> text, bool considerPreTokenization, bool considerNormalization);

    private delegate IReadOnlyList<int> IdsFunction(string text, bool considerPreTokenization, bool considerNormalization);

    /// <summary>Whether it was needed yet.</summary>
    public static bool IsLoaded => Loaded.IsValueCreated;

    /// <summary>How many tokens a text is. It takes time that grows faster than the length of a run without any border.</summary>
    public static int Count(ReadOnlySpan<char> text) => Loaded.Value.Count(text, true, true);

    /// <summary>The tokens that a text is cut into.</summary>
    public static IReadOnlyList<int> Ids(string text) => Loaded.Value.Ids(text, true, true);

    private static Functions Load()
    {
        Type type = Libraries.Loader(Library).GetType(Library + ".TiktokenTokenizer", throwOnError: true)!;
        object tokenizer = Method(type, "CreateForEncoding", typeof(string)).Invoke(null, new object?[] { "o200k_base", null, null })!;
        Type[] flags = { typeof(bool), typeof(bool) };
        return new Functions(
            (CountFunction)Delegate.CreateDelegate(typeof(CountFunction), tokenizer, Method(type, "CountTokens", typeof(ReadOnlySpan<char>), flags)),
            (IdsFunction)Delegate.CreateDelegate(typeof(IdsFunction), tokenizer, Method(type, "EncodeToIds", typeof(string), flags)));
    }

    private static MethodInfo Method(Type type, string name, Type first, params Type[] others)
    {
        foreach (MethodInfo method in type.GetMethods())
        {
            ParameterInfo[] parameters = method.GetParameters();
            if (method.Name != name || parameters.Length != 3 || parameters[0].ParameterType != first) continue;
            if (others.Length == 0 || (parameters[1].ParameterType == others[0] && parameters[2].ParameterType == others[1])) return method;
        }

        throw new MissingMethodException(type.FullName, name);
    }

    private sealed record Functions(CountFunction Count, IdsFunction Ids);
}
