using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Tools;

/// <summary>What is known of a command's parameters, here or on another machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sets">Its parameter sets, the usual one first.</param>
/// <param name="Target">The command itself, for errors.</param>
internal sealed record CommandShape(string Name, IReadOnlyList<ParameterSetShape> Sets, object Target)
{
    /// <summary>Whether it asks before it changes something, as commands with a ShouldProcess of their own do.</summary>
    public bool HasShouldProcess { get; init; }

    /// <summary>The shape of a command of this session.</summary>
    public static CommandShape Of(CommandInfo command) => new(
        command.Name,
        command.ParameterSets.OrderByDescending(set => set.IsDefault).Select(set => new ParameterSetShape(set.Name, set.Parameters.Select(ParameterShape.Of).ToArray())).ToArray(),
        command)
    {
        HasShouldProcess = command.Parameters.ContainsKey("WhatIf") && command.Parameters.ContainsKey("Confirm"),
    };
}

/// <summary>Parameters that go together.</summary>
/// <param name="Name">The name of the set.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record ParameterSetShape(string Name, IReadOnlyList<ParameterShape> Parameters);

/// <summary>What is known of a parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it takes.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
internal sealed record ParameterShape(string Name, Type Type, bool IsMandatory)
{
    /// <summary>Its other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = Array.Empty<string>();

    /// <summary>What it checks, and how it is declared.</summary>
    public IReadOnlyList<Attribute> Attributes { get; init; } = Array.Empty<Attribute>();

    /// <summary>What its declaration says about it.</summary>
    public string? HelpMessage { get; init; }

    /// <summary>Whether its values are taken from the pipe one by one, so that a list must be piped.</summary>
    public bool IsPiped { get; init; }

    /// <summary>The shape of a parameter of this session.</summary>
    public static ParameterShape Of(CommandParameterInfo parameter) => new(parameter.Name, parameter.ParameterType, parameter.IsMandatory)
    {
        Aliases = parameter.Aliases,
        Attributes = parameter.Attributes,
        HelpMessage = parameter.HelpMessage,
        IsPiped = parameter.ValueFromPipeline && (parameter.ParameterType == typeof(object) || parameter.ParameterType == typeof(PSObject)),
    };

    /// <summary>Whether this is a name of it.</summary>
    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);
}
