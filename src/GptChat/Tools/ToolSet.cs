using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using GptChat.Input;
using GptChat.Wire;

namespace GptChat.Tools;

/// <summary>
/// The tools of a call: those that are run here, and definitions in the protocol's shape, whose calls go to the caller.
/// </summary>
internal sealed class ToolSet
{
    /// <summary>No tools.</summary>
    public static readonly ToolSet None = new(null, Array.Empty<GptTool>());

    private readonly Dictionary<string, GptTool> _runnable;
    private readonly HashSet<string> _defined;

    private ToolSet(IReadOnlyList<JsonElement>? definitions, IReadOnlyList<GptTool> runnable)
    {
        Definitions = definitions;
        Runnable = runnable;
        _runnable = runnable.ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        _defined = new HashSet<string>((definitions ?? Array.Empty<JsonElement>()).Select(NameOf).OfType<string>().Where(name => !_runnable.ContainsKey(name)), StringComparer.Ordinal);
    }

    /// <summary>All of them as a request carries them; null where there are none.</summary>
    public IReadOnlyList<JsonElement>? Definitions { get; }

    /// <summary>Those that are run.</summary>
    public IReadOnlyList<GptTool> Runnable { get; }

    /// <summary>Whether there is anything to run.</summary>
    public bool CanRun => Runnable.Count > 0;

    /// <summary>Reads the parameter -Tool.</summary>
    /// <exception cref="GptChatException">Something in it is no tool; nothing was sent.</exception>
    public static ToolSet Read(object[]? given, ToolMaker maker)
    {
        if (given is null) return None;
        var definitions = new List<JsonElement>();
        var runnable = new List<GptTool>();
        int scripts = 0;
        foreach (object item in Flat(given))
        {
            object plain = (item as PSObject)?.BaseObject ?? item;
            if (item is PSObject copy && copy.TypeNames.Contains("Deserialized.GptChat.GptTool"))
            {
                throw new GptChatException(GptErrorKind.ToolNotUsable, "A tool of -Tool came from a job, remoting or Clixml and lost its command on the way") { Hint = "Make it where it is used, or give the command's name.", Target = item };
            }

            if (plain is not GptTool tool)
            {
                if (!ToolMaker.IsCommand(plain))
                {
                    RequireDefinition(plain);
                    definitions.AddRange(RequestParameters.Objects(new[] { item }, "-Tool")!);
                    continue;
                }

                tool = maker.Make(plain, plain is ScriptBlock ? new ToolWishes { Name = "script_" + (++scripts).ToString(CultureInfo.InvariantCulture) } : new ToolWishes());
            }

            runnable.Add(tool);
            definitions.Add(tool.Definition);
        }

        ToolDefinitions.Require(definitions);
        return new ToolSet(definitions, runnable);
    }

    /// <summary>Whether a call is answered here: that of a tool that is run, and that of one that nobody knows, which is told so.</summary>
    public bool Answers(GptToolCall call) => call.Type == ToolCallConverter.Function && !_defined.Contains(call.Name);

    /// <summary>The tool of a call; null where there is none.</summary>
    public GptTool? Find(string name) => _runnable.TryGetValue(name, out GptTool? tool) ? tool : null;

    /// <summary>A choice of a tool by its bare name, as the protocol wants it; everything else as it is.</summary>
    public object? Choice(object? given)
    {
        string? name = ((given as PSObject)?.BaseObject ?? given) as string;
        return name is not null && Runnable.FirstOrDefault(tool => string.Equals(tool.Name, name, StringComparison.OrdinalIgnoreCase)) is { } tool ? FunctionDefinition.Choice(tool.Name) : given;
    }

    /// <summary>Each tool: in <c>-Tool $those, Get-Date</c> the first is a list.</summary>
    private static IEnumerable<object> Flat(IEnumerable given)
    {
        foreach (object item in given)
        {
            object plain = (item as PSObject)?.BaseObject ?? item;
            if (plain is not IList list) yield return item;
            else foreach (object inner in Flat(list)) yield return inner;
        }
    }

    /// <summary>A tool in the protocol's shape is JSON, or something that has members; of anything else all that a tool can be is told.</summary>
    private static void RequireDefinition(object? plain)
    {
        if (plain is string or JsonElement or IEnumerable || NamedValues.Of(plain) is not null) return;
        throw new GptChatException(GptErrorKind.InvalidParameter, "-Tool takes names of commands, what Get-Command and New-GptTool give, script blocks, and tools in the protocol's shape, not " + Kind.Of(plain))
        {
            Hint = "Such as -Tool Get-Date, { param([string] $Name) … }. A tool in the protocol's shape is a hashtable, an object or JSON. Nothing was sent.",
            Target = plain,
        };
    }

    private static string? NameOf(JsonElement definition) =>
        definition.Text("type") is { } type && definition.TryGetProperty(type, out JsonElement inner) ? inner.Text("name") : null;
}
