using System;
using GptChat.Recording;
using Xunit;

namespace GptChat.Core.Tests.Recording;

/// <summary>What the variable may say, and that nothing else passes for it.</summary>
public sealed class RecordingVariableTests
{
    private static RecordingChoice? Read(string? value) => RecordingVariable.Read(name => name == "GPTCHAT_RECORDING" ? value : null, path => "/full/" + path);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Blank_is_not_set(string? value) => Assert.Null(Read(value));

    [Theory]
    [InlineData("r.jsonl", RecordingMode.Replay, "r.jsonl")]
    [InlineData(" r.jsonl ", RecordingMode.Replay, "r.jsonl")]
    [InlineData("replay=r.jsonl", RecordingMode.Replay, "r.jsonl")]
    [InlineData("REPLAY = a b=c.jsonl", RecordingMode.Replay, "a b=c.jsonl")]
    [InlineData("record=r.jsonl", RecordingMode.Record, "r.jsonl")]
    [InlineData("replay-or-record=r.jsonl", RecordingMode.ReplayOrRecord, "r.jsonl")]
    [InlineData("tests/a=b.jsonl", RecordingMode.Replay, "tests/a=b.jsonl")]
    [InlineData("C:\\tests\\r.jsonl", RecordingMode.Replay, "C:\\tests\\r.jsonl")]
    [InlineData("records.jsonl", RecordingMode.Replay, "records.jsonl")]
    public void A_path_is_replayed_and_a_word_says_otherwise(string value, object mode, string path) =>
        Assert.Equal(new RecordingChoice((RecordingMode)mode, "/full/" + path, "GPTCHAT_RECORDING"), Read(value));

    [Theory]
    [InlineData("record=")]
    [InlineData("replay= ")]
    [InlineData("Replay-Or-Record")]
    [InlineData("recrod=r.jsonl")]
    [InlineData("cache=r.jsonl")]
    public void Anything_else_is_an_error_that_names_the_variable(string value)
    {
        GptChatException failure = Assert.Throws<GptChatException>(() => Read(value));
        Assert.Equal(GptErrorKind.InvalidParameter, failure.Kind);
        Assert.StartsWith("The variable GPTCHAT_RECORDING ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("replay-or-record=PATH", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_the_shell_does_not_take_is_told_with_the_variable()
    {
        GptChatException failure = Assert.Throws<GptChatException>(() => RecordingVariable.Read(
            _ => "HKLM:/x", _ => throw new GptChatException(GptErrorKind.InvalidParameter, "'HKLM:/x' cannot be used: it is a path of Registry")));
        Assert.Contains("GPTCHAT_RECORDING", failure.Message, StringComparison.Ordinal);
        Assert.Contains("a path of Registry", failure.Message, StringComparison.Ordinal);
    }
}
