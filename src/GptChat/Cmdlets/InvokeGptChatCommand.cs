using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using GptChat.Content;
using GptChat.Conversations;
using GptChat.Errors;
using GptChat.Hosting;
using GptChat.Input;
using GptChat.Output;
using GptChat.Recording;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Asks a model and outputs its answer.</para>
/// <para type="description">Everything that is piped in goes into one request. The answer is a string; its envelope (Usage, FinishReason, Model, Response) rides along as properties.</para>
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "GptChat", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string), typeof(GptChunk))]
public sealed partial class InvokeGptChatCommand : GptCmdlet
{
    private const string RequestTag = "GptChatRequest";

    private PromptBuilder? _input;
    private string? _prompt;
    private string? _audioPath;
    private string? _record;
    private string? _replay;

    private PromptBuilder Input => _input ??= new PromptBuilder(new ObjectJson(Property, Depth, WriteVerbose), WriteVerbose);

    private bool IsStreamed => Stream || Live;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        ParameterRules.Check(MyInvocation.BoundParameters);
        RequireText(nameof(System), System);
        RequireText(nameof(Model), Model);
        ReadHeaders();
        _prompt = PromptText();
        var paths = new PathResolver(this);
        _audioPath = AudioPath is null ? null : paths.Literal(AudioPath);
        _record = Record is null ? null : paths.Literal(Record);
        _replay = Replay is null ? null : paths.Literal(Replay);
        foreach (string file in paths.Files(Path, LiteralPath)) Input.AddFile(file, global::System.IO.Path.GetFileName(file));
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (MyInvocation.ExpectingInput) Input.Add(InputObject);
        else Input.AddUnrolled(InputObject);
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        RequireInput();
        GptConversation conversation = ChooseConversation();
        IReadOnlyList<GptMessage> messages = Input.Build(_prompt);
        if (messages.Count == 0) throw NothingAsked();
        Send(conversation, messages);
    }

    private void Send(GptConversation conversation, IReadOnlyList<GptMessage> messages)
    {
        using GptConversation.Turn turn = conversation.TryBeginTurn() ?? throw new GptChatException(GptErrorKind.ConversationBusy, "Another call is using this conversation at this moment")
        {
            Hint = "Let it finish first, or give each thread a conversation of its own.",
            Target = conversation,
        };
        GptConnection connection = ConnectionChoice.Resolve(Connection, conversation.Connection, _replay is not null, Session);
        if (Session.TakeEnvironmentRemark() is { } remark) WriteWarning(remark);
        RequireHeadersFit(connection);
        ConnectionChoice.RequireModelFits(Model, connection);
        if (connection.Provider == GptProvider.Ollama && messages.Any(message => message.Parts.Any(MediaPart.IsRemoteImage)))
        {
            WriteWarning("Ollama does not fetch images: it reads those that the request itself holds. Give the file with -Path instead of its address.");
        }

        string? model = ChooseModel(conversation, connection);
        GptMessage? system = System is null ? null : GptMessage.FromText(Roles.System, System);
        MessageHistory sent = turn.HistoryUnder(system).Append(messages);
        ChatParameters parameters = Parameters(model, connection);
        RequestBody body = RequestBody.Create(parameters, sent);
        if (!Approve(connection, model, body)) return;
        if (_audioPath is not null) AudioFile.RequireWritable(_audioPath);

        var timeouts = new ChatTimeouts(TimeLimit.From(ConnectionTimeoutSeconds), TimeLimit.From(ResponseTimeoutSeconds), TimeLimit.From(OperationTimeoutSeconds));
        TimeSpan? interval = MyInvocation.BoundParameters.ContainsKey(nameof(RetryIntervalSec)) ? TimeSpan.FromSeconds(RetryIntervalSec) : null;
        var teller = new WaitTeller(this);
        var call = new ChatCall(connection, parameters, body, timeouts, new RetryPolicy(Retries(connection), interval) { Waits = _replay is null })
        {
            Notices = teller.Notices,
            Headers = _headers,
            GatewayOption = _gatewayOption,
        };
        var live = new LiveText(this);
        bool isFinished = false;
        using var chunks = new AsyncPull<GptChunk>(new ChatClient(Transport()).SendAsync(call, StopToken), teller, StopToken);
        try
        {
            while (chunks.MoveNext())
            {
                GptChunk chunk = chunks.Current;
                if (chunk.Response is { } response)
                {
                    // Before anything is written: downstream may want no more, and the turn is finished all the same. It is
                    // closed too, since what stands downstream may well take the next one.
                    turn.Commit(sent, response, model, connection);
                    turn.Dispose();
                    Session.SetCurrent(conversation);
                    Session.RememberModel(model);
                    isFinished = true;
                }

                Write(chunk, live);
            }
        }
        catch (GptChatException)
        {
            live.End();
            throw;
        }
        finally
        {
            // Downstream wants no more, or something failed: closed at once, where merely closing would read on for a while.
            if (!isFinished) StopWork();
        }
    }

    private void Write(GptChunk chunk, LiveText live)
    {
        // One answer is shown; the others, where more were asked for, are in the response.
        if (Live && chunk.Index == 0) live.Write(chunk.Text);
        if (chunk.Response is not { } response)
        {
            if (Stream) WriteObject(chunk);
            return;
        }

        live.End();
        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "Answer after {0:0.0} s: {1}{2}", response.Duration.TotalSeconds, response, response.RequestId is null ? string.Empty : ", request id " + response.RequestId));
        foreach (string warning in AnswerCheck.Warnings(response)) WriteWarning(warning);
        GptChatException? unsaved = SaveAudio(response);
        if (ResponseVariable is not null) SessionState.PSVariable.Set(ResponseVariable, response);
        if (Stream) WriteObject(chunk);
        else if (!Live || PassThru) WriteObject(Reply.Create(response));

        // After the reply, which was paid for and is none the worse for it. A caller who wants errors to stop finds it in the error.
        if (unsaved is not null) WriteError(ErrorRecords.From(unsaved, _audioPath));
        if (chunk.LateFailure is { } late) WriteError(ErrorRecords.From(late, _record));
    }

    /// <summary>Saves the sound of an answer before the answer is output: what follows in the pipeline may well play it.</summary>
    private GptChatException? SaveAudio(GptResponse response)
    {
        if (_audioPath is null) return null;
        try
        {
            AudioFile.Save(_audioPath, response);
            return null;
        }
        catch (GptChatException failure)
        {
            return failure;
        }
    }

    /// <summary>Asks ShouldProcess; under -WhatIf the request is there to be looked at.</summary>
    private bool Approve(GptConnection connection, string? model, RequestBody body)
    {
        string description = string.Format(
            CultureInfo.InvariantCulture, "Send {0} bytes to {1}, model {2}", body.Length, connection.Uri.AbsoluteUri, model ?? "of the recording");
        if (ShouldProcess(description, description + "?", "Invoke-GptChat", out ShouldProcessReason reason)) return true;
        if (reason == ShouldProcessReason.WhatIf)
        {
            // A key that was pasted into a prompt would be sent, but need not be shown.
            string shown = KeyMask.InContent(Encoding.UTF8.GetString(body.ToArray()), connection.RevealSecrets());
            WriteInformation(new GptRequest(connection.Uri, model, shown, body.Length), new[] { RequestTag });
        }

        return false;
    }

    private IChatTransport Transport()
    {
        if (_replay is not null)
        {
            ReplayTransport replay = Session.Replay(_replay);
            replay.Speed = ReplaySpeed;
            return replay;
        }

        if (_record is null) return HttpTransport.Instance;
        RecordingFile.RequireWritable(_record, StopToken);
        return new RecordingTransport(HttpTransport.Instance, _record);
    }

    private GptConversation ChooseConversation()
    {
        if (Input.Conversation is { } piped)
        {
            if (Conversation is null && !Continue) return piped;
            throw new GptChatException(GptErrorKind.InvalidParameter, "A conversation was piped in and another one given as parameter") { Hint = "Leave one of them out." };
        }

        if (Conversation is not null) return NamedArgument.Conversation(Conversation, Session);
        if (!Continue) return new GptConversation(null, null, Array.Empty<GptMessage>());
        return Session.CurrentConversation ?? throw new GptChatException(GptErrorKind.NoConversation, "There is no conversation to continue: no call has succeeded in this session yet")
        {
            Hint = "Ask first without -Continue. Each runspace (a job, ForEach-Object -Parallel) has conversations of its own.",
        };
    }

    private string? ChooseModel(GptConversation conversation, GptConnection connection)
    {
        // By name: a connection that was made anew is still the one that the model was chosen for.
        bool isSame = conversation.Connection is null || string.Equals(conversation.Connection.Name, connection.Name, StringComparison.OrdinalIgnoreCase);
        string? remembered = isSame ? conversation.Model : null;
        string? model = Model ?? remembered ?? connection.Model;
        if (model is not null || _replay is not null) return model;
        throw new GptChatException(GptErrorKind.NoModel, "The connection '" + connection.Name + "' has no default model, and the call names none")
        {
            Hint = "Add -Model NAME, or connect with one: Connect-GptChat … -Model NAME."
                + (connection.Provider == GptProvider.AzureOpenAI ? " On Azure it is the name of your deployment; AZURE_OPENAI_DEPLOYMENT is read too." : string.Empty),
            Target = connection,
        };
    }

    /// <summary>The prompt as text; null if none was given.</summary>
    private string? PromptText()
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Prompt))) return null;
        object? plain = (Prompt as PSObject)?.BaseObject ?? Prompt;
        if (plain is ScriptBlock)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-Prompt is a script block") { Hint = "Give text; put the code in parentheses to use what it returns." };
        }

        if (plain is GptMessage or GptConversation)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-Prompt is text, not a " + plain.GetType().Name) { Hint = "Pipe it: $it | Invoke-GptChat 'prompt'.", Target = plain };
        }

        var text = new PromptBuilder(new ObjectJson(Property, Depth, WriteVerbose), WriteVerbose);
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
