using System.Management.Automation;
using GptChat.Errors;

namespace GptChat.Input;

/// <summary>Says what something is that is not what was wanted, as an error says it: "not an Int32".</summary>
internal static class Kind
{
    /// <summary>Its type behind the article that goes with it. Never its value, which may be a secret.</summary>
    public static string Of(object? value) => ((value as PSObject)?.BaseObject ?? value) is { } plain ? Article.With(plain.GetType().Name) : "$null";
}
