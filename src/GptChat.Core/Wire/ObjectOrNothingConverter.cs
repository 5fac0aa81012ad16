using System;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GptChat.Wire;

/// <summary>Reads what only accompanies an answer: where a server sends something else than an object, it is passed over and the answer stands.</summary>
internal abstract class ObjectOrNothingConverter<T> : JsonConverter<T>
    where T : class
{
    /// <summary>How the object itself is written, and read unless it is read by hand.</summary>
    protected abstract JsonTypeInfo<T> Shape { get; }

    /// <summary>Reads the object itself.</summary>
    protected virtual T? ReadObject(ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, Shape);

    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return ReadObject(ref reader);
        reader.Skip();
        return null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, Shape);
}

/// <summary>Reads the usage.</summary>
internal sealed class UsageConverter : ObjectOrNothingConverter<GptUsage>
{
    /// <inheritdoc/>
    protected override JsonTypeInfo<GptUsage> Shape => WireJson.Default.GptUsage;

    /// <inheritdoc/>
    protected override GptUsage? ReadObject(ref Utf8JsonReader reader) => UsageReader.Read(ref reader);
}

/// <summary>Reads how the prompt's tokens divide.</summary>
internal sealed class PromptDetailsConverter : ObjectOrNothingConverter<GptPromptTokensDetails>
{
    /// <inheritdoc/>
    protected override JsonTypeInfo<GptPromptTokensDetails> Shape => WireJson.Default.GptPromptTokensDetails;

    /// <inheritdoc/>
    protected override GptPromptTokensDetails? ReadObject(ref Utf8JsonReader reader) => UsageReader.ReadPromptDetails(ref reader);
}

/// <summary>Reads how the answer's tokens divide.</summary>
internal sealed class CompletionDetailsConverter : ObjectOrNothingConverter<GptCompletionTokensDetails>
{
    /// <inheritdoc/>
    protected override JsonTypeInfo<GptCompletionTokensDetails> Shape => WireJson.Default.GptCompletionTokensDetails;

    /// <inheritdoc/>
    protected override GptCompletionTokensDetails? ReadObject(ref Utf8JsonReader reader) => UsageReader.ReadCompletionDetails(ref reader);
}

/// <summary>Reads the likelihoods.</summary>
internal sealed class LogprobsConverter : ObjectOrNothingConverter<GptLogprobs>
{
    /// <inheritdoc/>
    protected override JsonTypeInfo<GptLogprobs> Shape => WireJson.Default.GptLogprobs;
}
