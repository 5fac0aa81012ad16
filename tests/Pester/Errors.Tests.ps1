BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'A failed call' {
    BeforeEach {
        Clear-ServerRequest $server
        # As often as any retry might ask.
        Set-ServerScript $server (1..5 | ForEach-Object { @{ kind = 'error'; status = 401; message = 'Incorrect API key'; code = 'invalid_api_key'; headers = @{ 'x-request-id' = 'req-7' } } })
    }

    It 'is caught by try without -ErrorAction' {
        $failure = Get-TestError { Invoke-GptChat hello }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'GptChat.Authentication,GptChat.Cmdlets.InvokeGptChatCommand'
        $failure.CategoryInfo.Category | Should -Be AuthenticationError
        $failure.Exception | Should -BeOfType [GptChat.GptChatException]
    }

    It 'can be caught by its type' {
        $kind = try { Invoke-GptChat hello } catch [GptChat.GptChatException] { $_.Exception.Kind }
        "$kind" | Should -Be Authentication
    }

    It 'tells what the provider said, what to do, and what to quote' {
        $failure = Get-TestError { Invoke-GptChat hello }
        "$failure" | Should -BeLike "Incorrect API key.*Connect-GptChat*HTTP 401*invalid_api_key*req-7*$($server.BaseUri)/chat/completions*"
        $failure.Exception.StatusCode | Should -Be 401
        $failure.Exception.Code | Should -BeExactly invalid_api_key
        $failure.Exception.RequestId | Should -BeExactly req-7
    }

    It 'adds exactly one error' {
        $Error.Clear()
        try { Invoke-GptChat hello } catch { }
        $Error | Should -HaveCount 1
    }

    It 'ends a script that says -ErrorAction Stop' {
        Get-TestError { Invoke-GptChat hello -ErrorAction Stop } | Should -Not -BeNullOrEmpty
    }

    It 'ends the statement and not the function, as Invoke-RestMethod does' {
        $shell = Invoke-Shell "Import-Module '$(Get-ModuleManifest)'; Invoke-GptChat hello -Model m; 'next'" @{ OPENAI_API_KEY = 'k'; OPENAI_BASE_URL = $server.BaseUri }
        $shell.Output | Should -Match 'next'
        $shell.Error + $shell.Output | Should -Match 'Incorrect API key'
    }

    It 'does not stop the items that follow in ForEach-Object' {
        Set-ServerScript $server @{ kind = 'error'; status = 400; message = 'no' }, @{ kind = 'completion'; text = 'yes' }
        $answers = 1..2 | ForEach-Object { try { Invoke-GptChat "$_" } catch { 'failed' } }
        $answers | Should -Be 'failed', 'yes'
    }

    It 'never shows the key' {
        Set-ServerScript $server @{ kind = 'error'; status = 401; message = 'Incorrect API key: sk-secret-1234567890' }
        $key = ConvertTo-SecureString 'sk-secret-1234567890' -AsPlainText -Force
        $connection = Connect-GptChat -BaseUri $server.BaseUri -Model m -ApiKey $key -Name keyed -PassThru
        try {
            $Error.Clear()
            $said = $(try { Invoke-GptChat hello -Verbose -Debug } catch { $_ | Format-List * -Force | Out-String -Width 500; $_.Exception | Format-List * -Force | Out-String -Width 500 }) *>&1 | Out-String
            $said | Should -Not -BeNullOrEmpty
            $said + ($Error | Out-String) + ($connection | Format-List * -Force | Out-String) | Should -Not -Match 'sk-secret-1234567890'
            (Get-ServerRequest $server)[-1].headers.Authorization | Should -BeExactly 'Bearer sk-secret-1234567890'
        }
        finally {
            Disconnect-GptChat keyed
            Connect-GptChat -BaseUri $server.BaseUri -Model test-model -Name test
        }
    }
}

Describe 'A successful call' {
    BeforeEach {
        Clear-ServerRequest $server
    }

    It 'adds nothing to $Error' {
        $Error.Clear()
        $null = Invoke-GptChat hello
        $null = Invoke-GptChat hello -Stream
        Invoke-GptChat hello -Live 6>$null
        $null = Invoke-GptChat 'a b c' -Stream | Select-Object -First 1
        $null = Invoke-GptChat hello -Continue
        $Error | Should -HaveCount 0
    }

    It 'leaves $? true' {
        $null = Invoke-GptChat hello
        $? | Should -BeTrue
    }
}

