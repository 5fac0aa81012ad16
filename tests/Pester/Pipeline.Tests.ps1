BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $lines = "$TestDrive/lines.txt"
    Set-Content -LiteralPath $lines -Value 'first', 'second'
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'What is piped in' {
    BeforeEach {
        # Without a script the server answers with the last user message.
        Clear-ServerRequest $server
    }

    It 'makes one request of all <What>' -ForEach @(
        @{ What = 'lines of a file'; Pipe = { Get-Content -LiteralPath $lines | Invoke-GptChat 'Q' }; Sent = "Q`n`nfirst`nsecond" }
        @{ What = 'raw text'; Pipe = { "a`r`n    b`n" | Invoke-GptChat 'Q' }; Sent = "Q`n`na`r`n    b`n" }
        @{ What = 'strings without a prompt'; Pipe = { 'a', '', 'b' | Invoke-GptChat }; Sent = "a`n`nb" }
        @{ What = 'strings between nulls'; Pipe = { 'a', $null, 'b' | Invoke-GptChat }; Sent = "a`nb" }
        @{ What = 'numbers'; Pipe = { 1, 2.5, 3d | Invoke-GptChat }; Sent = "1`n2.5`n3" }
        @{ What = 'a date'; Pipe = { [datetime]::new(2024, 1, 2, 3, 4, 5, [DateTimeKind]::Utc) | Invoke-GptChat }; Sent = '2024-01-02T03:04:05.0000000Z' }
        @{ What = 'a hashtable'; Pipe = { [ordered]@{ a = 1; b = 'x' } | Invoke-GptChat }; Sent = '{"a":1,"b":"x"}' }
        @{ What = 'objects'; Pipe = { [pscustomobject]@{ n = 1 }, [pscustomobject]@{ n = 2 } | Invoke-GptChat }; Sent = "{`"n`":1}`n{`"n`":2}" }
        @{ What = 'objects with -Property'; Pipe = { Get-Item -LiteralPath $lines | Select-Object * | Invoke-GptChat -Property Name, Length }; Sent = "{`"Name`":`"lines.txt`",`"Length`":$(if ($IsWindows -or $PSEdition -eq 'Desktop') { 15 } else { 13 })}" }
        @{ What = 'replies'; Pipe = { 'a', 'b' | ForEach-Object { Invoke-GptChat $_ } | Invoke-GptChat 'Both' }; Sent = "Both`n`na`nb" }
        @{ What = 'chunks'; Pipe = { Invoke-GptChat 'one two three' -Stream | Invoke-GptChat }; Sent = 'one two three' }
        @{ What = 'a response'; Pipe = { (Invoke-GptChat 'text').Response | Invoke-GptChat }; Sent = 'text' }
    ) {
        & $Pipe | Should -BeExactly $Sent
        (Get-ServerRequest $server)[-1].json.messages | Should -HaveCount 1
    }

    It 'names a file that comes as <What>' -ForEach @(
        @{ What = 'FileInfo'; Pipe = { Get-ChildItem -LiteralPath $lines | Invoke-GptChat 'Q' } }
        @{ What = '-Path'; Pipe = { Invoke-GptChat 'Q' -Path $lines } }
        @{ What = '-Path with a wildcard'; Pipe = { Invoke-GptChat 'Q' -Path "$TestDrive/l*.txt" } }
        @{ What = '-LiteralPath'; Pipe = { Invoke-GptChat 'Q' -LiteralPath $lines } }
        @{ What = 'a path of a PowerShell drive'; Pipe = { Invoke-GptChat 'Q' -Path 'TestDrive:/lines.txt' } }
        @{ What = 'a relative path'; Pipe = { Push-Location $TestDrive; try { Invoke-GptChat 'Q' -Path lines.txt } finally { Pop-Location } } }
    ) {
        $answer = & $Pipe
        $answer | Should -Match '^Q\s+lines\.txt'
        $answer | Should -Match '(?s)first\r?\nsecond'
    }

    It 'keeps messages in order, with the prompt last' {
        $null = (New-GptMessage -Role System 'Be brief.'), 'a', 'b', (New-GptMessage -Role Assistant 'c') | Invoke-GptChat 'd'
        $messages = (Get-ServerRequest $server).json.messages
        $messages.role | Should -Be 'system', 'user', 'assistant', 'user'
        $messages.content | Should -Be 'Be brief.', "a`nb", 'c', 'd'
    }

    It 'puts -System first' {
        $null = 'text' | Invoke-GptChat 'Q' -System 'Be brief.'
        (Get-ServerRequest $server).json.messages.role | Should -Be 'system', 'user'
    }

    It 'splats' {
        $parameters = @{ Prompt = 'p'; System = 's'; Temperature = 0.5; MaxCompletionTokens = 7 }
        Invoke-GptChat @parameters | Should -BeExactly p
        (Get-ServerRequest $server).json.temperature | Should -Be 0.5
    }

    It 'sends no parameter that was not set' {
        $null = Invoke-GptChat hello
        (Get-ServerRequest $server).json.PSObject.Properties.Name | Should -Be 'model', 'messages'
    }

    It 'works inside a function that takes pipeline input' {
        function Get-Summary {
            param([Parameter(ValueFromPipeline)] $Text)
            begin { $all = @() }
            process { $all += $Text }
            end { $all | Invoke-GptChat 'Sum' }
        }

        'a', 'b' | Get-Summary | Should -BeExactly "Sum`n`na`nb"
    }

    It 'is called once for each item inside ForEach-Object' {
        'a', 'b' | ForEach-Object { Invoke-GptChat $_ } | Should -Be 'a', 'b'
        Get-ServerRequest $server | Should -HaveCount 2
    }
}

Describe 'Nothing came' {
    BeforeEach {
        # Without a script the server answers with the last user message.
        Clear-ServerRequest $server
    }

    It 'sends nothing and says so for <What>' -ForEach @(
        @{ What = 'an empty array'; Pipe = { @() | Invoke-GptChat 'x' } }
        @{ What = 'a variable that is not set'; Pipe = { $nothing | Invoke-GptChat 'x' } }
        @{ What = 'a pattern without a match'; Pipe = { Select-String -LiteralPath $lines -Pattern zzz | Invoke-GptChat 'x' } }
        @{ What = 'an empty file'; Pipe = { $null = New-Item "$TestDrive/empty.txt" -Force; Get-Content "$TestDrive/empty.txt" | Invoke-GptChat 'x' } }
        @{ What = 'empty strings'; Pipe = { '', '' | Invoke-GptChat 'x' } }
        @{ What = '-Path without a match'; Pipe = { Invoke-GptChat 'x' -Path "$TestDrive/no*.txt" } }
    ) {
        $failure = Get-TestError $Pipe
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.NoInput,*'
        "$failure" | Should -BeLike '*Nothing was sent.*'
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'adds one error to that of Get-Content for a file that is missing' {
        $Error.Clear()
        try { Get-Content "$TestDrive/missing.log" 2>$null | Invoke-GptChat 'x' } catch { }
        $Error | Should -HaveCount 2
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'GptChat.NoInput,*'
        $Error[1].FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'names the pattern that matches no file' {
        "$(Get-TestError { 'text' | Invoke-GptChat 'x' -Path "$TestDrive/no*.txt" })" | Should -BeLike "No file matches '*no*.txt'.*"
    }
}

Describe 'What cannot be sent' {
    BeforeEach {
        # Without a script the server answers with the last user message.
        Clear-ServerRequest $server
    }

    It 'is refused: <What>' -ForEach @(
        @{ What = 'a folder'; Pipe = { Get-Item $TestDrive | Invoke-GptChat 'x' }; Hint = '*Get-ChildItem -File*' }
        @{ What = 'a layout'; Pipe = { Get-Item $lines | Format-Table | Invoke-GptChat 'x' }; Hint = '*Remove Format-Table*' }
        @{ What = 'a secret'; Pipe = { [securestring]::new() | Invoke-GptChat 'x' }; Hint = '*secret*never sent*' }
        @{ What = 'a binary file'; Pipe = { [IO.File]::WriteAllBytes("$TestDrive/a.bin", [byte[]](0..255)); Get-Item "$TestDrive/a.bin" | Invoke-GptChat 'x' }; Hint = '*not a text file*' }
        @{ What = 'a message in a message'; Pipe = { New-GptMessage -Role System 'a', (New-GptMessage b) }; Hint = '*in parentheses*' }
    ) {
        "$(Get-TestError $Pipe)" | Should -BeLike $Hint
        Get-ServerRequest $server | Should -HaveCount 0
    }
}

Describe '-WhatIf' {
    BeforeEach {
        # Without a script the server answers with the last user message.
        Clear-ServerRequest $server
    }

    It 'sends nothing, outputs nothing and hands over the request' {
        $output = Invoke-GptChat hello -WhatIf -InformationVariable said 6>$null
        $output | Should -BeNullOrEmpty
        $request = @($said | Where-Object Tags -Contains GptChatRequest).MessageData
        $request.Uri | Should -Be "$($server.BaseUri)/chat/completions"
        ($request.Body | ConvertFrom-Json).messages[0].content | Should -BeExactly hello
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'follows $WhatIfPreference' {
        & { $WhatIfPreference = $true; Invoke-GptChat hello 6>$null } | Should -BeNullOrEmpty
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'never asks, even if $ConfirmPreference is Medium' {
        & { $ConfirmPreference = 'Medium'; Invoke-GptChat hello } | Should -BeExactly hello
    }
}
