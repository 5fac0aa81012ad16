using System.Globalization;
using System.Linq;

namespace GptChat.Benchmarks.Hosts;

/// <summary>The key that every request carries, ours and those of the floors: as long as those of real providers, since all that comes back is looked through for it.</summary>
internal static class Key
{
    private const int Length = 160;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The key; the same each time, and of no provider.</summary>
    public static string Text { get; } = string.Concat(Enumerable.Range(1, Length).Select(at => Letters[at * 7919 % 10007 % Letters.Length].ToString(CultureInfo.InvariantCulture)));

    /// <summary>What gives it to Connect-GptChat.</summary>
    public static string Argument { get; } = " -ApiKey ([Net.NetworkCredential]::new('', '" + Text + "').SecurePassword)";

    /// <summary>What gives it to Invoke-RestMethod.</summary>
    public static string Header { get; } = " -Headers @{ Authorization = 'Bearer " + Text + "' }";
}
