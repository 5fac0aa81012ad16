using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace GptChat.Input;

/// <summary>
/// Reads what other people's objects give: a getter may throw (a process that has ended), a list may break off or have no end, a
/// text may not come.
/// </summary>
internal static class SafeValue
{
    /// <summary>The value of a property; false where it cannot be had.</summary>
    public static bool TryRead(PSPropertyInfo property, out object? value, out string? problem)
    {
        value = problem = null;
        try
        {
            value = property.Value;
            return true;
        }
        catch (Exception failure) when (IsTheirs(failure))
        {
            problem = (failure.InnerException ?? failure).Message;
            return false;
        }
    }

    /// <summary>The items of a list as far as they come.</summary>
    public static IEnumerable<object?> Items(IEnumerable list) => Items(list.GetEnumerator, items => items.Current);

    /// <summary>The entries of a dictionary as far as they come, whatever its own enumerator gives.</summary>
    public static IEnumerable<DictionaryEntry> Entries(IDictionary entries) => Items(entries.GetEnumerator, items => items.Entry);

    private static IEnumerable<TItem> Items<TEnumerator, TItem>(Func<TEnumerator?> start, Func<TEnumerator, TItem> current)
        where TEnumerator : class, IEnumerator
    {
        TEnumerator? items = Try(start);
        if (items is null) yield break;
        try
        {
            while (Try(() => items.MoveNext() ? new[] { current(items) } : null) is { } one) yield return one[0];
        }
        finally
        {
            _ = Try<object>(() =>
            {
                (items as IDisposable)?.Dispose();
                return null;
            });
        }
    }

    /// <summary>What an object says of itself, on one line of code: never its parts, which may have no end.</summary>
    public static string Text(PSObject item)
    {
        if (item.BaseObject is PSCustomObject) return CustomText(item);
        object plain = item.BaseObject;
        return (plain is IEnumerable ? Try(plain.ToString) : Try(item.ToString)) ?? plain.GetType().FullName ?? plain.GetType().Name;
    }

    /// <summary>As PowerShell shows one in a string: <c>@{Name=a; Size=3}</c>.</summary>
    private static string CustomText(PSObject item)
    {
        var text = new StringBuilder("@{");
        foreach (PSPropertyInfo property in item.Properties.Where(property => property.IsGettable))
        {
            if (text.Length > 2) text.Append("; ");
            text.Append(property.Name).Append('=');
            if (!TryRead(property, out object? value, out _) || value is null) continue;
            object plain = (value as PSObject)?.BaseObject ?? value;
            text.Append(Secrets.IsOne(value) ? Secrets.Shown : ScalarText.TryGet(plain, out string? scalar) ? scalar : plain is PSCustomObject ? "@{…}" : plain.GetType().ToString());
        }

        return text.Append('}').ToString();
    }

    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (IsTheirs(failure))
        {
            return null;
        }
    }

    /// <summary>Stops of the pipeline and the end of the process are not the object's fault.</summary>
    private static bool IsTheirs(Exception failure) => failure is not (PipelineStoppedException or OperationCanceledException or OutOfMemoryException or ExitException or FlowControlException);
}
