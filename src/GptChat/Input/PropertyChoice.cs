using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>A name and a value of an object, as they are sent.</summary>
internal readonly record struct ObjectField(string Name, object? Value);

/// <summary>
/// What <c>-Property</c> asks for, in the ways of Select-Object: names, wildcards, script blocks, and hashtables with a name and an
/// expression.
/// </summary>
internal sealed class PropertyChoice
{
    private static readonly string[] NameKeys = { "Name", "Label", "N", "L" };
    private static readonly string[] ExpressionKeys = { "Expression", "E" };

    private readonly List<Entry> _entries = new();
    private PSObject? _first;

    private PropertyChoice()
    {
    }

    /// <summary>The choice; null where there is none.</summary>
    /// <param name="given">The parameter's value.</param>
    /// <exception cref="GptChatException">An entry is nothing of the kind.</exception>
    public static PropertyChoice? From(object[]? given)
    {
        if (given is not { Length: > 0 }) return null;
        var choice = new PropertyChoice();
        foreach (object item in given) choice._entries.Add(Read((item as PSObject)?.BaseObject ?? item));
        return choice;
    }

    /// <summary>The fields of one object that were asked for, each name once.</summary>
    /// <param name="item">The object.</param>
    /// <param name="told">Is told of a property that cannot be read.</param>
    public List<ObjectField> Of(PSObject item, Action<string, string> told)
    {
        PSObject named = item.BaseObject is IDictionary entries ? ObjectProperties.OfDictionary(entries) : item;
        _first ??= named;
        var fields = new List<ObjectField>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Entry entry in _entries)
        {
            foreach (ObjectField field in entry.Of(item, named, told))
            {
                if (names.Add(field.Name)) fields.Add(field);
            }
        }

        return fields;
    }

    /// <summary>A name that no object has is a slip: the model would be asked about nothing.</summary>
    /// <param name="areAllMissing">Whether only a choice of which nothing was found counts, for objects that come one by one.</param>
    /// <exception cref="GptChatException">Names it, and what there is.</exception>
    public void RequireFound(bool areAllMissing)
    {
        if (_first is null) return;
        string[] missing = _entries.Where(entry => !entry.IsFound).Select(entry => "'" + entry.Name + "'").ToArray();
        if (missing.Length == 0 || (areAllMissing && missing.Length < _entries.Count)) return;
        throw Invalid("-Property " + string.Join(", ", missing) + " is a property of none of the objects", "They have: " + string.Join(", ", _first.Properties.Select(property => property.Name).Take(40)) + ". Nothing was sent.");
    }

    private static Entry Read(object item) => item switch
    {
        string { Length: > 0 } name => new Entry(name, name, null),
        ScriptBlock script => new Entry(script.ToString().Trim(), null, script),
        IDictionary calculated => Calculated(calculated),
        _ => throw Invalid("-Property takes names, script blocks and hashtables, not " + (item is string ? "an empty name" : Kind.Of(item)), "Such as -Property Name, *Time, @{ Name = 'MB'; Expression = { $_.Length / 1MB } }."),
    };

    private static Entry Calculated(IDictionary calculated)
    {
        object? name = null;
        object? expression = null;
        foreach (DictionaryEntry entry in calculated)
        {
            string key = entry.Key.ToString() ?? string.Empty;
            object? value = (entry.Value as PSObject)?.BaseObject ?? entry.Value;
            if (IsMeant(key, NameKeys)) name = value;
            else if (IsMeant(key, ExpressionKeys)) expression = value;
            else throw Invalid("-Property has a hashtable with '" + key + "'", "It takes Name (or Label) and Expression.");
        }

        if (expression is ScriptBlock script) return new Entry(name?.ToString() ?? script.ToString().Trim(), null, script);
        if (expression is string { Length: > 0 } property) return new Entry(name?.ToString() ?? property, property, null);
        throw Invalid("-Property has a hashtable without Expression", "Such as @{ Name = 'MB'; Expression = { $_.Length / 1MB } }.");
    }

    private static bool IsMeant(string key, string[] known) => known.Contains(key, StringComparer.OrdinalIgnoreCase);

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint };

    /// <summary>One thing that was asked for: a property by name or wildcard, or what a script makes of the object.</summary>
    private sealed class Entry(string name, string? property, ScriptBlock? script)
    {
        private readonly WildcardPattern? _pattern = property is not null && WildcardPattern.ContainsWildcardCharacters(property) ? new WildcardPattern(property, WildcardOptions.IgnoreCase) : null;

        public string Name { get; } = name;

        public bool IsFound { get; private set; } = script is not null;

        public IEnumerable<ObjectField> Of(PSObject item, PSObject named, Action<string, string> told)
        {
            if (script is not null)
            {
                yield return new ObjectField(Name, Run(item, told));
                yield break;
            }

            bool isAny = false;
            foreach (PSPropertyInfo found in Found(named))
            {
                IsFound = isAny = true;
                bool isRead = SafeValue.TryRead(found, out object? value, out string? problem);
                if (!isRead) told(found.Name, problem!);
                yield return new ObjectField(_pattern is null ? Name : found.Name, value);
            }

            // As Select-Object does, so that every object has the same members.
            if (!isAny && _pattern is null) yield return new ObjectField(Name, null);
        }

        private IEnumerable<PSPropertyInfo> Found(PSObject named)
        {
            if (_pattern is not null) return named.Properties.Where(found => found.IsGettable && _pattern.IsMatch(found.Name));
            return named.Properties[property] is { IsGettable: true } one ? new[] { one } : Array.Empty<PSPropertyInfo>();
        }

        /// <summary>What the script makes of the object, which it gets as $_; nothing where it fails, as with Select-Object.</summary>
        private object? Run(PSObject item, Action<string, string> told)
        {
            try
            {
                var result = script!.InvokeWithContext(null, new List<PSVariable> { new("_", item), new("PSItem", item) }, Array.Empty<object>());
                return result.Count switch { 0 => null, 1 => result[0], _ => result.ToArray<object?>() };
            }
            catch (RuntimeException failure) when (failure is not PipelineStoppedException)
            {
                told(Name, failure.Message);
                return null;
            }
        }
    }
}
