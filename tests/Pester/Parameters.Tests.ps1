# Parameters that no other file calls, each by what it changes: Coverage.Tests.ps1 asks for one call of each.

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $key, $token = 'sk-provider', 'cf-token-1' | ForEach-Object {
        $secure = [securestring]::new()
        foreach ($letter in $_.ToCharArray()) { $secure.AppendChar($letter) }
        $secure
    }

    function Get-Sent {
        # The only request that a call sends.
        param([scriptblock] $Sending)
        Clear-ServerRequest $server
        $null = & $Sending
        $requests = @(Get-ServerRequest $server)
        $requests | Should -HaveCount 1
        $requests[0]
    }

    function Get-Json($Value) { ConvertTo-Json -InputObject $Value -Compress -Depth 9 }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'A member of the request' {
    It '-<Parameter> is sent as <Sent>' -ForEach @(
        @{ Parameter = 'FrequencyPenalty'; Value = 1.5; Member = 'frequency_penalty'; Sent = '1.5' }
        @{ Parameter = 'PresencePenalty'; Value = -1; Member = 'presence_penalty'; Sent = '-1' }
        @{ Parameter = 'Logprobs'; Value = $true; Member = 'logprobs'; Sent = 'true' }
        @{ Parameter = 'SafetyIdentifier'; Value = '8d1c'; Member = 'safety_identifier'; Sent = '"8d1c"' }
        @{ Parameter = 'User'; Value = 'u1'; Member = 'user'; Sent = '"u1"' }
        @{ Parameter = 'PromptCacheKey'; Value = 'k'; Member = 'prompt_cache_key'; Sent = '"k"' }
        @{ Parameter = 'PromptCacheRetention'; Value = '24h'; Member = 'prompt_cache_retention'; Sent = '"24h"' }
        @{ Parameter = 'PromptCacheOption'; Value = 'explicit'; Member = 'prompt_cache_options'; Sent = '{"mode":"explicit"}' }
        @{ Parameter = 'Prediction'; Value = 'one', 'two'; Member = 'prediction'; Sent = '{"type":"content","content":"one\ntwo"}' }
        @{ Parameter = 'WebSearchOption'; Value = 'high'; Member = 'web_search_options'; Sent = '{"search_context_size":"high"}' }
        @{ Parameter = 'Moderation'; Value = 'omni-moderation-latest'; Member = 'moderation'; Sent = '{"model":"omni-moderation-latest"}' }
        @{ Parameter = 'Modality'; Value = 'text', 'audio'; Member = 'modalities'; Sent = '["text","audio"]' }
    ) {
        $one = @{ $Parameter = $Value }
        Get-Json (Get-Sent { Invoke-GptChat x @one }).json.$Member | Should -BeExactly $Sent
    }

    It '-ParallelToolCall goes with tools' {
        $tool = '{"type":"function","function":{"name":"get_time"}}'
        (Get-Sent { Invoke-GptChat x -Tool $tool -ParallelToolCall $false }).json.parallel_tool_calls | Should -BeFalse
    }

    It '-SchemaMode says how a schema is asked for' {
        Set-ServerScript $server @{ kind = 'completion'; text = '{"a":1}' }
        (Invoke-GptChat x -Schema @{ type = 'object'; properties = @{ a = @{ type = 'integer' } } } -SchemaMode JsonObject).a | Should -Be 1
        (Get-ServerRequest $server)[0].json.response_format.type | Should -BeExactly json_object
    }
}

