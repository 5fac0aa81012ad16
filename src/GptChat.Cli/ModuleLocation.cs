using System;
using System.IO;

namespace GptChat.Cli;

/// <summary>Finds the module: beside an installed program, or at the root of the checkout that the program was built in.</summary>
internal static class ModuleLocation
{
    private const string Manifest = "GptChat.psd1";

    /// <summary>The manifest's path; null if there is none.</summary>
    public static string? Find()
    {
        string installed = Path.Combine(AppContext.BaseDirectory, "module", Manifest);
        if (File.Exists(installed)) return installed;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, Manifest);
            if (File.Exists(manifest)) return manifest;
        }

        return null;
    }
}
