using System.Linq;
using System.Management.Automation;
using GptChat.Input;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <content>From the parameters of the API to the members of the request.</content>
public sealed partial class InvokeGptChatCommand
{
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
            Tools = ToolDefinitions.Tools(Tool),
            ToolChoice = RequestParameters.WordOrObject(ToolChoice, Words.ToolChoice, "-ToolChoice"),
            ParallelToolCalls = ParallelToolCall,
            ResponseFormat = ToolDefinitions.ResponseFormat(ResponseFormat),
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

    private bool? LogprobsAsked()
    {
        if (TopLogprobs is null) return IsBound(nameof(Logprobs)) ? Logprobs : null;
        if (Logprobs || !IsBound(nameof(Logprobs))) return true;
        throw new GptChatException(GptErrorKind.InvalidParameter, "-TopLogprobs and -Logprobs:$false cannot be used together") { Hint = "-TopLogprobs includes -Logprobs: leave one of them out." };
    }

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private static string? Spelled(string? word, string[] known) => word is null ? null : Words.Spelled(word, known);
}
