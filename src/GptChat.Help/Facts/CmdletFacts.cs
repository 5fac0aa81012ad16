using System.Collections.Generic;
using GptChat.Help.Text;

namespace GptChat.Help.Facts;

/// <summary>What a cmdlet's type, its attributes and its XML docs say.</summary>
/// <param name="Name">Verb and noun.</param>
/// <param name="HelpUri">The address of its page; empty if it names none.</param>
/// <param name="Parameters">By name.</param>
/// <param name="Sets">The names of its parameter sets, the default one first.</param>
/// <param name="Outputs">What it outputs.</param>
public sealed record CmdletFacts(string Name, string HelpUri, IReadOnlyList<ParameterFacts> Parameters, IReadOnlyList<string> Sets, IReadOnlyList<OutputFacts> Outputs);

/// <summary>A type that a cmdlet outputs.</summary>
/// <param name="Type">Its name in PowerShell.</param>
/// <param name="Text">What it is.</param>
public sealed record OutputFacts(string Type, DocText Text);
