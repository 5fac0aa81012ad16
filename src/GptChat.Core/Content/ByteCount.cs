using System.Globalization;

namespace GptChat.Content;

/// <summary>How large something is, for people and for models.</summary>
internal static class ByteCount
{
    private const double Step = 1024;

    /// <summary>Such as <c>9 bytes</c>, <c>3.4 KB</c>, <c>1.2 MB</c>.</summary>
    public static string Text(long bytes)
    {
        if (bytes < Step) return bytes.ToString(CultureInfo.InvariantCulture) + (bytes == 1 ? " byte" : " bytes");
        double kilobytes = bytes / Step;
        return kilobytes < Step ? kilobytes.ToString("0.#", CultureInfo.InvariantCulture) + " KB" : (kilobytes / Step).ToString("0.#", CultureInfo.InvariantCulture) + " MB";
    }
}