Describe 'A failure never looks like an answer' {
    BeforeEach {
        Clear-ServerRequest $server
    }

    It 'is GptChat.<Id> for <What>' -ForEach @(
        @{ What = 'a web page with status 200'; Id = 'MalformedResponse'; Reply = @{ kind = 'raw'; contentType = 'text/html'; body = '<html><title>Login</title></html>' }; Like = '*Login*-BaseUri*' }
        @{ What = 'an answer without choices'; Id = 'EmptyResponse'; Reply = @{ kind = 'json'; body = @{ choices = @() } }; Like = '*without a single choice*' }
        @{ What = 'an empty answer'; Id = 'EmptyResponse'; Reply = @{ kind = 'completion'; text = '' }; Like = '*empty answer*' }
        @{ What = 'tokens spent before a word'; Id = 'EmptyResponse'; Reply = @{ kind = 'completion'; text = ''; finishReason = 'length' }; Like = '*-MaxCompletionTokens*' }
        @{ What = 'a refusal'; Id = 'Refused'; Reply = @{ kind = 'json'; body = @{ choices = @(@{ index = 0; finish_reason = 'stop'; message = @{ role = 'assistant'; refusal = 'I cannot.' } }) } }; Like = '*I cannot.*' }
        @{ What = 'an error with status 200'; Id = 'ServerError'; Reply = @{ kind = 'json'; body = @{ error = @{ message = 'overloaded' } } }; Like = '*overloaded*' }
        @{ What = 'a redirect'; Id = 'RedirectRefused'; Reply = @{ kind = 'redirect'; status = 302; location = 'http://example.org/' }; Like = '*http://example.org/*-BaseUri*' }
        @{ What = 'a parameter that the model does not take'; Id = 'UnsupportedParameter'; Reply = @{ kind = 'error'; status = 400; message = 'Unsupported'; code = 'unsupported_parameter'; param = 'temperature' }; Like = '*leave out -Temperature*' }
        @{ What = 'Cloudflare''s envelope'; Id = 'Authentication'; Reply = @{ kind = 'cloudflareError'; status = 401; code = 10000; message = 'Authentication error' }; Like = 'Authentication error*code 10000*' }
    ) {
        Set-ServerScript $server $Reply
        $failure = Get-TestError { Invoke-GptChat hello }
        $failure.FullyQualifiedErrorId | Should -BeLike "GptChat.$Id,*"
        "$failure" | Should -BeLike $Like
    }

    It 'warns of an answer that was cut off, and outputs it' {
        Set-ServerScript $server @{ kind = 'completion'; text = 'half'; finishReason = 'length' }
        Invoke-GptChat hello -WarningVariable warnings 3>$null | Should -BeExactly half
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*-MaxCompletionTokens*'
    }

    It 'says that nothing listens' {
        # A port that was free a moment ago.
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        $nobody = Connect-GptChat -BaseUri "http://127.0.0.1:$port/v1" -Model m -Name nobody -PassThru
        $failure = Get-TestError { Invoke-GptChat hello -Connection $nobody }
        Disconnect-GptChat nobody
        Connect-GptChat -BaseUri $server.BaseUri -Model test-model -Name test
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.ConnectFailed,*'
        "$failure" | Should -BeLike "*127.0.0.1:$port*Is the server running*"
    }

    It 'ends after -ResponseTimeoutSeconds, and says which parameter' {
        Set-ServerScript $server @{ kind = 'completion'; text = 'x'; hangBeforeHeaders = $true }
        $failure = Get-TestError { Invoke-GptChat hello -ResponseTimeoutSeconds 0.2 -MaximumRetryCount 0 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.ResponseTimeout,*'
        "$failure" | Should -BeLike '*-ResponseTimeoutSeconds*'
    }
}

Describe 'A wrong call' {
    BeforeEach {
        Clear-ServerRequest $server
    }

    It 'is refused before anything is sent: <What>' -ForEach @(
        @{ What = 'no prompt'; Call = { Invoke-GptChat }; Like = '*nothing to ask*' }
        @{ What = 'an empty prompt'; Call = { Invoke-GptChat '' }; Like = '*-Prompt is empty*' }
        @{ What = 'a prompt that is not set'; Call = { Invoke-GptChat $nothing }; Like = '*-Prompt is empty*variable set*' }
        @{ What = 'a script block as prompt'; Call = { Invoke-GptChat { Get-Date } }; Like = '*script block*' }
        @{ What = 'an empty -System'; Call = { Invoke-GptChat x -System $nothing }; Like = '*-System is empty*' }
        @{ What = '-Stream with -Live'; Call = { Invoke-GptChat x -Stream -Live }; Like = '*-Stream and -Live cannot be used together*' }
        @{ What = '-PassThru without -Live'; Call = { Invoke-GptChat x -PassThru }; Like = '*-PassThru needs -Live*' }
        @{ What = '-Continue with -Conversation'; Call = { Invoke-GptChat x -Continue -Conversation y }; Like = '*-Continue and -Conversation cannot be used together*' }
        @{ What = 'an unknown connection'; Call = { Invoke-GptChat x -Connection nowhere }; Like = "*no connection named 'nowhere'*Known are: test*" }
        @{ What = 'an unknown conversation'; Call = { Invoke-GptChat x -Conversation nowhere }; Like = "*no conversation named 'nowhere'*New-GptConversation*" }
        @{ What = 'a temperature out of range'; Call = { Invoke-GptChat x -Temperature 3 }; Like = '*Temperature*2*' }
        @{ What = 'a missing file'; Call = { Invoke-GptChat x -Path "$TestDrive/none.txt" }; Like = '*none.txt*no such file*' }
        @{ What = 'a folder as file'; Call = { Invoke-GptChat x -Path $TestDrive }; Like = '*it is a folder*' }
        @{ What = 'a recording that is not there'; Call = { Invoke-GptChat x -Replay "$TestDrive/none.jsonl" }; Like = '*-Replay*-Record*' }
    ) {
        "$(Get-TestError $Call)" | Should -BeLike $Like
        Get-ServerRequest $server | Should -HaveCount 0
    }
}
