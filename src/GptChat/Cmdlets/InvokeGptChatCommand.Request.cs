using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using GptChat.Content;
using GptChat.Errors;
using GptChat.Input;
using GptChat.Recording;
using GptChat.Redaction;
using GptChat.Spending;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <content>From the parameters to a request that is ready to go.</content>
public sealed partial class InvokeGptChatCommand
{
    private Destination ChooseDestination(GptConversation? conversation)
    {
        if (_run is not null) return _run.Destination;
        GptConnection connection = ConnectionChoice.Resolve(Connection, conversation, EarlyMode, Session);
        ChooseRecording(connection);
        if (Session.TakeEnvironmentRemark() is { } remark) WriteWarning(remark);
        RequireHeadersFit(connection);
        ConnectionChoice.RequireModelFits(Model, connection);
        return new Destination(connection, ChooseModel(conversation, connection));
    }

    /// <summary>The request that is ready to go; null where it is not to be sent.</summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="parameters">Its members beside the messages.</param>
    /// <param name="messages">Its messages.</param>
    /// <param name="notices">Where it says that it waits.</param>
    /// <param name="redaction">What was taken out of it; null where nothing was to be.</param>
    /// <param name="isFollowUp">Whether it gives the model the results of tools: then the call was approved with the first request.</param>
    private ChatCall? Compose(Destination destination, ChatParameters parameters, IReadOnlyList<GptMessage> messages, ChatNotices notices, RequestRedaction? redaction, bool isFollowUp = false)
    {
        GptConnection connection = destination.Connection;
        messages = Instructed(messages, redaction);
        RequestBody body = RequestBody.Create(parameters, messages);
        RequireFits(connection, parameters, body, isFollowUp);
        if (!isFollowUp && !Approve(connection, parameters, body, redaction)) return null;
        var timeouts = new ChatTimeouts(TimeLimit.From(ConnectionTimeoutSeconds), TimeLimit.From(ResponseTimeoutSeconds), TimeLimit.From(OperationTimeoutSeconds));
        TimeSpan? interval = IsBound(nameof(RetryIntervalSec)) ? TimeSpan.FromSeconds(RetryIntervalSec) : null;
        return new ChatCall(connection, parameters, body, timeouts, new RetryPolicy(Retries(connection), interval) { Waits = !IsReplayed })
        {
            Notices = notices,
            Headers = _headers,
            GatewayOption = _gatewayOption,
            Redact = redaction is null ? null : (name, text) => redaction.Shown(name, text, StopToken),
        };
    }

    private void WarnOfImages(GptConnection connection, IReadOnlyList<GptMessage> messages)
    {
        if (connection.Provider != GptProvider.Ollama || !messages.Any(message => message.Parts.Any(MediaPart.IsRemoteImage))) return;
        WriteWarning("Ollama does not fetch images: it reads those that the request itself holds. Give the file with -Path instead of its address.");
    }

    private ChatParameters Parameters(string? model, GptConnection connection)
    {
        bool isNewName = connection.UsesMaxCompletionTokens(model);
        string[]? modalities = Modality?.Select(word => Words.Spelled(word, Words.Modality)).ToArray();
        SpokenAnswer? spoken = SpokenAnswer.From(Audio, modalities, _audioPath, IsStreamed);
        return new ChatParameters
        {
            Model = model,
            Temperature = Temperature,
            TopP = TopP,
            MaxCompletionTokens = isNewName ? MaxCompletionTokens : null,
            MaxTokens = isNewName ? null : MaxCompletionTokens,
            FrequencyPenalty = FrequencyPenalty,
            PresencePenalty = PresencePenalty,
            N = ChoiceCount,
            Stop = Stop,
            Seed = Seed,
            Logprobs = LogprobsAsked(),
            TopLogprobs = TopLogprobs,
            LogitBias = TextPairs.LogitBias(LogitBias, model),
            ReasoningEffort = Spelled(ReasoningEffort, Words.ReasoningEffort),
            Verbosity = Spelled(AnswerVerbosity, Words.Verbosity),
            ServiceTier = Spelled(ServiceTier, Words.ServiceTier),
            Store = IsBound(nameof(Store)) ? Store : null,
            Metadata = TextPairs.Metadata(Metadata),
            SafetyIdentifier = SafetyIdentifier,
            User = User,
            PromptCacheKey = PromptCacheKey,
            PromptCacheRetention = Spelled(PromptCacheRetention, Words.PromptCacheRetention),
            PromptCacheOptions = RequestParameters.MemberOrObject(PromptCacheOption, "mode", Words.PromptCacheMode, "-PromptCacheOption"),
            Prediction = RequestParameters.Prediction(Prediction, "-Prediction"),
            WebSearchOptions = RequestParameters.MemberOrObject(WebSearchOption, "search_context_size", Words.SearchContextSize, "-WebSearchOption"),
            Moderation = RequestParameters.MemberOrObject(Moderation, "model", [], "-Moderation"),
            Stream = IsStreamed ? true : null,
            StreamOptions = IsStreamed ? RequestParameters.StreamOptions(StreamOption, "-StreamOption") : null,
            Tools = _tools.Definitions,
            ToolChoice = RequestParameters.WordOrObject(_tools.Choice(ToolChoice), Words.ToolChoice, "-ToolChoice"),
            ParallelToolCalls = ParallelToolCall,
            ResponseFormat = _plan is null ? ToolDefinitions.ResponseFormat(ResponseFormat) : _plan.Schema.ResponseFormat(),
            Modalities = spoken?.Modalities ?? modalities,
            Audio = spoken?.Audio,
            Extra = ExtraMembers(),
        };
    }

