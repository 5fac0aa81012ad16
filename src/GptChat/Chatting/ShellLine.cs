using System.Management.Automation;

namespace GptChat.Chatting;

/// <summary>A line of PowerShell in the chat. It runs in the caller's scope; what it throws ends the line and not the chat.</summary>
internal static class ShellLine
{
    /// <summary>Runs it and shows what it outputs as a prompt would.</summary>
    public static void Run(ChatTalk talk, string line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            talk.Screen.Note("Behind ! stands a line of PowerShell, such as !Get-ChildItem.");
            return;
        }

        using NestedCommand command = NestedCommand.OfLine(line);
        try
        {
            command.Run(_ => { });
        }
        catch (PipelineStoppedException) when (!talk.StopToken.IsCancellationRequested)
        {
            // The line stopped itself.
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            talk.Screen.Error(failure.ErrorRecord);
        }
    }
}
