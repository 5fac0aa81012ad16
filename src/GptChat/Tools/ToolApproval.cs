using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using GptChat.Hosting;
using GptChat.Wire;

namespace GptChat.Tools;

/// <summary>Who says yes to a call of a tool. It has nothing to do with sending, which never asks.</summary>
/// <param name="cmdlet">The command that asks.</param>
/// <param name="confirm">What the caller said with -Confirm; null where nothing.</param>
internal sealed class ToolApproval(PSCmdlet cmdlet, bool? confirm)
{
    private const int LongestShown = 4000;

    // Yes to all is for one tool, never for another.
    private readonly Dictionary<string, (bool Yes, bool No)> _toAll = new(StringComparer.Ordinal);

    /// <summary>Whether a tool's calls are asked about.</summary>
    public bool Asks(GptTool tool) => confirm ?? !tool.IsReadOnly;

    /// <summary>What becomes of a tool's calls, in words.</summary>
    public string Describe(GptTool tool)
    {
        if (!Asks(tool)) return tool.IsReadOnly ? "runs without asking" : "approved by -Confirm:$false";
        return Interaction.Obstacle(cmdlet.Host) is { } obstacle ? "would be refused: " + obstacle : "asks first";
    }

    /// <summary>Throws where somebody would have to be asked and nobody is there.</summary>
    /// <exception cref="GptChatException">Names the tools.</exception>
    public void RequirePossible(IEnumerable<GptTool> tools)
    {
        string[] asking = tools.Where(Asks).Select(tool => tool.Name).ToArray();
        if (asking.Length == 0 || Interaction.Obstacle(cmdlet.Host) is not { } obstacle) return;
        throw new GptChatException(GptErrorKind.ToolNotApproved, "Nobody can be asked whether " + string.Join(", ", asking) + " may run: " + obstacle)
        {
            Hint = "Add -Confirm:$false, which approves all tools that the call names. A command that changes nothing can be marked: New-GptTool NAME -ReadOnly. Nothing was sent.",
            Target = asking[0],
        };
    }

    /// <summary>Asks about one call.</summary>
    /// <returns>Whether it may run.</returns>
    public bool Ask(GptTool tool, JsonElement arguments)
    {
        if (!Asks(tool)) return true;
        _toAll.TryGetValue(tool.Name, out (bool Yes, bool No) all);
        (bool yes, bool no) = all;
        bool isApproved = cmdlet.ShouldContinue(Question(tool, arguments), "The model asks to run " + tool.Name, hasSecurityImpact: true, ref yes, ref no);
        _toAll[tool.Name] = (yes, no);
        return isApproved;
    }

    /// <summary>With letters as letters: written as escapes, words could hide.</summary>
    private static string Readable(JsonElement arguments)
    {
        try
        {
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions)) arguments.WriteTo(writer);
            return Encoding.UTF8.GetString(buffer.ToArray());
        }
        catch (InvalidOperationException)
        {
            // Half a character is in it.
            return arguments.GetRawText();
        }
    }

    private static string Question(GptTool tool, JsonElement arguments)
    {
        string text = ToolText.Visible(Readable(arguments));
        if (text.Length > LongestShown)
        {
            text = string.Format(CultureInfo.InvariantCulture, "{0} … {1} characters more, which are not shown … {2}", text.Substring(0, LongestShown - 500), text.Length - LongestShown, text.Substring(text.Length - 500));
        }

        string source = string.Equals(tool.Source, tool.Name, StringComparison.OrdinalIgnoreCase) ? string.Empty : " (" + ToolText.Visible(CommandDescription.Short(tool.Source)) + ")";
        return "Run " + tool.Name + source + " with " + text + "?";
    }
}
