using System.Linq;
using Xunit;

namespace GptChat.Tests.Completion;

/// <summary>What Tab offers, from what the session knows.</summary>
public sealed class CompletionTests : ModuleTest
{
    [Theory]
    [InlineData("Invoke-GptChat 'x' -Connection ", "Cloudflare,home,'my server'")]
    [InlineData("Invoke-GptChat 'x' -Connection H", "home")]
    [InlineData("Disconnect-GptChat -Connection 'my", "'my server'")]
    [InlineData("Disconnect-GptChat ", "Cloudflare,home,'my server'")]
    [InlineData("Get-GptConnection h", "home")]
    [InlineData("Invoke-GptChat 'x' -Conversation ", "'it''s me',trip")]
    [InlineData("Get-GptConversation t", "trip")]
    [InlineData("Clear-GptConversation t", "trip")]
    [InlineData("Copy-GptConversation ", "'it''s me',trip")]
    [InlineData("Remove-GptConversation -Name t", "trip")]
    [InlineData("Remove-GptMessage -Conversation t", "trip")]
    [InlineData("Set-GptMessage t", "trip")]
    [InlineData("Export-GptConversation a.json t", "trip")]
    [InlineData("Export-GptConversation a.json -Name t", "trip")]
    [InlineData("New-GptConversation c -Connection h", "home")]
    [InlineData("New-GptConversation c -ReasoningEffort m", "minimal,medium,max")]
    [InlineData("New-GptConversation c -AnswerVerbosity ", "low,medium,high")]
    [InlineData("New-GptConversation c -ContextPolicy ", "Error,TrimOldest,Summarize")]
    [InlineData("Invoke-GptChat 'x' -ContextPolicy s", "Summarize")]
    [InlineData("Invoke-GptChat 'x' -Model ", "llama3,special,openai/gpt-5.1-chat")]
    [InlineData("Invoke-GptChat 'x' -Model S", "special")]
    [InlineData("New-GptConversation c -Model ll", "llama3")]
    [InlineData("New-GptMessage 'x' -Role ", "System,Developer,User,Assistant,Tool,Function")]
    [InlineData("New-GptMessage 'x' -Role A", "Assistant")]
    [InlineData("Invoke-GptChat 'x' -ToolChoice r", "required")]
    [InlineData("Invoke-GptChat 'x' -ResponseFormat ", "text,json_object")]
    [InlineData("Invoke-GptChat 'x' -Modality a", "audio")]
    [InlineData("Invoke-GptChat 'x' -ReasoningEffort ", "none,minimal,low,medium,high,xhigh,max")]
    [InlineData("Invoke-GptChat 'x' -AnswerVerbosity ", "low,medium,high")]
    [InlineData("Invoke-GptChat 'x' -ServiceTier f", "flex,fast")]
    [InlineData("Invoke-GptChat 'x' -PromptCacheRetention ", "in_memory,24h")]
    [InlineData("Invoke-GptChat 'x' -PromptCacheOption e", "explicit")]
    [InlineData("Invoke-GptChat 'x' -WebSearchOption h", "high")]
    [InlineData("Invoke-GptChat 'x' -Audio ma", "marin")]
    [InlineData("Invoke-GptChat 'x' -SchemaMode ", "Strict,Loose,JsonObject,Prompt")]
    [InlineData("New-GptMessage 'x' -Detail ", "auto,low,high")]
    [InlineData("Invoke-GptChat 'x' -Tool Get-Hist", "Get-History")]
    [InlineData("New-GptTool Get-Hist", "Get-History")]
    [InlineData("Measure-GptToken 'x' -Model s", "special")]
    [InlineData("Set-GptPrice sp", "special")]
    [InlineData("Get-GptUsage sp", "special")]
    [InlineData("Get-GptUsage -Connection h", "home")]
    [InlineData("Connect-GptChat -Provider O", "OpenAI,Ollama")]
    [InlineData("Invoke-GptChat 'x' -RedactKind ", "None,Secret,Email,IPAddress,All")]
    [InlineData("Connect-GptChat -RedactKind E", "Email")]
    [InlineData("Connect-GptChat -Name h", "home")]
    [InlineData("Connect-GptChat -ApiVersion 2", "2024-10-21")]
    [InlineData("Invoke-GptChat 'x' -StreamOption ", "@{ include_usage = $false },@{ include_usage = $null },@{ include_obfuscation = $false }")]
    [InlineData("Invoke-GptChat 'x' -Moderation ", "omni-moderation-latest")]
    [InlineData("Invoke-GptChat 'x' -CacheExpiry 7", "7.00:00:00")]
    [InlineData("Invoke-GptChat 'x' -LogitBias ", "@{ ' yes' = 5 }")]
    [InlineData("Invoke-GptChat 'x' -Tool Get-Process, Get-Hist", "Get-History")]
    [InlineData("Invoke-GptChat 'x' -Tool Get-History, 'b c' -ToolChoice ", "auto,none,required,Get-History,'b c'")]
    [InlineData("Remove-GptMessage -Index ", "0,1")]
    [InlineData("Set-GptMessage trip -Index ", "")]
    [InlineData("Set-GptMessage nobody -Index ", "")]
    [InlineData("Invoke-GptChat 'x' -System ", "")]
    [InlineData("Invoke-GptChat ", "")]
    [InlineData("Connect-GptChat -ApiKey ", "")]
    [InlineData("Invoke-GptChat 'x' -ResponseVariable serverU", "serverUri")]
    public void Tab_offers(string line, string offered)
    {
        Invoke("""
            Connect-GptChat -BaseUri $uri -Name 'my server'; Connect-GptChat -BaseUri $uri -Name home -Model llama3
            'trip', "it's me" | ForEach-Object { $null = New-GptConversation $_ }
            $null = Invoke-GptChat 'x' -Model special; $global:serverUri = $uri
            """, ("uri", Server.BaseUri));
        string[] matches = Invoke("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches | ForEach-Object { $_.CompletionText }", ("line", line))
            .Select(match => (string)match.BaseObject).ToArray();
        Assert.Equal(offered.Split(',', System.StringSplitOptions.RemoveEmptyEntries).Order(), matches.Order());
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void Nothing_known_is_nothing_offered_and_no_error()
    {
        Invoke("Disconnect-GptChat *");
        string line = "Invoke-GptChat 'x' -Conversation zz";
        Assert.Empty(Invoke("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches", ("line", line)));
    }

    [Fact]
    public void An_index_shows_what_the_message_says()
    {
        Invoke("$null = Invoke-GptChat 'How far is the moon?'");
        string line = "Set-GptMessage -Index 0";
        Assert.Contains("How far is the moon?", InvokeOne("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches[0].ToolTip", ("line", line)).ToString());
    }
}
