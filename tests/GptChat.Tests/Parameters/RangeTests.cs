using System.Linq;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>What cannot be right is refused before anything is sent.</summary>
public sealed class RangeTests : ModuleTest
{
    [Theory]
    [InlineData("-Temperature 2.1")]
    [InlineData("-Temperature -0.1")]
    [InlineData("-Temperature ([double]::NaN)")]
    [InlineData("-TopP 1.01")]
    [InlineData("-TopP -1")]
    [InlineData("-MaxCompletionTokens 0")]
    [InlineData("-MaxCompletionTokens -5")]
    [InlineData("-MaxCost -1")]
    [InlineData("-Budget -0.01")]
    [InlineData("-MaxTotalTokens 0")]
    [InlineData("-FrequencyPenalty 2.1")]
    [InlineData("-FrequencyPenalty -2.1")]
    [InlineData("-PresencePenalty 2.1")]
    [InlineData("-PresencePenalty -2.1")]
    [InlineData("-ChoiceCount 0")]
    [InlineData("-ChoiceCount 129")]
    [InlineData("-Stop a, b, c, d, e")]
    [InlineData("-Stop ''")]
    [InlineData("-TopLogprobs -1")]
    [InlineData("-TopLogprobs 21")]
    [InlineData("-LogitBias @{}")]
    [InlineData("-Metadata @{}")]
    [InlineData("-ReasoningEffort ''")]
    [InlineData("-AnswerVerbosity ''")]
    [InlineData("-ServiceTier ''")]
    [InlineData("-SafetyIdentifier ''")]
    [InlineData("-SafetyIdentifier ('x' * 65)")]
    [InlineData("-User ''")]
    [InlineData("-PromptCacheKey ''")]
    [InlineData("-Prediction ''")]
    [InlineData("-ExtraBody $null")]
    [InlineData("-Each -ThrottleLimit 0")]
    [InlineData("-Each -ThrottleLimit 1025")]
    [InlineData("-Each -BatchSize 0")]
    [InlineData("-As int -Repair -1")]
    [InlineData("-As int -Repair 11")]
    [InlineData("-Schema $null")]
    [InlineData("-AsJob -JobName ''")]
    [InlineData("-Chunk -ChunkSize 31")]
    [InlineData("-Chunk -ChunkOverlap -1")]
    [InlineData("-Depth 0")]
    [InlineData("-Depth 21")]
    [InlineData("-ConnectionTimeoutSeconds -1")]
    [InlineData("-ResponseTimeoutSeconds -1")]
    [InlineData("-OperationTimeoutSeconds -1")]
    [InlineData("-OperationTimeoutSeconds 1e10")]
    [InlineData("-Replay r -ReplaySpeed -1")]
    [InlineData("-ContextWindow 0")]
    [InlineData("-Tool Get-History -MaxToolRounds 0")]
    [InlineData("-Tool Get-History -MaxToolRounds 1001")]
    [InlineData("-Tool Get-History -MaxToolSeconds -1")]
    [InlineData("-Tool Get-History -ToolSession $null")]
    [InlineData("-Tool (New-GptTool Get-History -TimeoutSec -1)")]
    [InlineData("-Tool (New-GptTool Get-History -TimeoutSec 1e10)")]
    [InlineData("-Tool (New-GptTool Get-History -MaxResultLength 99)")]
    [InlineData("-Tool (New-GptTool Get-History -Bind $null)")]
    [InlineData("-ReplayOrRecord ''")]
    [InlineData("-Cache ''")]
    [InlineData("-Path ''")]
    [InlineData("-Tool @()")]
    [InlineData("-Connection $null")]
    [InlineData("-Conversation $null")]
    [InlineData("-RedactPattern @()")]
    [InlineData("-RedactPattern ''")]
    public void A_value_out_of_range_is_refused(string parameter)
    {
        Assert.StartsWith("ParameterArgumentValidationError", InvokeError("Invoke-GptChat 'x' " + parameter).FullyQualifiedErrorId);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("New-GptConversation c -Temperature 2.1")]
    [InlineData("New-GptConversation c -TopP -1")]
    [InlineData("New-GptConversation c -MaxCompletionTokens 0")]
    [InlineData("New-GptConversation c -ReasoningEffort ''")]
    [InlineData("New-GptConversation c -AnswerVerbosity ''")]
    [InlineData("New-GptConversation c -ContextWindow 0")]
    [InlineData("New-GptConversation c -Path ''")]
    [InlineData("New-GptConversation c -Message @()")]
    [InlineData("New-GptConversation c -Connection $null")]
    [InlineData("Remove-GptMessage c -Last 0")]
    [InlineData("Remove-GptMessage c -Index @()")]
    [InlineData("Clear-GptConversation $null")]
    public void A_value_that_no_conversation_can_have_is_refused(string script) =>
        Assert.StartsWith("ParameterArgumentValidationError", InvokeError(script).FullyQualifiedErrorId);

