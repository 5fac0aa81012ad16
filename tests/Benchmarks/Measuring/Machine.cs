using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using GptChat.Benchmarks.Hosts;

namespace GptChat.Benchmarks.Measuring;

/// <summary>What the numbers were measured on: without it a table says nothing.</summary>
internal static class Machine
{
    /// <summary>System, processor, runtime and commit, in one line.</summary>
    public static string Describe() => string.Format(
        CultureInfo.InvariantCulture,
        "{0}, {1}, {2} cores, {3}; pwsh {4}; commit {5}; module built as {6}",
        RuntimeInformation.OSDescription.Trim(),
        Processor(),
        Environment.ProcessorCount,
        RuntimeInformation.FrameworkDescription,
        Shell.Path is null ? "not found" : Shell.Version(),
        Commit(),
        Checkout.IsOptimised(Checkout.Module) ? "Release" : "DEBUG: these numbers do not count");

    /// <summary>How many programs wait for a processor on the average of the last minute; more than there are cores is noise.</summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Processor() =>
        File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor"
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";

    private static string Commit()
    {
        try
        {
            string commit = ChildProcess.Run(ChildProcess.Prepare("git", ["-C", Checkout.Root, "rev-parse", "--short", "HEAD"])).Trim();
            return ChildProcess.Run(ChildProcess.Prepare("git", ["-C", Checkout.Root, "status", "--porcelain", "--untracked-files=no"])).Length == 0 ? commit : commit + " and changes";
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return "unknown";
        }
    }
}
