using System;
using System.Collections.Generic;

namespace GptChat.Prices;

/// <summary>The names under which one model goes: with a provider before it, with a date behind it.</summary>
internal static class ModelName
{
    private const string OpenAi = "openai";

    // What it looks like at the end of a name. Not a pattern: making one costs a session's first call milliseconds.
    private const string Date = "-0000-00-00";

    /// <summary>The names to look for, the most exact first: as given, without OpenAI's prefix, without the date.</summary>
    public static IEnumerable<string> Forms(string name)
    {
        yield return name;
        string bare = WithoutProvider(name);
        if (bare.Length < name.Length) yield return bare;
        string undated = WithoutDate(bare);
        if (undated.Length < bare.Length) yield return undated;
    }

    private static string WithoutDate(string name)
    {
        int start = name.Length - Date.Length;
        if (start < 0) return name;
        for (int i = 0; i < Date.Length; i++)
        {
            if (Date[i] == '0' ? name[start + i] is < '0' or > '9' : name[start + i] != Date[i]) return name;
        }

        return name.Substring(0, start);
    }

    /// <summary>Other providers serve other models under names of their own, so only OpenAI's is taken off.</summary>
    private static string WithoutProvider(string name)
    {
        int slash = name.LastIndexOf('/');
        if (slash < 0) return name;
        string provider = name.Substring(0, slash);
        bool isOpenAi = provider.EndsWith(OpenAi, StringComparison.OrdinalIgnoreCase) && (provider.Length == OpenAi.Length || provider[provider.Length - OpenAi.Length - 1] == '/');
        return isOpenAi ? name.Substring(slash + 1) : name;
    }
}