    private global::System.Text.Json.JsonElement? ExtraMembers()
    {
        if (RequestParameters.Object(ExtraBody, "-ExtraBody") is not { } extra) return null;
        if (extra.TryGetProperty("model", out _))
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-ExtraBody holds the model")
            {
                Hint = "Give it as -Model, where the conversation and the checks of other parameters know of it.",
            };
        }

        if (!extra.TryGetProperty("messages", out _)) return extra;
        throw new GptChatException(GptErrorKind.InvalidParameter, "-ExtraBody holds messages")
        {
            Hint = "Messages come through the pipeline, where the conversation and its records know of them: $messages | Invoke-GptChat.",
        };
    }

    /// <summary>Asks ShouldProcess; under -WhatIf the request is there to be looked at.</summary>
    private bool Approve(GptConnection connection, ChatParameters parameters, RequestBody body, RequestRedaction? redaction)
    {
        RequestForecast? forecast = ForecastShown(connection, parameters, body);
        string description = string.Format(
            CultureInfo.InvariantCulture, "Send {0} bytes{1} to {2}, model {3}", body.Length, GptRequest.Describe(forecast), connection.Uri.AbsoluteUri, parameters.Model ?? "of the recording") + ToolsOffered();
        if (ShouldProcess(description, description + "?", "Invoke-GptChat", out ShouldProcessReason reason))
        {
            _approval?.RequirePossible(_tools.Runnable);
            return true;
        }

        if (reason == ShouldProcessReason.WhatIf)
        {
            // A key that was pasted into a prompt would be sent, but need not be shown.
            string shown = KeyMask.InContent(Encoding.UTF8.GetString(body.ToArray()), connection.RevealSecrets());
            WriteInformation(new GptRequest(connection.Uri, parameters.Model, shown, body.Length, forecast) { Tools = _tools.Runnable, Redactions = redaction?.Report ?? Array.Empty<GptRedaction>() }, new[] { RequestTag });
        }

        return false;
    }

    private string? ChooseModel(GptConversation? conversation, GptConnection connection)
    {
        // By name: a connection that was made anew is still the one that the model was chosen for.
        bool isSame = conversation?.ConnectionName is null || string.Equals(conversation.ConnectionName, connection.Name, StringComparison.OrdinalIgnoreCase);
        string? remembered = isSame ? conversation?.Model : null;
        string? model = Model ?? remembered ?? connection.Model;
        if (model is not null || IsReplayed || connection.IsNowhere) return model;
        throw new GptChatException(GptErrorKind.NoModel, "The connection '" + connection.Name + "' has no default model, and the call names none")
        {
            Hint = "Add -Model NAME, or connect with one: Connect-GptChat … -Model NAME."
                + (connection.Provider == GptProvider.AzureOpenAI ? " On Azure it is the name of your deployment; AZURE_OPENAI_DEPLOYMENT is read too." : string.Empty),
            Target = connection,
        };
    }

    private bool? LogprobsAsked()
    {
        if (TopLogprobs is null) return IsBound(nameof(Logprobs)) ? Logprobs : null;
        if (Logprobs || !IsBound(nameof(Logprobs))) return true;
        throw new GptChatException(GptErrorKind.InvalidParameter, "-TopLogprobs and -Logprobs:$false cannot be used together") { Hint = "-TopLogprobs includes -Logprobs: leave one of them out." };
    }

    private void RequireWords()
    {
        RequireText(nameof(ReasoningEffort), ReasoningEffort);
        RequireText(nameof(AnswerVerbosity), AnswerVerbosity);
        RequireText(nameof(ServiceTier), ServiceTier);
        RequireText(nameof(SafetyIdentifier), SafetyIdentifier);
        RequireText(nameof(User), User);
        RequireText(nameof(PromptCacheKey), PromptCacheKey);
        RequireText(nameof(PromptCacheRetention), PromptCacheRetention);
    }

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private static string? Spelled(string? word, string[] known) => word is null ? null : Words.Spelled(word, known);
}
