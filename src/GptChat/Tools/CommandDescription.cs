using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GptChat.Tools;

/// <summary>What a model is told about a command's parameters, made of what PowerShell knows about them.</summary>
/// <param name="Schema">The JSON schema of the arguments.</param>
/// <param name="Parameters">The parameters that the model may give, by name.</param>
internal sealed record CommandDescription(JsonElement Schema, IReadOnlyDictionary<string, ToolParameter> Parameters)
{
    private const int LongestText = 1000;

    /// <summary>Describes a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="help">What its help says.</param>
    /// <param name="parameterSet">The parameter set; null for the one that is usual.</param>
    /// <param name="chosen">The parameters that the model may give; null for all of the set.</param>
    /// <param name="bound">The parameters that the user gives.</param>
    /// <exception cref="GptChatException">It cannot be described: the message says why and what to do.</exception>
    public static CommandDescription Create(CommandShape command, CommandHelp help, string? parameterSet, string[]? chosen, IDictionary bound)
    {
        string[] given = bound.Keys.Cast<object>().Select(key => key.ToString()!).ToArray();
        string[] wanted = (chosen ?? []).Concat(given).ToArray();
        ParameterSetShape[] sets = command.Sets.ToArray();
        if (parameterSet is not null)
        {
            sets = sets.Where(set => string.Equals(set.Name, parameterSet, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (sets.Length == 0) throw Unusable(command, "has no parameter set '" + parameterSet + "'", "It has: " + string.Join(", ", command.Sets.Select(set => set.Name)) + ".");
        }

        foreach (string name in wanted)
        {
            if (!command.Sets.SelectMany(set => set.Parameters).Any(parameter => parameter.Is(name))) throw Unusable(command, "has no parameter '" + name + "'", "See Get-Command " + command.Name + " -Syntax.");
        }

        GptChatException? problem = null;
        foreach (ParameterSetShape set in sets)
        {
            CommandDescription? description = TryCreate(command, set, help, chosen, given, out GptChatException? why);
            if (description is not null) return description;
            problem ??= why;
        }

        throw problem ?? Unusable(command, "has no parameters that could be described", "Wrap it: -Tool { param($Name) " + command.Name + " $Name }.");
    }

    private static CommandDescription? TryCreate(CommandShape command, ParameterSetShape set, CommandHelp help, string[]? chosen, string[] given, out GptChatException? problem)
    {
        problem = null;
        var properties = new JsonObject();
        var required = new JsonArray();
        var parameters = new Dictionary<string, ToolParameter>(StringComparer.Ordinal);
        foreach (string name in (chosen ?? []).Concat(given))
        {
            if (set.Parameters.Any(parameter => parameter.Is(name))) continue;
            problem = Unusable(command, "has no parameter '" + name + "' in its parameter set '" + set.Name + "'", "Choose another with -ParameterSet: " + string.Join(", ", command.Sets.Select(one => one.Name)) + ".");
            return null;
        }

        foreach (ParameterShape parameter in set.Parameters)
        {
            bool isWanted = chosen is null ? IsUsual(parameter) : chosen.Any(name => parameter.Is(name));
            if (given.Any(name => parameter.Is(name))) continue;
            JsonObject? schema = isWanted ? ParameterSchema.Create(parameter) : null;
            if (schema is null)
            {
                // Something that the model cannot give and that must be there would be asked for, and nobody would answer.
                if (!parameter.IsMandatory && (chosen is null || !isWanted)) continue;
                problem = Unusable(
                    command,
                    isWanted ? "has the parameter '" + parameter.Name + "' (" + parameter.Type.Name + "), which a model cannot give" : "needs the parameter '" + parameter.Name + "', which is neither offered nor bound",
                    "Give it yourself, New-GptTool " + command.Name + " -Bind @{ " + parameter.Name + " = … }, choose another -ParameterSet, or wrap the command: -Tool { param($Name) " + command.Name + " $Name }.");
                return null;
            }

            if (help.Parameters.TryGetValue(parameter.Name, out string? text) || !string.IsNullOrEmpty(text = parameter.HelpMessage)) ParameterSchema.Describe(schema, Short(text!));
            properties[parameter.Name] = schema;
            if (parameter.IsMandatory) required.Add((JsonNode)parameter.Name);
            parameters[parameter.Name] = new ToolParameter(parameter.Name, parameter.Type, parameter.IsPiped);
        }

        var root = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false };
        using JsonDocument document = JsonDocument.Parse(root.ToJsonString());
        return new CommandDescription(document.RootElement.Clone(), parameters);
    }

    /// <summary>Text of a length that providers take.</summary>
    public static string Short(string text)
    {
        string line = string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : line.Substring(0, LongestText - 1) + "…";
    }

    /// <summary>What every command has is not for the model: it would choose how errors are treated.</summary>
    private static bool IsUsual(ParameterShape parameter) =>
        !Cmdlet.CommonParameters.Contains(parameter.Name) && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name) && !parameter.Attributes.OfType<ParameterAttribute>().Any(attribute => attribute.DontShow);

    private static GptChatException Unusable(CommandShape command, string problem, string hint) =>
        new(GptErrorKind.ToolNotUsable, "The command '" + command.Name + "' cannot be a tool as it is: it " + problem) { Hint = hint, Target = command.Target };
}
