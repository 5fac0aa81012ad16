#if !NET
using System;
using System.IO;
using System.Reflection;

namespace GptChat.Hosting;

/// <summary>
/// Whose questions for assemblies are answered on .NET Framework. It raises them for every module in the shell, and takes what it is
/// given whatever its version: so only those of the files in one's own folder count.
/// </summary>
internal static class OwnFolder
{
    /// <summary>Whether a question comes from an assembly in the folder.</summary>
    public static bool Answers(string folder, ResolveEventArgs request) =>
        request.RequestingAssembly is { IsDynamic: false } asking
        && string.Equals(Path.GetDirectoryName(asking.Location), folder, StringComparison.OrdinalIgnoreCase);
}
#endif
