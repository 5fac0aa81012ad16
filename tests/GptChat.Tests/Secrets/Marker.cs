using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using Xunit;

namespace GptChat.Tests.Secrets;

/// <summary>A key that can be found again in whatever shape it turns up.</summary>
internal static class Marker
{
    /// <summary>It has what real keys have, and what is escaped in an address.</summary>
    public const string Key = "Zk9+QwXr4tL2bHs8yVnM1aBe7Gd/5cJ=";

    /// <summary>The shapes in which servers repeat a key, by name.</summary>
    public static readonly IReadOnlyDictionary<string, string> Echoes = new Dictionary<string, string>
    {
        ["whole"] = Key,
        ["header"] = "Authorization: Bearer " + Key,
        ["escaped"] = Uri.EscapeDataString(Key),
        ["Base64"] = Base64(Key),
        ["Base64 of the header"] = Base64("Bearer " + Key),
        ["Base64 of a pair"] = Base64("me:" + Key),
        ["Base64 for addresses"] = Base64("Bearer " + Key).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        ["starred in the middle"] = Key[..9] + "****************" + Key[^4..],
        ["starred but for its end"] = "********" + Key[^12..],
        ["cut"] = Key[..14] + "...",
        ["twice"] = Key + Key,
    };

    private static readonly string[] Forms = [Key, Base64(Key), Uri.EscapeDataString(Key), Base64("Bearer " + Key)[12..]];

    /// <summary>Checks that a text holds neither the key nor a part of it that gives it away.</summary>
    public static void IsAbsent(string text)
    {
        foreach (string form in Forms)
        {
            for (int at = 0; at + 8 <= form.Length; at++)
            {
                int found = text.IndexOf(form.Substring(at, 8), StringComparison.Ordinal);
                if (found >= 0) Assert.Fail("The key shows: …" + text[Math.Max(0, found - 200)..Math.Min(text.Length, found + 60)] + "…");
            }
        }
    }

    /// <summary>Everything that can be read off an object by whoever has it, and off what it holds, and what becomes of it when it is serialised.</summary>
    public static string Spell(object? root)
    {
        var text = new StringBuilder();
        Spell("", root, text, [], 0);
        if (root is not null) text.Append("serialised: ").Append(PSSerializer.Serialize(root, 2));
        return text.ToString();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // A time has a time of day that has a date, and so on without an end.
    private static bool IsLeaf(object plain) => plain is string or Uri || (plain is ValueType and not DictionaryEntry && !plain.GetType().IsGenericType);

    private static void Spell(string path, object? item, StringBuilder text, HashSet<object> seen, int depth)
    {
        object? plain = item is PSObject wrapped ? wrapped.BaseObject : item;
        if (plain is InvocationInfo invocation)
        {
            // The rest of it is the caller's own: the arguments as given.
            plain = item = invocation.Line + invocation.PositionMessage;
        }

        if (plain is null or Type or System.Reflection.MemberInfo or System.Reflection.Assembly or Delegate or CommandInfo or PSModuleInfo || depth > 7) return;
        text.Append(path).Append(": ").Append(plain).Append('\n');
        if (IsLeaf(plain) || !seen.Add(plain)) return;
        if (plain is IEnumerable items)
        {
            foreach (object? part in items) Spell(path + "[]", part, text, seen, depth + 1);
        }

        foreach (PSPropertyInfo property in PSObject.AsPSObject(item!).Properties.ToArray())
        {
            try
            {
                Spell(path + "." + property.Name, property.Value, text, seen, depth + 1);
            }
            catch (GetValueException)
            {
                // Some properties of the engine's own objects cannot be read.
            }
        }
    }
}