Describe 'A call' {
    It 'gives the answers of -Each as they come with -AsCompleted' {
        Set-ServerScript $server
        1..4 | Invoke-GptChat -Each -AsCompleted -ThrottleLimit 4 | Sort-Object Index | Should -Be 1, 2, 3, 4
    }

    It 'keeps to its -Budget' {
        $id = (Get-TestError { Invoke-GptChat x -Model gpt-4o -Budget 0.0000001 -MaxCompletionTokens 50 }).FullyQualifiedErrorId
        $id | Should -Be 'GptChat.BudgetExceeded,GptChat.Cmdlets.InvokeGptChatCommand'
    }

    It 'asks the server only what -ReplayOrRecord does not hold' {
        $file = "$TestDrive/known.jsonl"
        (Get-Sent { Invoke-GptChat x -ReplayOrRecord $file }).json.messages.content | Should -BeExactly x
        Clear-ServerRequest $server
        Reset-GptRecording $file
        Invoke-GptChat x -ReplayOrRecord $file | Should -BeExactly x
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}

Describe 'A connection' {
    AfterEach {
        Disconnect-GptChat *
        Connect-GptChat -BaseUri $server.BaseUri -Model test-model -Name test
    }

    It 'says <Said> with <What>' -ForEach @(
        @{ What = '-Organization and -Project'; Call = { Connect-GptChat -Provider OpenAI -BaseUri $server.BaseUri -Model m -ApiKey $key -Organization org-1 -Project proj_2 }; Said = @{ 'Authorization' = 'Bearer sk-provider'; 'OpenAI-Organization' = 'org-1'; 'OpenAI-Project' = 'proj_2' } }
        @{ What = '-GatewayId and -GatewayOption'; Call = { Connect-GptChat -Provider Cloudflare -BaseUri $server.BaseUri -Model m -ApiToken $token -GatewayId edge -GatewayOption @{ SkipCache = $true } }; Said = @{ 'Authorization' = 'Bearer cf-token-1'; 'cf-aig-gateway-id' = 'edge'; 'cf-aig-skip-cache' = 'true' } }
        @{ What = '-ApiVersion and -EntraToken'; Call = { Connect-GptChat -BaseUri $server.Root -ApiVersion 2024-10-21 -Deployment d -EntraToken $key }; Said = @{ 'Authorization' = 'Bearer sk-provider' } }
    ) {
        & $Call
        $headers = (Get-Sent { Invoke-GptChat x }).headers
        foreach ($name in $Said.Keys) { $headers.$name | Should -BeExactly $Said[$name] -Because $name }
    }

    It 'has the address of -ApiVersion, and of -GatewayPath' {
        (Connect-GptChat -BaseUri https://res.openai.azure.com -ApiKey $key -ApiVersion 2024-10-21 -Deployment d -PassThru).Uri | Should -Be 'https://res.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21'
        (Connect-GptChat -GatewayPath openai -AccountId ('a' * 32) -GatewayId edge -ApiKey $key -PassThru).Uri | Should -BeLike "https://gateway.ai.cloudflare.com/v1/$('a' * 32)/edge/openai/chat/completions"
    }

    It 'calls the limit as -TokenLimitName says' {
        Connect-GptChat -BaseUri $server.BaseUri -Model gpt-5.1 -TokenLimitName max_tokens
        $sent = (Get-Sent { Invoke-GptChat x -MaxCompletionTokens 9 }).json
        $sent.max_tokens | Should -Be 9
        $sent.PSObject.Properties.Name | Should -Not -Contain max_completion_tokens
    }

    It 'records into -Record' {
        Connect-GptChat -BaseUri $server.BaseUri -Model m -Record "$TestDrive/all.jsonl"
        $null = Invoke-GptChat x
        @(Get-Content "$TestDrive/all.jsonl") | Should -HaveCount 1
    }

    It 'goes through -Proxy, and does not show the -ProxyCredential' {
        $credential = [pscredential]::new('user', $key)
        $connection = Connect-GptChat -BaseUri http://nowhere.invalid/v1 -Model m -Proxy $server.Root -ProxyCredential $credential -PassThru
        $connection.Proxy | Should -BeLike "$($server.Root)*"
        $connection | Format-List * | Out-String | Should -Not -Match 'sk-provider'
        (Get-Sent { Invoke-GptChat x }).json.messages.content | Should -BeExactly x
    }

    It 'shows -SkipCertificateCheck, and refuses as -Certificate what is none' {
        $connection = Connect-GptChat -BaseUri https://127.0.0.1:9/v1 -Model m -SkipCertificateCheck -PassThru
        $connection.SkipCertificateCheck | Should -BeTrue
        (Get-TestError { Connect-GptChat -BaseUri https://127.0.0.1:9/v1 -Model m -Certificate 'no certificate' }).FullyQualifiedErrorId | Should -BeLike '*ConnectGptChatCommand'
    }

    It 'tells its models within its limits' {
        Connect-GptChat -BaseUri $server.BaseUri -Model m -Name listed
        Set-ServerScript $server @{ kind = 'json'; body = @{ object = 'list'; data = @(@{ id = 'alpha-1' }) } }
        $models = Get-GptModel -Connection listed -ConnectionTimeoutSeconds 20 -ResponseTimeoutSeconds 20 -OperationTimeoutSeconds 20 -MaximumRetryCount 1 -RetryIntervalSec 0.01
        $models.Id | Should -Be alpha-1
        Set-ServerScript $server
        Test-GptConnection listed -Quiet -ConnectionTimeoutSeconds 20 -ResponseTimeoutSeconds 20 -OperationTimeoutSeconds 20 | Should -BeTrue
        (Get-TestError { Get-GptModel -Connection nowhere }).FullyQualifiedErrorId | Should -BeLike 'GptChat.ConnectionNotFound,*'
    }
}

Describe 'What goes in' {
    BeforeAll {
        Set-Content -LiteralPath "$TestDrive/a[1].txt" -Value 'Server=db1;Password=hunter22;Encrypt=true' -NoNewline
        $deep = [pscustomobject]@{ A = [pscustomobject]@{ B = [pscustomobject]@{ C = 'Password=hunter22;Encrypt=true' } }; D = 'left out' }
    }

    It 'of Measure-GptToken is a file by its -LiteralPath, and an object to its -Depth' {
        (Measure-GptToken -LiteralPath "$TestDrive/a[1].txt" -Model gpt-5.1).Tokens | Should -BeGreaterThan 3
        ($deep | Measure-GptToken -Model gpt-5.1 -Depth 9).Tokens | Should -Not -Be ($deep | Measure-GptToken -Model gpt-5.1 -Depth 1).Tokens
    }

    It 'of Protect-GptText is a file, and an object as the parameters say' {
        Protect-GptText -LiteralPath "$TestDrive/a[1].txt" | Should -BeLike '*Password=`[SECRET:PASSWORD:1`];Encrypt*'
        Protect-GptText -Path "$TestDrive/a*.txt" | Should -BeLike '*Password=`[SECRET:PASSWORD:1`];Encrypt*'
        $shown = $deep | Protect-GptText -Property A -Depth 9 -InputFormat Json
        $shown | Should -BeLike '*`[SECRET:PASSWORD:1`]*'
        $shown | Should -Not -BeLike '*left out*'
    }

    It 'of New-GptMessage is what the protocol has: <Sent>' -ForEach @(
        @{ Call = { New-GptMessage -Role Developer 'Be brief.' -Name ops }; Sent = '{"role":"developer","content":"Be brief.","name":"ops"}' }
        @{ Call = { New-GptMessage -Role Assistant -Refusal 'I cannot.' }; Sent = '{"role":"assistant","refusal":"I cannot."}' }
        @{ Call = { New-GptMessage -Role Assistant -AudioId audio_1 }; Sent = '{"role":"assistant","audio":{"id":"audio_1"}}' }
        @{ Call = { New-GptMessage x -PromptCacheBreakpoint }; Sent = '{"role":"user","content":[{"type":"text","text":"x","prompt_cache_breakpoint":{"mode":"explicit"}}]}' }
        @{ Call = { $deep | New-GptMessage -Property A -Depth 9 -InputFormat Json }; Sent = '*"content":"{\"A\":{\"B\":{\"C\":\"Password=hunter22;Encrypt=true\"}}}"}' }
    ) {
        $messages = @((Get-Sent { & $Call | Invoke-GptChat Q }).json.messages)
        Get-Json $messages[0] | Should -BeLike ($Sent -replace '([\[\]])', '`$1')
    }

    It 'of New-GptMessage may be a call of a tool, which its result follows' {
        $call = New-GptMessage -Role Assistant -ToolCall @{ id = 'call_1'; type = 'function'; function = @{ name = 'f'; arguments = '{}' } }
        $result = New-GptMessage -Role Tool -ToolCallId call_1 '5'
        $sent = (Get-Sent { $call, $result | Invoke-GptChat 'And now?' }).json.messages
        $sent[0].tool_calls.id | Should -BeExactly call_1
        $sent[1].tool_call_id | Should -BeExactly call_1
    }
}

Describe 'A conversation' {
    AfterEach { Get-GptConversation | Remove-GptConversation -Confirm:$false }

    It 'keeps what New-GptConversation says of its calls' {
        Set-Content -LiteralPath "$TestDrive/b[1].txt" -Value 'the log' -NoNewline
        Connect-GptChat -BaseUri $server.BaseUri -Model other -Name second
        $null = New-GptConversation kept -Model gpt-5.1 -Connection test -TopP 0.5 -ReasoningEffort low -AnswerVerbosity high -ContextWindow 5000 -LiteralPath "$TestDrive/b[1].txt"
        $sent = (Get-Sent { Invoke-GptChat x -Conversation kept }).json
        $sent.model, $sent.reasoning_effort, $sent.verbosity, $sent.top_p | Should -Be 'gpt-5.1', 'low', 'high', 0.5
        $sent.messages[0].content | Should -BeLike '*the log*'
        Connect-GptChat -BaseUri $server.BaseUri -Model test-model -Name test
        Disconnect-GptChat second
        (Get-TestError { New-GptConversation kept }).FullyQualifiedErrorId | Should -BeLike 'GptChat.*'
        (New-GptConversation kept -Force).Messages | Should -BeNullOrEmpty
    }

    It 'is written as -As says, over a file with -Force, and read by -LiteralPath' {
        $null = Invoke-GptChat one -Conversation (New-GptConversation c1)
        $file = "$TestDrive/c[1].txt"
        Export-GptConversation $file c1 -As Markdown -Confirm:$false
        Get-Content -LiteralPath $file -TotalCount 1 | Should -BeExactly '# c1'
        (Get-Item -LiteralPath $file).IsReadOnly = $true
        Export-GptConversation $file c1 -As Json -Force
        (Import-GptConversation -LiteralPath $file -Name back).Messages | Should -HaveCount 2
    }

    It 'is changed without a question where -Confirm says so' {
        $null = Invoke-GptChat one -Conversation (New-GptConversation c2)
        Set-GptMessage c2 0 two -WhatIf
        (Get-GptConversation c2).Messages[0].Content | Should -BeExactly one
        (Set-GptMessage c2 0 two -PassThru -Confirm:$false).Messages[0].Content | Should -BeExactly two
        (Remove-GptMessage c2 -Last 1 -PassThru -Confirm:$false).Messages | Should -HaveCount 1
        Clear-GptConversation c2 -Confirm:$false
        (Get-GptConversation c2).Messages | Should -BeNullOrEmpty
    }
}

Describe 'What is kept of a session' {
    It 'is changed without a question where -Confirm says so' {
        $null = Invoke-GptChat one
        Clear-GptUsage -Confirm:$false
        Get-GptUsage | Should -BeNullOrEmpty
        Set-GptPrice test-model -Input 1 -Output 2 -WhatIf
        (Get-TestError { Invoke-GptChat one -MaxCost 1 }).FullyQualifiedErrorId | Should -Be 'GptChat.PriceUnknown,GptChat.Cmdlets.InvokeGptChatCommand'
        Set-GptPrice test-model -Input 1 -Output 2 -Confirm:$false
        (Get-TestError { Invoke-GptChat one -MaxCost 1 -MaxCompletionTokens 50 }) | Should -BeNullOrEmpty
        Set-GptPrice -Reset
        $null = Invoke-GptChat one -Cache "$TestDrive/cache.jsonl"
        Clear-GptCache "$TestDrive/cache.jsonl" -Confirm:$false
        Get-Content "$TestDrive/cache.jsonl" -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
