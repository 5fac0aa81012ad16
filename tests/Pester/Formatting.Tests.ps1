BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $reply = Invoke-GptChat hello -System 'Be brief.'

    function Get-Shown($value) {
        ($value | Out-String -Width 120) -replace '\r'
    }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'What the default view shows' {
    It 'of a response: the answer first, and no nested noise' {
        $shown = Get-Shown $reply.Response
        $shown | Should -Match '(?m)^Content\s+: hello$'
        $shown | Should -Match '(?m)^FinishReason\s+: stop$'
        $shown | Should -Match '(?m)^Usage\s+: 19 tokens \(12 prompt, 7 completion\)$'
        $shown | Should -Not -Match '@\{|System\.|GptChat\.'
    }

    It 'of usage: a table of numbers' {
        Get-Shown $reply.Usage | Should -Match '(?s)Prompt\s+Cached\s+Completion\s+Reasoning\s+Total.*12\s.*7\s.*19'
    }

    It 'of totals, prices and counts: the whole name of a model, at 80 columns' {
        $long = '@cf/meta/llama-3.1-70b-instruct-fp8-fast'
        $null = Invoke-GptChat hello -Model $long
        foreach ($value in @(Get-GptUsage | Where-Object Model -EQ $long), (Set-GptPrice $long -Input 1 -Output 2 -PassThru), (Measure-GptToken hello -Model $long)) {
            $lines = ($value | Out-String -Width 80) -replace '\r' -split '\n'
            @($lines | Where-Object Length -GT 80) | Should -BeNullOrEmpty

            # The rows below one another, without what stands beside the name.
            $column = $lines[1].IndexOf('Model')
            $name = -join ($lines | Select-Object -Skip 3 | Where-Object { $_.Length -gt $column } | ForEach-Object { ($_.Substring($column) -split ' ')[0] })
            $name | Should -Be $long
        }
    }

    It 'of a connection: its address and whether it has a key, not the key' {
        Get-Shown (Get-GptConnection test) | Should -Match "(?s)Name\s+Default\s+Key\s+Model\s+Uri.*test\s+True\s+False\s+test-model\s+$([regex]::Escape($server.BaseUri))"
    }

    It 'of models: their names, whose they are and since when' {
        $shown = Get-Shown ([pscustomobject]@{ PSTypeName = 'GptChat.GptModel'; Id = 'gpt-x'; OwnedBy = 'me'; Created = [datetimeoffset]'2025-10-09' })
        $shown | Should -Match '(?s)Id\s+OwnedBy\s+Created.*gpt-x\s+me\s+2025-10-09'
    }

    It 'of a conversation: its length, and of messages: who said what' {
        $null = New-GptConversation shown
        $null = Invoke-GptChat 'how are you' -Conversation shown
        Get-Shown (Get-GptConversation shown) | Should -Match '(?s)Name\s+Messages\s+Tokens\s+Created\s+Model.*shown\s+2\s+19\s+\d{4}-\d\d-\d\d \d\d:\d\d test-model'
        Get-Shown (Get-GptConversation shown).Messages | Should -Match '(?s)Role\s+Content.*user\s+how are you.*assistant\s+how are you'
    }

    It 'of calls of tools: what is called with what, and not what a provider adds' {
        $body = '{"id":"a","object":"chat.completion","created":1760000000,"model":"m","choices":[{"index":0,"finish_reason":"tool_calls","logprobs":{"content":[{"token":"Hi","logprob":-0.5,"bytes":[72,105],"top_logprobs":[]}],"refusal":null},"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"look","arguments":"{}"},"signature":"s"}]}}]}'
        Set-ServerScript $server @{ kind = 'raw'; contentType = 'application/json'; body = $body }
        $response = (Invoke-GptChat hello -WarningAction Ignore).Response
        Set-ServerScript $server
        Get-Shown $response.ToolCalls | Should -Match '(?s)Id\s+Type\s+Name\s+Arguments\s.*call_1\s+function\s+look\s+\{\}\s*$'
        Get-Shown $response.Choices[0].Logprobs.Content | Should -Match '(?s)Token\s+Logprob\s+Bytes\s+TopLogprobs\s.*Hi\s+-0\.5\s+72 105\s*$'
        $response.ToolCalls[0].ExtensionData.signature | Should -Be 's'
    }

    It 'of chunks: their text' {
        $shown = Get-Shown (Invoke-GptChat 'a b' -Stream)
        $shown -replace '\s+', ' ' | Should -BeExactly ' a b '
    }

    It 'of an error: the message alone' {
        $failure = Get-TestError { Invoke-GptChat x -Connection nowhere }
        $shown = (Get-Shown $failure) -replace '\x1b\[[\d;]*m' -replace '\s*\n\s*\|?\s*', ' '
        $shown | Should -Match "There is no connection named 'nowhere' in this session\. Known are: test\."
        ([regex]::Matches($shown, 'There is no connection')).Count | Should -Be 1
    }
}

Describe 'What reads as text' {
    It 'is useful: <Name>' -ForEach @(
        @{ Name = 'a response'; Value = { $reply.Response }; Text = '* stop, 19 tokens (12 prompt, 7 completion)' }
        @{ Name = 'usage'; Value = { $reply.Usage }; Text = '19 tokens (12 prompt, 7 completion)' }
        @{ Name = 'a connection'; Value = { Get-GptConnection test }; Text = 'test' }
        @{ Name = 'a message'; Value = { New-GptMessage hello }; Text = '*hello*' }
        @{ Name = 'a conversation'; Value = { Get-GptConversation -Current }; Text = 'unnamed (* messages)' }
    ) {
        "$(& $Value)" | Should -BeLike $Text
    }
}
