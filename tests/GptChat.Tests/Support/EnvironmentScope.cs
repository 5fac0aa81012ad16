using System;
using System.Collections.Generic;

namespace GptChat.Tests;

/// <summary>Sets variables of the environment for the length of a test.</summary>
internal sealed class EnvironmentScope : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before) Environment.SetEnvironmentVariable(name, value);
    }
}
