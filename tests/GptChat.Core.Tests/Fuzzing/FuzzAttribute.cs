using System;
using System.Globalization;
using FsCheck.Xunit;

namespace GptChat.Core.Tests.Fuzzing;

/// <summary>
/// A property of random cases, always the same ones: enough for some seconds, or as many as <see cref="Variable"/> says. Of a
/// quarter of a million answers, more than a million events are read.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FuzzAttribute : PropertyAttribute
{
    public const string Variable = "GPTCHAT_TEST_CASES";

    public FuzzAttribute(int cases)
    {
        MaxTest = int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : cases;
        QuietOnSuccess = true;
    }
}
