BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $key = [securestring]::new()
    foreach ($letter in 'sk-test-1234567890'.ToCharArray()) { $key.AppendChar($letter) }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'Connect-GptChat' {
    AfterEach {
        Disconnect-GptChat *
    }

    It 'outputs nothing, and the connection with -PassThru' {
        Connect-GptChat -BaseUri $server.BaseUri -Model m | Should -BeNullOrEmpty
        $connection = Connect-GptChat -BaseUri $server.BaseUri -Model m -Name named -PassThru
        $connection | Should -BeOfType [GptChat.GptConnection]
        $connection.Name | Should -BeExactly named
        $connection.IsDefault | Should -BeTrue
        $connection.Uri | Should -Be "$($server.BaseUri)/chat/completions"
    }

    It 'sends nothing' {
        Clear-ServerRequest $server
        Connect-GptChat -BaseUri $server.BaseUri -Model m
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'takes a full address as it is' {
        (Connect-GptChat -BaseUri "$($server.Root)/odd/chat/completions" -Model m -PassThru).Uri | Should -Be "$($server.Root)/odd/chat/completions"
    }

    It 'makes the latest one the default, and takes names and objects' {
        $one = Connect-GptChat -BaseUri "$($server.Root)/one" -Model m1 -Name one -PassThru
        Connect-GptChat -BaseUri "$($server.Root)/two" -Model m2 -Name two
        Clear-ServerRequest $server
        $null = Invoke-GptChat x
        $null = Invoke-GptChat x -Connection one
        $null = Invoke-GptChat x -Connection $one
        $requests = Get-ServerRequest $server
        $requests.path | Should -Be '/two/chat/completions', '/one/chat/completions', '/one/chat/completions'
        $requests.json.model | Should -Be 'm2', 'm1', 'm1'
        (Get-GptConnection).Name | Should -Be 'one', 'two'
    }

    It 'takes plain text as key with a warning' {
        Connect-GptChat -BaseUri $server.BaseUri -ApiKey sk-plain -Model m -WarningVariable warnings 3>$null
        "$warnings" | Should -BeLike '*-ApiKey*plain text*SecureString*'
        "$warnings" | Should -Not -Match 'sk-plain'
    }

    It 'never gives a key back' {
        $connection = Connect-GptChat -BaseUri $server.BaseUri -ApiKey $key -Model m -PassThru
        $shown = ($connection | Format-List * -Force | Out-String) + ($connection | ConvertTo-Json -Depth 5) + [Management.Automation.PSSerializer]::Serialize($connection, 5)
        $shown | Should -Not -Match 'sk-test'
        $connection.HasKey | Should -BeTrue
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'nothing'; Call = { Connect-GptChat }; Like = '*Say what to connect to*-AccountId*-BaseUri*' }
        @{ What = 'an account id that is none'; Call = { Connect-GptChat -AccountId abc -ApiToken $key }; Like = '*-AccountId*32 hexadecimal*' }
        @{ What = 'an account without a token'; Call = { Connect-GptChat -AccountId ('a' * 32) }; Like = '*-ApiToken*CLOUDFLARE_API_TOKEN*' }
        @{ What = 'an address without a scheme'; Call = { Connect-GptChat -BaseUri localhost:8080 -Model m }; Like = '*not a web address*http://*' }
        @{ What = 'an empty address'; Call = { Connect-GptChat -BaseUri $nothing -Model m }; Like = '*-BaseUri is empty*' }
        @{ What = 'a key on an open line'; Call = { Connect-GptChat -BaseUri http://example.org/v1 -ApiKey $key }; Like = '*unencrypted*https*' }
        @{ What = 'an empty key'; Call = { Connect-GptChat -BaseUri $server.BaseUri -ApiKey '' }; Like = '*-ApiKey is empty*' }
    ) {
        $failure = Get-TestError $Call
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.InvalidConnection,*'
        "$failure" | Should -BeLike $Like
        Get-GptConnection | Should -BeNullOrEmpty
    }
}

Describe 'The environment' {
    BeforeAll {
        Disconnect-GptChat *
    }

    BeforeEach {
        $saved = Clear-ProviderEnvironment
        Clear-ServerRequest $server
    }

    AfterEach {
        Restore-ProviderEnvironment $saved
    }

    It 'is used when no connection was made' {
        $env:OPENAI_API_KEY = 'sk-env-1'
        $env:OPENAI_BASE_URL = $server.BaseUri
        Invoke-GptChat hello -Model m | Should -BeExactly hello
        (Get-ServerRequest $server).headers.Authorization | Should -BeExactly 'Bearer sk-env-1'
    }

    It 'is read again when it changes' {
        $env:OPENAI_BASE_URL = $server.BaseUri
        foreach ($one in 'sk-env-1', 'sk-env-2') {
            $env:OPENAI_API_KEY = $one
            $null = Invoke-GptChat hello -Model m
        }

        (Get-ServerRequest $server).headers.Authorization | Should -Be 'Bearer sk-env-1', 'Bearer sk-env-2'
    }

    It 'names every variable that was looked at when it describes nothing' {
        $failure = Get-TestError { Invoke-GptChat hello }
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.NoConnection,*'
        foreach ($name in 'CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_API_TOKEN', 'AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_API_KEY', 'OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OLLAMA_HOST') {
            "$failure" | Should -BeLike "*$name*"
        }
    }

    It 'is named in the error about its key' {
        $env:OPENAI_API_KEY = 'sk-env-1'
        $env:OPENAI_BASE_URL = $server.BaseUri
        Set-ServerScript $server @{ kind = 'error'; status = 401; message = 'Incorrect API key provided: sk-env-1' }
        $failure = Get-TestError { Invoke-GptChat hello -Model m }
        "$failure" | Should -BeLike '*OPENAI_API_KEY*'
        "$failure" | Should -Not -Match 'sk-env-1'
    }

    It 'comes after a connection that was made' {
        $env:OPENAI_API_KEY = 'sk-env-1'
        $env:OPENAI_BASE_URL = 'http://127.0.0.1:1/v1'
        Connect-GptChat -BaseUri $server.BaseUri -Model m -Name made
        Invoke-GptChat hello | Should -BeExactly hello
        Disconnect-GptChat made
    }
}

Describe 'Get-GptConnection' {
    It 'is quiet about a wildcard without a match and not about a name' {
        Get-GptConnection zzz* | Should -BeNullOrEmpty
        $null = Get-GptConnection zzz -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 1
    }

    It 'completes names with Tab' {
        Connect-GptChat -BaseUri $server.BaseUri -Model m -Name tab-connection
        $text = 'Invoke-GptChat x -Connection tab-'
        (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText | Should -Contain tab-connection
    }
}

Describe 'Test-GptConnection' {
    AfterEach {
        Disconnect-GptChat *
    }

    It 'shows its steps within 80 columns, without a word cut in two' {
        $shown = (Test-GptConnection -Connection (Connect-GptChat -BaseUri http://127.0.0.1:9/v1 -Model m -Name nowhere -PassThru) | Out-String -Width 80) -replace '\r'
        $shown | Should -Match '(?m)^\s+Connection: nowhere$'
        $shown | Should -Match '(?m)^Connect\s+FAILED\s+[\d,.]+ ms Nothing listens at 127\.0\.0\.1:9\. Is the server$'
        $shown | Should -Match '(?m)^\s{34}running, and on this port\?$'
        $shown | Should -Match '(?m)^Answer\s+not tried\s*$'
    }

    It 'asks for one token and outputs a boolean with -Quiet' {
        Connect-GptChat -BaseUri $server.BaseUri -Model m
        Clear-ServerRequest $server
        Test-GptConnection -Quiet | Should -BeExactly $true
        (Get-ServerRequest $server).json.max_tokens | Should -Be 1
        Connect-GptChat -BaseUri http://127.0.0.1:9/v1 -Model m -Name down
        Test-GptConnection down -Quiet | Should -BeExactly $false
        (Get-GptConnection | Test-GptConnection | Where-Object Status -eq Failed).Connection | Should -Be down
    }
}

Describe 'Headers' {
    AfterEach {
        Disconnect-GptChat *
    }

    It 'go with a connection and with a call, and are shown by name alone' {
        $connection = Connect-GptChat -BaseUri $server.BaseUri -Model m -Header @{ 'X-Team' = 'ops-4711' } -PassThru
        Clear-ServerRequest $server
        $null = Invoke-GptChat x -ExtraHeader @{ 'X-Call' = 1 }
        $headers = (Get-ServerRequest $server).headers
        $headers.'X-Team' | Should -Be 'ops-4711'
        $headers.'X-Call' | Should -Be 1
        $connection | Format-List * | Out-String | Should -Match 'X-Team'
        $connection | Format-List * | Out-String | Should -Not -Match '4711'
    }
}
