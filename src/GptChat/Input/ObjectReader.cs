using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>Reads from an object what a model gets to see of it, and tells what it does not get to see.</summary>
/// <param name="choice">What the user asked for; null for the usual properties.</param>
/// <param name="depth">How deep objects are written; above 1 every property counts.</param>
/// <param name="verbose">Is told what was left out, once; null where nobody listens.</param>
internal sealed class ObjectReader(PropertyChoice? choice, int depth, Action<string>? verbose)
{
    private readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasToldLeftOut;

    /// <summary>Whether the user said which properties are sent.</summary>
    public bool HasChoice => choice is not null;

    /// <summary>The fields of an object, each name once. A property that cannot be read is left out; chosen ones are null then.</summary>
    /// <param name="item">The object.</param>
    /// <param name="isOuter">Whether it is the object that was piped in, to which the choice applies.</param>
    /// <param name="keepsUnreadable">Whether others are null too, for tables, whose rows are alike.</param>
    public List<ObjectField> Read(PSObject item, bool isOuter, bool keepsUnreadable = false)
    {
        if (isOuter && choice is not null) return choice.Of(item, TellUnreadable);
        if (item.BaseObject is IDictionary entries) item = ObjectProperties.OfDictionary(entries);
        var fields = new List<ObjectField>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (PSPropertyInfo property in ObjectProperties.Usual(item, depth))
        {
            if (!names.Add(property.Name)) continue;
            if (SafeValue.TryRead(property, out object? value, out string? problem)) fields.Add(new ObjectField(property.Name, value));
            else
            {
                TellUnreadable(property.Name, problem!);
                if (keepsUnreadable) fields.Add(new ObjectField(property.Name, null));
            }
        }

        if (isOuter) TellLeftOut(item, names);
        return fields;
    }

    /// <summary>Throws for a chosen property that no object has.</summary>
    /// <param name="areAllMissing">Whether only a choice of which nothing was found counts.</param>
    /// <exception cref="GptChatException">Names it.</exception>
    public void RequireFound(bool areAllMissing) => choice?.RequireFound(areAllMissing);

    private void TellUnreadable(string name, string problem)
    {
        if (verbose is not null && _told.Add(name)) verbose("The property " + name + " cannot be read and is not sent: " + problem);
    }

    /// <summary>An answer may miss what the model never saw: whoever looks for it finds it in the verbose text.</summary>
    private void TellLeftOut(PSObject item, HashSet<string> written)
    {
        if (verbose is null || _hasToldLeftOut) return;
        string[] leftOut = item.Properties.Select(property => property.Name).Where(name => !written.Contains(name)).ToArray();
        if (leftOut.Length == 0) return;
        _hasToldLeftOut = true;
        verbose("Of objects such as the first, these properties are not sent: " + string.Join(", ", leftOut) + ". -Property or -Depth sends them.");
    }
}
