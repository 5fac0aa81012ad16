using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GptChat.Files;

/// <summary>Makes names of files of names that people chose, the same on every system.</summary>
internal static class FileNames
{
    private const string Forbidden = "<>:\"/\\|?*%";

    // Devices of Windows, with any ending.
    private static readonly string[] Devices = { "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9" };

    /// <summary>The name of a file, without an ending; what no system takes becomes a per cent sign and its number. Two names never become one.</summary>
    public static string Of(string name)
    {
        var file = new StringBuilder(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            char character = name[i];
            bool isAtEdge = (i == 0 && character == '.') || (i == name.Length - 1 && character is '.' or ' ');
            if (char.IsControl(character) || Forbidden.IndexOf(character) >= 0 || isAtEdge) file.Append('%').Append(((int)character).ToString("X2", CultureInfo.InvariantCulture));
            else file.Append(character);
        }

        string made = file.ToString();
        return Devices.Contains(made.Split('.')[0], StringComparer.OrdinalIgnoreCase) ? "%" + made : made;
    }
}
