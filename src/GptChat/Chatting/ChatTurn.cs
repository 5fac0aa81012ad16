using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using GptChat.Cmdlets;
using GptChat.Errors;
using GptChat.Rendering;

namespace GptChat.Chatting;

/// <summary>One question and its answer, which Invoke-GptChat fetches and the screen shows as it comes.</summary>
internal sealed class ChatTurn(PSHost host, ChatTalk talk)
{
    /// <summary>Asks. Whatever goes wrong is shown, and the conversation is then as it was.</summary>
    /// <param name="question">What is asked; null for the last question again.</param>
    /// <param name="model">Another model for it; null for that of the talk.</param>
    public void Run(ChatQuestion? question, string? model)
    {
        var writer = new MarkdownWriter(talk.Screen.Write, talk.Screen.Width, talk.Screen.HasColor && !talk.IsPlain);
        GptResponse? response = null;
        bool isInterrupted = false;
        using (NestedCommand command = NestedCommand.Of<InvokeGptChatCommand>(Parameters(question, model)))
        using (InterruptKey? key = InterruptKey.Listen(host, command.Stop))
        {
            try
            {
                IReadOnlyList<ErrorRecord> errors = command.Run(item => response = Take(item, writer) ?? response);
                writer.Complete();
                foreach (ErrorRecord error in errors) talk.Screen.Error(error);
                isInterrupted = key?.WasPressed == true && response is null;
            }
            catch (PipelineStoppedException) when (key?.WasPressed == true && !talk.StopToken.IsCancellationRequested)
            {
                writer.Complete();
                isInterrupted = response is null;
            }
            catch (RuntimeException failure) when (failure is not PipelineStoppedException)
            {
                writer.Complete();
                talk.Screen.Error(failure.ErrorRecord);
            }
        }

        talk.Screen.EndLine();
        if (response is not null)
        {
            Answered();
            return;
        }

        if (question is not null) talk.Unanswered = question;
        if (isInterrupted) talk.Screen.Note("Stopped. The conversation is as it was; /retry asks again.");
    }

    private static GptResponse? Take(PSObject item, MarkdownWriter writer)
    {
        if (item.BaseObject is not GptChunk chunk) return null;
        if (chunk.Index == 0) writer.Append(chunk.Text);
        return chunk.Response;
    }

    private void Answered()
    {
        talk.Unanswered = null;
        talk.IsUnsaved = true;

        // The conversation has them now. Given again, they would be taken for a change.
        talk.System = null;
        talk.Model = null;
    }

    private Hashtable Parameters(ChatQuestion? question, string? model)
    {
        var parameters = new Hashtable(talk.Settings) { ["Conversation"] = talk.Conversation, ["Stream"] = true };
        if (question is null) parameters["Retry"] = true;
        if (question?.Text is { } text) parameters["Prompt"] = text;
        if (question?.Files.Count > 0) parameters["LiteralPath"] = question.Files.ToArray();
        if ((model ?? talk.Model) is { } chosen) parameters["Model"] = chosen;
        if (talk.System is { } system) parameters["System"] = system;
        return parameters;
    }
}