    [Theory]
    [InlineData("Remove-GptConversation ''", "RemoveGptConversationCommand")]
    [InlineData("Get-GptConversation ''", "GetGptConversationCommand")]
    [InlineData("Copy-GptConversation '' b", "CopyGptConversationCommand")]
    [InlineData("Export-GptConversation a.json ''", "ExportGptConversationCommand")]
    [InlineData("Import-GptConversation ''", "ImportGptConversationCommand")]
    [InlineData("Import-GptConversation -Path ' '", "ImportGptConversationCommand")]
    public void A_name_or_a_path_that_is_empty_is_refused(string script, string command) =>
        Assert.Contains("is empty", Assert.Single(Host.Run(script).Errors).IsKind("InvalidParameter", command).Exception.Message);

    [Theory]
    [InlineData("Invoke-GptChat 'x' -ContextPolicy Forget")]
    [InlineData("New-GptConversation c -ContextPolicy Forget")]
    public void A_policy_that_does_not_exist_is_answered_with_those_that_do(string script) =>
        Assert.Contains("TrimOldest", InvokeError(script).Exception.Message);

    [Theory]
    [InlineData("-Temperature 0", "temperature", "0")]
    [InlineData("-Temperature 2", "temperature", "2")]
    [InlineData("-Temperature 0.7", "temperature", "0.7")]
    [InlineData("-TopP 0", "top_p", "0")]
    [InlineData("-TopP 1", "top_p", "1")]
    [InlineData("-MaxCompletionTokens 1", "max_completion_tokens", "1")]
    [InlineData("-MaxTokens 2147483647", "max_completion_tokens", "2147483647")]
    [InlineData("-FrequencyPenalty -2", "frequency_penalty", "-2")]
    [InlineData("-PresencePenalty 2", "presence_penalty", "2")]
    [InlineData("-ChoiceCount 128", "n", "128")]
    [InlineData("-N 1", "n", "1")]
    [InlineData("-TopLogprobs 0", "top_logprobs", "0")]
    [InlineData("-TopLogprobs 20", "top_logprobs", "20")]
    [InlineData("-Seed -9223372036854775808", "seed", "-9223372036854775808")]
    [InlineData("-Seed 9223372036854775807", "seed", "9223372036854775807")]
    [InlineData("-Stop a, b, c, d", "stop", """["a","b","c","d"]""")]
    public void The_ends_of_a_range_are_in_it(string parameter, string member, string value)
    {
        Invoke("Invoke-GptChat 'x' " + parameter);
        Assert.Equal(value, Request.Json.GetProperty(member).GetRawText());
    }

    [Fact]
    public void No_limit_of_time_can_be_said()
    {
        Invoke("Invoke-GptChat 'x' -ConnectionTimeoutSeconds 0 -ResponseTimeoutSeconds 0 -OperationTimeoutSeconds 0");
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void No_limit_of_time_is_longer_than_every_runtimes_timers_take()
    {
        double[] most = [.. Invoke(
            "(Get-Module GptChat).ExportedCmdlets.Values.Parameters.Values | Where-Object Name -match 'Sec(onds)?$' | ForEach-Object { $_.Attributes } | Where-Object { $_ -is [ValidateRange] } | ForEach-Object MaxRange")
            .Select(range => (double)range.BaseObject)];
        Assert.Equal(13, most.Length);
        Assert.All(most, seconds => Assert.InRange(seconds * 1000, 0, int.MaxValue));
    }
}
