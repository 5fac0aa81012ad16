using Xunit;

namespace GptChat.Tests;

/// <summary>Tests that change the environment of the process: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SerialTests
{
    public const string Name = "Serial";
}
