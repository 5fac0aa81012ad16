using System;
using Xunit;

namespace GptChat.Core.Tests;

/// <summary>What Mono, which stands in for .NET Framework, cannot do itself.</summary>
internal static class OnMono
{
    public const string Connecting = "Mono: after one connection that fails, others of the process fail with 'Operation already in progress'.";
    public const string Certificates = "Mono has no CertificateRequest to make a certificate with.";
    public const string Cuts = "Mono's client waits on for an answer whose connection was cut.";
    public const string Locks = "Mono cannot lock a part of a device.";

    /// <summary>The reason where this is Mono; else null.</summary>
    public static string? Unless(string reason) => Type.GetType("Mono.Runtime") is null ? null : reason;
}

/// <summary>A test that Mono cannot run.</summary>
internal sealed class NotOnMonoFactAttribute : FactAttribute
{
    public NotOnMonoFactAttribute(string reason) => Skip = OnMono.Unless(reason);
}

/// <summary>Cases that Mono cannot run.</summary>
internal sealed class NotOnMonoTheoryAttribute : TheoryAttribute
{
    public NotOnMonoTheoryAttribute(string reason) => Skip = OnMono.Unless(reason);
}
