using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace GptChat.Prices;

/// <summary>The names under which one model goes: with a provider before it, with a date behind it.</summary>
internal static class ModelName
{
    private const string OpenAi = "openai";

    private static readonly Regex Date = new(@"-\d{4}-\d{2}-\d{2}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The names to look for, the most exact first: as given, without OpenAI's prefix, without the date.</summary>
    public static IEnumerable<string> Forms(string name)
    {
        yield return name;
        string bare = WithoutProvider(name);
        if (bare.Length < name.Length) yield return bare;
        string undated = Date.Replace(bare, string.Empty);
        if (undated.Length < bare.Length) yield return undated;
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
