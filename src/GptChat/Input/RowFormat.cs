using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Input;

/// <summary>What the forms that are no JSON share: a list that came as one item is its items, and what is inside an object is JSON.</summary>
/// <param name="json">Reads objects, and writes what is inside them.</param>
internal abstract class RowFormat(ObjectJson json) : IObjectFormat
{
    /// <inheritdoc/>
    public ObjectReader Reader => json.Reader;

    /// <inheritdoc/>
    public abstract bool IsBlock { get; }

    /// <inheritdoc/>
    public string Write(PSObject item)
    {
        IEnumerable? list = item.BaseObject is IDictionary ? null : item.BaseObject as IEnumerable ?? DataTables.Rows(item.BaseObject);
        if (list is null) return WriteOne(item);
        List<string> items = SafeValue.Items(list).Take(ObjectJson.MostItems + 1).Select(WriteItem).ToList();
        if (items.Count > ObjectJson.MostItems) items[ObjectJson.MostItems] = json.TellCut();
        return string.Join(IsBlock ? "\n\n" : "\n", items);
    }

    /// <inheritdoc/>
    public virtual void Break()
    {
    }

    /// <summary>One object that is no list.</summary>
    private protected abstract string WriteOne(PSObject item);

    /// <summary>A value inside an object: text as it is, objects as JSON; null where there is none.</summary>
    private protected string? Inner(object? value)
    {
        object? plain = (value as PSObject)?.BaseObject ?? value;
        if (plain is null or System.DBNull) return null;
        if (plain is string or char || (!Secrets.IsOne(value) && !InnerText.TryGet(plain, 1, out _) && ScalarText.TryGet(plain, out _))) return json.Cut(ScalarText.TryGet(plain, out string? text) ? text : string.Empty);
        string written = json.ToInnerLine(value);

        // Text of another kind (a path, a mark) without the quotes that JSON puts around it.
        return written.Length > 0 && written[0] == '"' ? System.Text.Json.JsonDocument.Parse(written).RootElement.GetString() : written;
    }

    private string WriteItem(object? item)
    {
        object? plain = (item as PSObject)?.BaseObject ?? item;
        bool isObject = plain is not null && !ScalarText.TryGet(plain, out _) && !Secrets.IsOne(item) && plain is IDictionary or not IEnumerable;
        return isObject && plain is not null ? WriteOne(PSObject.AsPSObject(item!)) : Inner(item) ?? string.Empty;
    }
}
