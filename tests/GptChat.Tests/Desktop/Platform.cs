using System.IO;
using System.Linq;
using System.Reflection;

namespace GptChat.Tests.Desktop;

/// <summary>Where the builds of the module lie, and what each finds on the system that it is for.</summary>
internal static class Platform
{
    private static readonly string Packages = typeof(Platform).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "PackageFolder").Value!;
    private static readonly string Reference = Path.Combine(Packages, "microsoft.netframework.referenceassemblies.net472", "1.0.3", "build", ".NETFramework", "v4.7.2");

    /// <summary>The build for Windows PowerShell.</summary>
    public static string Desktop => Path.Combine(Repository.Root, "bin", "netstandard2.0");

    /// <summary>The build for PowerShell 7.</summary>
    public static string Core => Path.Combine(Repository.Root, "bin", "net8.0");

    /// <summary>.NET Framework 4.7.2 and Windows PowerShell 5.1.</summary>
    public static string[] Framework => [Reference, Path.Combine(Reference, "Facades"), Path.Combine(Packages, "powershellstandard.library", "5.1.1", "lib", "netstandard2.0")];
}
