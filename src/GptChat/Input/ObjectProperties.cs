using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>
/// Chooses which properties of an object a model gets to see. All of them would be 73,000 characters for one process: so those
/// that PowerShell shows by default, else the plain ones.
/// </summary>
internal static class ObjectProperties
{
    private const string StandardMembers = "PSStandardMembers";
    private const string DefaultDisplay = "DefaultDisplayPropertySet";
    private const string Copied = "Deserialized.";
    private const string CimInstance = "Microsoft.Management.Infrastructure.CimInstance";
    private const string ComputerName = "PSComputerName";

    // A long list is looked at no further: it is no value among others.
    private const int MostPlainItems = 1000;

    /// <summary>What remoting adds for its own purposes; the computer's name is for people.</summary>
    private static readonly string[] OfRemoting = { "RunspaceId", "PSShowComputerName", "PSSourceJobInstanceId" };

    /// <summary>What a CIM object has beside its properties: the same once more, and its class.</summary>
    private static readonly string[] OfCim = { "CimClass", "CimInstanceProperties", "CimSystemProperties" };

    /// <summary>The properties to write where the user asked for none, in their order.</summary>
    /// <param name="item">The object.</param>
    /// <param name="depth">How deep objects are written; above 1 every property counts.</param>
    public static IReadOnlyList<PSPropertyInfo> Usual(PSObject item, int depth)
    {
        List<PSPropertyInfo> all = Gettable(item);
        if (depth > 1) return all;
        if (Displayed(item) is { } displayed) return displayed;

        // Of an object that is made of objects, all is better than nothing.
        List<PSPropertyInfo> plain = all.Where(IsPlain).ToList();
        return plain.Count > 0 ? plain : all;
    }

    /// <summary>A dictionary's entries as properties.</summary>
    public static PSObject OfDictionary(IDictionary entries)
    {
        var item = new PSObject();
        foreach ((string name, object? value) in Entries(entries))
        {
            if (item.Properties[name] is null) item.Properties.Add(new PSNoteProperty(name, value));
        }

        return item;
    }

    /// <summary>A dictionary's entries by the text of their keys. Keys of one text are told apart by a number.</summary>
    public static IEnumerable<(string Name, object? Value)> Entries(IDictionary entries)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in SafeValue.Entries(entries))
        {
            string key = Name(entry.Key);
            string name = key;
            for (int copy = 2; !names.Add(name); copy++) name = key + " (" + copy.ToString(CultureInfo.InvariantCulture) + ")";
            yield return (name, entry.Value);
        }
    }

    private static string Name(object? key)
    {
        object? plain = (key as PSObject)?.BaseObject ?? key;
        if (plain is null || Secrets.IsOne(key)) return Secrets.Shown;
        return ScalarText.TryGet(plain, out string? text) ? text : SafeValue.Text(PSObject.AsPSObject(key!));
    }

    private static List<PSPropertyInfo> Gettable(PSObject item)
    {
        bool isFromElsewhere = item.Properties[ComputerName] is not null || item.Properties[OfRemoting[0]] is not null;
        string[] hidden = DataTables.IsRow(item) ? DataTables.OfRows : item.TypeNames.Any(type => type.IndexOf(CimInstance, StringComparison.Ordinal) >= 0) ? OfCim : Array.Empty<string>();
        return item.Properties.Where(property => property.IsGettable && Array.IndexOf(hidden, property.Name) < 0 && !(isFromElsewhere && Array.IndexOf(OfRemoting, property.Name) >= 0)).ToList();
    }

    private static List<PSPropertyInfo>? Displayed(PSObject item)
    {
        if ((DisplaySet(item) ?? DisplaySet(Original(item))) is not { } display) return null;
        List<PSPropertyInfo> properties = display.ReferencedPropertyNames
            .Select(name => item.Properties[name])
            .Where(property => property is { IsGettable: true })
            .ToList();
        if (properties.Count == 0) return null;

        // Of objects that were collected from many machines, which one it was is the first thing to know.
        if (item.Properties[ComputerName] is { IsGettable: true } computer && !properties.Contains(computer)) properties.Add(computer);
        return properties;
    }

    private static PSPropertySet? DisplaySet(PSObject? item) =>
        item?.Members[StandardMembers]?.Value is PSMemberSet standard ? standard.Members[DefaultDisplay] as PSPropertySet : null;

    /// <summary>Something of the types that a copy had before it travelled: PowerShell knows what it shows of those.</summary>
    private static PSObject? Original(PSObject item)
    {
        if (item.TypeNames.Count == 0 || !item.TypeNames[0].StartsWith(Copied, StringComparison.Ordinal)) return null;
        var original = new PSObject();
        original.TypeNames.Clear();
        foreach (string type in item.TypeNames) original.TypeNames.Add(type.StartsWith(Copied, StringComparison.Ordinal) ? type.Substring(Copied.Length) : type);
        return original;
    }

    /// <summary>Whether a property's value reads as a value and not as an object with parts of its own.</summary>
    private static bool IsPlain(PSPropertyInfo property)
    {
        // One that cannot be read is left out where that is told.
        if (!SafeValue.TryRead(property, out object? read, out _)) return true;
        object? value = (read as PSObject)?.BaseObject ?? read;
        if (value is null || IsScalar(value)) return true;
        return value is IList { Count: <= MostPlainItems } list && SafeValue.Items(list).All(item => item is null || IsScalar((item as PSObject)?.BaseObject ?? item));
    }

    private static bool IsScalar(object value) => value is DBNull || value.GetType().IsPrimitive || ScalarText.TryGet(value, out _);
}
