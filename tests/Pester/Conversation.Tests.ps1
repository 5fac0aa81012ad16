BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'Conversations' {
    BeforeEach {
        Clear-ServerRequest $server
    }

    It 'are independent calls unless something says otherwise' {
        $null = Invoke-GptChat one
        $null = Invoke-GptChat two
        (Get-ServerRequest $server)[-1].json.messages.content | Should -Be 'two'
    }

    It 'go on with -Continue' {
        $null = Invoke-GptChat one -System 'Be brief.'
        $null = Invoke-GptChat two -Continue
        $messages = (Get-ServerRequest $server)[-1].json.messages
        $messages.role | Should -Be 'system', 'user', 'assistant', 'user'
        $messages.content | Should -Be 'Be brief.', 'one', 'one', 'two'
    }

    It 'keep one system message: the latest' {
        $null = Invoke-GptChat one -System first
        $null = Invoke-GptChat two -Continue -System second
        $messages = (Get-ServerRequest $server)[-1].json.messages
        $messages.content | Should -Be 'second', 'one', 'one', 'two'
    }

    It 'go on by name, by object and by reply' {
        $conversation = New-GptConversation -Name talk
        $reply = Invoke-GptChat one -Conversation talk
        $null = Invoke-GptChat other
        $null = Invoke-GptChat two -Conversation $conversation
        $null = Invoke-GptChat three -Conversation $reply
        $null = $conversation | Invoke-GptChat four
        ($conversation.Messages | Where-Object Role -EQ user).Content | Should -Be 'one', 'two', 'three', 'four'
        $conversation.Usage.TotalTokens | Should -Be (4 * 19)
        Get-GptConversation talk | Should -Be $conversation
        (Get-ServerRequest $server)[-1].json.messages | Should -HaveCount 7
    }

    It 'stay as they were when a call fails or is left' {
        $null = Invoke-GptChat one
        $before = (Get-GptConversation -Current).Messages.Count
        Set-ServerScript $server @{ kind = 'error'; status = 400; message = 'no' }, @{ kind = 'stream'; deltas = 'a', 'b'; truncateAfter = @{ events = 2 } }, @{ kind = 'stream'; deltas = 'a', 'b'; hangAfter = @{ events = 2 } }
        $null = Get-TestError { Invoke-GptChat two -Continue }
        $null = Get-TestError { Invoke-GptChat two -Continue -Stream }
        $null = Invoke-GptChat two -Continue -Stream | Select-Object -First 1
        (Get-GptConversation -Current).Messages | Should -HaveCount $before
        Invoke-GptChat three -Continue | Should -BeExactly three
        (Get-GptConversation -Current).Messages | Should -HaveCount ($before + 2)
    }

    It 'cannot be used twice at the same time' {
        $null = New-GptConversation busy
        $failure = $null
        Invoke-GptChat one -Conversation busy -Stream | ForEach-Object { if ("$_") { $failure = Get-TestError { Invoke-GptChat two -Conversation busy } } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.ConversationBusy,*'
    }

    It 'refuse a second one in the same pipeline' {
        $first = New-GptConversation first
        $second = New-GptConversation second
        "$(Get-TestError { $first, $second | Invoke-GptChat 'x' })" | Should -BeLike '*second conversation*ForEach-Object*'
    }

    It 'need a call before -Continue' {
        $failure = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $message = $failure.AddScript("Import-Module '$(Get-ModuleManifest)'; try { Invoke-GptChat x -Continue } catch { `"`$_`" }").Invoke()
        }
        finally {
            $failure.Runspace.Dispose()
            $failure.Dispose()
        }

        "$message" | Should -BeLike '*no conversation to continue*without -Continue*'
    }

    It 'are listed by name and wildcard; a name without one is an error' {
        $null = New-GptConversation list-a
        $null = New-GptConversation list-b
        (Get-GptConversation list-*).Name | Should -Be 'list-a', 'list-b'
        Get-GptConversation zzz* | Should -BeNullOrEmpty
        $null = Get-GptConversation zzz -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'GptChat.ConversationNotFound,*'
        "$(Get-TestError { New-GptConversation list-a })" | Should -BeLike '*already*'
    }

    It 'complete with Tab' {
        $null = New-GptConversation tab-one
        $text = 'Invoke-GptChat x -Conversation tab-'
        (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText | Should -Contain tab-one
    }
}
