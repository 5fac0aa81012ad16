using System;
using System.Management.Automation;
using System.Text.Json;
using System.Threading;

namespace GptChat.Tools;

/// <summary>Runs one tool. Only on the pipeline thread.</summary>
internal abstract class ToolRunner
{
    /// <summary>Runs it.</summary>
    /// <param name="cmdlet">The command on whose behalf it runs, for warnings.</param>
    /// <param name="arguments">An object that fits the tool's schema.</param>
    /// <param name="limits">How long, and how much.</param>
    /// <param name="stop">Fires when the user stops; then the tool ends at once and the exception of the stop passes.</param>
    public abstract ToolResult Run(PSCmdlet cmdlet, JsonElement arguments, ToolLimits limits, CancellationToken stop);
}

/// <summary>What a tool may take.</summary>
/// <param name="Timeout">How long; null for no limit.</param>
/// <param name="MaxLength">How many characters of its result are kept.</param>
/// <param name="MayCutShort">Whether it is ended when it has said that much; one that changes something is let finish.</param>
internal sealed record ToolLimits(TimeSpan? Timeout, int MaxLength, bool MayCutShort);

/// <summary>What came of it.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">What the model is told.</param>
internal sealed record ToolResult(GptToolOutcome Outcome, string Text);
