using System;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using GptChat.Transport;
using Xunit;
using Xunit.Abstractions;

namespace GptChat.Core.Tests;

/// <summary>The tests prove something of the runtime and the build that they were asked for, and of no other.</summary>
public sealed class RuntimeTests(ITestOutputHelper output)
{
#if NETSTANDARD_CORE
    private const string Build = ".NETStandard,Version=v2.0";
#else
    private const string Build = ".NETCoreApp,Version=v8.0";
#endif

    [Fact]
    public void The_runtime_is_the_one_that_was_asked_for()
    {
        output.WriteLine(RuntimeInformation.FrameworkDescription + ", " + Environment.Version);
        FrameworkName asked = new(Of(typeof(RuntimeTests).Assembly));
        Assert.Equal(asked.Version.Major, Environment.Version.Major);
        Assert.Contains(Names(asked), name => RuntimeInformation.FrameworkDescription.StartsWith(name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_build_of_the_core_is_the_one_that_was_asked_for() => Assert.Equal(Build, Of(typeof(ChatClient).Assembly));

    private static string[] Names(FrameworkName framework) => framework.Identifier == ".NETFramework"
        ? [".NET Framework 4.", "Mono "]
        : [".NET " + framework.Version.Major.ToString(CultureInfo.InvariantCulture) + "."];

    private static string Of(Assembly assembly) => Assert.IsType<TargetFrameworkAttribute>(assembly.GetCustomAttribute<TargetFrameworkAttribute>()).FrameworkName;
}
