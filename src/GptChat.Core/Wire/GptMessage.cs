using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using GptChat.Wire;

namespace GptChat;

/// <summary>
/// One message of a conversation: who speaks, and what is said. It does not change once made.
/// </summary>
/// <remarks>So its bytes on the wire are made once and shared by every later turn.</remarks>
[TypeConverter(Copies.CopyType.Converter)]
public sealed class GptMessage : GptExtensible
{
    private readonly string _role = Roles.Assistant;
    private byte[]? _utf8;

    /// <summary>Who speaks: <c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>.</summary>
    [JsonInclude]
    [JsonConverter(typeof(RepeatedStringConverter))]
    public string Role
    {
        get => _role;

        // Null where a server says so: then it is the model that speaks.
        internal init => _role = string.IsNullOrEmpty(value) ? Roles.Assistant : value;
    }

    /// <summary>The text; that of all text parts where there are parts; null where there is none.</summary>
    [JsonIgnore]
    public string? Content => Body?.Text;

    /// <summary>The content as parts: text, images, audio, files. A plain text is one part.</summary>
    [JsonIgnore]
    public IReadOnlyList<GptContentPart> Parts => Body?.Parts ?? Array.Empty<GptContentPart>();

    /// <summary>A name that tells speakers of the same role apart; null where not given.</summary>
    [JsonInclude]
    public string? Name { get; internal init; }

    /// <summary>The call that a <c>tool</c> message answers.</summary>
    [JsonInclude]
    public string? ToolCallId { get; internal init; }

    /// <summary>The tools that an <c>assistant</c> message asks to call; empty where none.</summary>
    [JsonIgnore]
    public IReadOnlyList<GptToolCall> ToolCalls => Calls ?? (IReadOnlyList<GptToolCall>)Array.Empty<GptToolCall>();

    /// <summary>Why the model declined, in its words; null where it did not.</summary>
    [JsonInclude]
    public string? Refusal { get; internal init; }

    /// <summary>What the model thought before it answered, where the server shows it. Never part of the answer, never sent back.</summary>
    [JsonIgnore]
    public string? Reasoning => string.IsNullOrEmpty(ReasoningContent) ? (string.IsNullOrEmpty(ReasoningText) ? null : ReasoningText) : ReasoningContent;

    /// <summary>A spoken answer; null where there is none.</summary>
    [JsonInclude]
    public GptAudio? Audio { get; internal init; }

    /// <summary>Citations and other notes on the answer; empty where there are none.</summary>
    [JsonIgnore]
    public IReadOnlyList<GptAnnotation> Annotations => Notes ?? (IReadOnlyList<GptAnnotation>)Array.Empty<GptAnnotation>();

    /// <summary>The deprecated form of a tool call; null where not used.</summary>
    [JsonInclude]
    public GptFunctionCall? FunctionCall { get; internal init; }

    [JsonInclude]
    [JsonPropertyName("content")]
    internal MessageContent? Body { get; init; }

    [JsonInclude]
    [JsonPropertyName("tool_calls")]
    internal List<GptToolCall>? Calls { get; init; }

    [JsonInclude]
    [JsonPropertyName("annotations")]
    internal List<GptAnnotation>? Notes { get; init; }

    [JsonInclude]
    internal string? ReasoningContent { get; init; }

    [JsonInclude]
    [JsonPropertyName("reasoning")]
    internal string? ReasoningText { get; init; }

    /// <summary>The message as the wire has it in a request, made once.</summary>
    [JsonIgnore]
    internal ReadOnlyMemory<byte> Utf8 => _utf8 ??= MessageWriter.ToUtf8(this);

    /// <summary>Whether the message gives instructions rather than taking part in the talk.</summary>
    [JsonIgnore]
    internal bool IsInstruction => Role is Roles.System or Roles.Developer;

    /// <summary>Whether it has what an answer carries and a request does not: notes, thoughts, sound, members of a provider's own.</summary>
    [JsonIgnore]
    internal bool HasMoreThanRequest => Notes?.Count > 0 || Reasoning is not null || Extra?.Count > 0 || Audio is { } audio && (audio.Data ?? audio.Transcript) is not null;

    /// <summary>A message that is one text.</summary>
    internal static GptMessage FromText(string role, string text) => new() { Role = role, Body = new MessageContent(text) };

    /// <summary>This message with other content.</summary>
    internal GptMessage With(MessageContent content) => new()
    {
        Role = Role,
        Body = content,
        Name = Name,
        ToolCallId = ToolCallId,
        Calls = Calls,
        Refusal = Refusal,
        Audio = Audio,
        Notes = Notes,
        FunctionCall = FunctionCall,
        ReasoningContent = ReasoningContent,
        ReasoningText = ReasoningText,
        Extra = Extra,
    };

    /// <summary>The text, so that a message in a string reads as what it says.</summary>
    public override string ToString() => Content ?? string.Empty;
}

/// <summary>The protocol's names of the roles.</summary>
internal static class Roles
{
    public const string System = "system";
    public const string Developer = "developer";
    public const string User = "user";
    public const string Assistant = "assistant";
    public const string Tool = "tool";

    /// <summary>What <see cref="Tool"/> was before; old servers know only this.</summary>
    public const string Function = "function";
}
