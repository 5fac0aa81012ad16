using System;
using System.Collections.Generic;
using System.Management.Automation;
using GptChat.Copies;
using GptChat.Hosting;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Asks a model and outputs its answer.</para>
/// <para type="description">Everything that is piped in goes into one request, or with -Each every item into one of its own. The answer is a string; its envelope (Usage, FinishReason, Model, Response) rides along as properties. With -As or -Schema it is an object.</para>
/// </summary>
/// <output cref="string">The answer. Its properties are Content, Usage, Cost, FinishReason, Model, Source, Index and Response, which has all that the server sent. With -Live only if -PassThru is given.</output>
/// <output cref="GptChunk">With -Stream, a piece of the answer; as a string it is its text. The last one has the whole Response.</output>
/// <output cref="PSObject">With -As or -Schema, the answer as an object of that type, or one for each element of a list. Its member set Response has the envelope.</output>
/// <output cref="GptJob">With -AsJob, the job; Receive-Job outputs its replies.</output>
[Cmdlet(VerbsLifecycle.Invoke, "GptChat", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, HelpUri = HelpPage.Folder + "Invoke-GptChat.md")]
[OutputType(typeof(string), typeof(GptChunk), typeof(PSObject), typeof(GptJob))]
public sealed partial class InvokeGptChatCommand : GptCmdlet
{
    private const string RequestTag = "GptChatRequest";

    private PromptBuilder? _input;
    private string? _prompt;
    private string? _audioPath;

    private PromptBuilder Input => _input ??= NewInput();

    private bool IsStreamed => Stream || Live;

    /// <summary>Whether there may be many requests.</summary>
    private bool IsBulk => Each || Chunk;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        ParameterRules.Check(MyInvocation.BoundParameters);
        RequireText(nameof(System), System);
        RequireText(nameof(Model), Model);
        RequireWords();
        BeginJob();
        ReadPrices();
        RequireFormat();
        ReadRedaction();
        ReadTools();
        var paths = new PathResolver(this);
        _audioPath = AudioPath is null ? null : paths.Literal(AudioPath);
        ReadRecording(paths);
        _journalPath = Journal is null ? null : paths.Literal(Journal);
        ReadPlan(paths);
        IEnumerable<string> files = paths.Files(Path, LiteralPath);
        RequireText(nameof(Combine), Combine);
        if (IsBulk)
        {
            BeginEach(files);
            return;
        }

        _prompt = PromptText();
        foreach (string file in files) Input.AddFile(file, global::System.IO.Path.GetFileName(file));
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (_run is not null) ProcessJobInput(InputObject!.BaseObject);
        else if (IsBulk) ProcessEach();
        else if (MyInvocation.ExpectingInput) Input.Add(InputObject);
        else Input.AddUnrolled(InputObject);
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (IsBulk)
        {
            EndEach();
            return;
        }

        if (_jobRequest is not null)
        {
            Send(_jobRequest.Conversation, _jobRequest.Messages);
            return;
        }

        RequireInput();
        GptConversation conversation = ChooseConversation();
        IReadOnlyList<GptMessage> messages = Input.Build(_prompt);
        if (messages.Count == 0 && !Retry) throw NothingAsked();
        if (_jobInput is null)
        {
            Send(conversation, messages);
            return;
        }

        GatherForJob(conversation, messages);
        StartJob();
    }

    private GptConversation ChooseConversation()
    {
        if (Input.Conversation is { } piped)
        {
            if (Conversation is null && !Continue) return piped;
            throw new GptChatException(GptErrorKind.InvalidParameter, "A conversation was piped in and another one given as parameter") { Hint = "Leave one of them out." };
        }

        if (Conversation is not null) return NamedArgument.Conversation(Conversation, Session);
        if (!Continue && !Retry) return new GptConversation(null, null, Array.Empty<GptMessage>());
        return Session.CurrentConversation ?? throw new GptChatException(GptErrorKind.NoConversation, "There is no conversation to continue: no call has succeeded in this session yet")
        {
            Hint = "Ask first without -Continue. Each runspace (a job, ForEach-Object -Parallel) has conversations of its own.",
        };
    }

    /// <summary>The prompt as text; null if none was given.</summary>
    private string? PromptText()
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Prompt))) return null;
        object? plain = Copy.BaseOf(Prompt);
        if (plain is ScriptBlock)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-Prompt is a script block") { Hint = "With -Each it runs for each item, which it gets as $_. Else give text; put the code in parentheses to use what it returns." };
        }

        if (plain is GptMessage or GptConversation)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-Prompt is text, not " + Kind.Of(plain)) { Hint = "Pipe it: $it | Invoke-GptChat 'prompt'.", Target = plain };
        }

        var text = NewInput();
        text.AddUnrolled(Prompt is null ? null : PSObject.AsPSObject(Prompt));
        if (text.HasMessages)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-Prompt holds messages") { Hint = "Pipe them: $messages | Invoke-GptChat 'prompt'." };
        }

        if (text.HasMedia)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-Prompt holds an image, a sound or a document") { Hint = "Pipe it, or use -Path: Get-Item photo.png | Invoke-GptChat 'What is in it?'." };
        }

        return text.HasContent ? text.BuildText() : throw new GptChatException(GptErrorKind.NoPrompt, "-Prompt is empty")
        {
            Hint = "Is the variable set? Leave -Prompt out to send the input alone. Nothing was sent.",
        };
    }

    /// <summary>Something was to come and nothing came: a missing file, a pattern without a match, a variable that is not set.</summary>
    private void RequireInput()
    {
        bool wasExpected = MyInvocation.ExpectingInput || Path is not null || LiteralPath is not null || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
        if (!wasExpected || Input.HasContent) return;
        string files = Input.EmptyFiles.Count == 0 ? string.Empty : " (" + string.Join(", ", Input.EmptyFiles) + " is empty)";
        throw new GptChatException(GptErrorKind.NoInput, "Nothing came through the pipeline to ask about" + files)
        {
            Hint = "Check what stands before the pipe: a file that is missing or empty, a pattern without a match, a variable that is not set. Nothing was sent.",
        };
    }

    private static GptChatException NothingAsked() => new(GptErrorKind.NoPrompt, "There is nothing to ask")
    {
        Hint = "Give a prompt, such as Invoke-GptChat 'What are the three laws of thermodynamics?', or pipe something in.",
    };

    private void RequireText(string parameter, string? value)
    {
        if (!MyInvocation.BoundParameters.ContainsKey(parameter) || !string.IsNullOrWhiteSpace(value)) return;
        throw new GptChatException(GptErrorKind.InvalidParameter, "-" + parameter + " is empty") { Hint = "Is the variable set? Leave the parameter out for its default. Nothing was sent." };
    }
}
