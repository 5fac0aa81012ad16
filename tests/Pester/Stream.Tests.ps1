BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession

    # Stops a script once the server has the request and what was said is $Until.
    function Stop-Call {
        param([string] $Script, [string] $Until = '')
        $call = Stop-TestCall $server.BaseUri $Script { param($soFar) $null = Get-ServerRequest $server -Received 1; $soFar.Said -eq $Until }
        Add-Member -InputObject $call -NotePropertyName Reply -NotePropertyValue (Get-ServerRequest $server -Finished 1)[0].reply -PassThru
    }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe '-Stream' {
    It 'outputs the pieces as they come; the last one carries the whole' {
        Set-ServerScript $server @{ kind = 'stream'; deltas = 'Hel', 'lo ', "`n  end" }
        $chunks = @(Invoke-GptChat hello -Stream)
        $chunks | Should -HaveCount 4
        $chunks | Should -BeOfType [GptChat.GptChunk]
        -join $chunks | Should -BeExactly "Hello `n  end"
        @($chunks.Response -ne $null) | Should -HaveCount 1
        $chunks[-1].Response.Content | Should -BeExactly "Hello `n  end"
        $chunks[-1].Response.Usage.TotalTokens | Should -Be 19
    }

    It 'outputs a piece while the server is still silent about the next' {
        Set-ServerScript $server @{ kind = 'stream'; deltas = 'a', 'b', 'c'; hangAfter = @{ events = 2 } }
        $first = Invoke-GptChat hello -Stream | Select-Object -First 1
        "$first" | Should -BeExactly a
    }

    It 'closes the connection when downstream <How>' -ForEach @(
        @{ How = 'wants no more'; Stop = { Invoke-GptChat hello -Stream | Select-Object -First 1 } }
        @{ How = 'breaks'; Stop = { foreach ($once in 1) { Invoke-GptChat hello -Stream | ForEach-Object { break } } } }
        @{ How = 'throws'; Stop = { try { Invoke-GptChat hello -Stream | ForEach-Object { throw 'mine' } } catch { $_ | Should -BeExactly mine } } }
    ) {
        Set-ServerScript $server @{ kind = 'stream'; deltas = 'a', 'b', 'c'; hangAfter = @{ events = 2 } }
        $null = & $Stop
        (Get-ServerRequest $server -Finished 1).reply | Should -Be aborted
    }

    It 'lets another call be made while it runs' {
        Clear-ServerRequest $server
        $answers = Invoke-GptChat 'a b' -Stream | Where-Object Text | ForEach-Object { Invoke-GptChat "in $_" }
        $answers | Should -Be 'in a', 'in  b'
    }

    It 'is an error with the text so far when the stream <What>' -ForEach @(
        @{ What = 'breaks off'; Id = 'Truncated'; Reply = @{ kind = 'stream'; deltas = 'par', 'tial'; truncateAfter = @{ events = 3 } } }
        @{ What = 'ends without a reason'; Id = 'Truncated'; Reply = @{ kind = 'stream'; deltas = 'par', 'tial'; closeWithoutLength = @{ events = 3 } } }
        @{ What = 'falls silent'; Id = 'OperationTimeout'; Reply = @{ kind = 'stream'; deltas = 'par', 'tial'; hangAfter = @{ events = 3 } } }
    ) {
        Set-ServerScript $server $Reply
        $pieces = [Collections.Generic.List[string]]::new()
        $failure = Get-TestError { Invoke-GptChat hello -Stream -OperationTimeoutSeconds 1 | ForEach-Object { $pieces.Add("$_") } }
        $pieces | Should -Be 'par', 'tial'
        $failure.FullyQualifiedErrorId | Should -BeLike "GptChat.$Id,*"
        $failure.Exception.PartialText | Should -BeExactly partial
    }
}

Describe '-Live' {
    BeforeEach {
        Set-ServerScript $server @{ kind = 'stream'; deltas = 'Hel', 'lo', " wor`nld" }
    }

    It 'outputs nothing' {
        Invoke-GptChat hello -Live 6>$null | Should -BeNullOrEmpty
    }

    It 'says each character once, and ends the line' {
        $null = Invoke-GptChat hello -Live -InformationVariable said 6>$null
        -join ($said | ForEach-Object { $_.MessageData.Message }) | Should -BeExactly "Hello wor`nld"
        $said[-1].MessageData.NoNewLine | Should -BeFalse
        $said.Tags | Should -Contain PSHOST
    }

    It 'outputs the reply too with -PassThru' {
        $reply = Invoke-GptChat hello -Live -PassThru 6>$null
        $reply | Should -BeExactly "Hello wor`nld"
        $reply.Usage.TotalTokens | Should -Be 19
    }

    It 'shows on the console what the answer is, and nothing with 6>$null' {
        $environment = @{ OPENAI_API_KEY = 'k'; OPENAI_BASE_URL = $server.BaseUri; NO_COLOR = '1' }
        $shown = Invoke-Shell "Import-Module '$(Get-ModuleManifest)'; Invoke-GptChat hello -Model m -Live; 'next'; Invoke-GptChat hello -Model m -Live 6>`$null" $environment
        $shown.Output -replace "`r" | Should -BeExactly "Hello wor`nld`nnext`n"
        $shown.Error | Should -BeNullOrEmpty
    }

    It 'writes each character once into a transcript' {
        # PowerShell puts every record on a line of its own there, -NoNewline or not, and trims its end.
        $file = "$TestDrive/transcript.txt"
        $environment = @{ OPENAI_API_KEY = 'k'; OPENAI_BASE_URL = $server.BaseUri; NO_COLOR = '1' }
        $null = Invoke-Shell "Import-Module '$(Get-ModuleManifest)'; `$null = Start-Transcript '$file'; 'begin'; Invoke-GptChat hello -Model m -Live; 'end'; `$null = Stop-Transcript" $environment
        $content = (Get-Content -Raw -LiteralPath $file) -replace '(?s)^.*?begin\r?\n|\r?\nend\r?\n.*$'
        $content -replace '\r?\n' | Should -BeExactly 'Hello world'
    }

    It 'ends the line before an error' {
        Set-ServerScript $server @{ kind = 'stream'; deltas = 'par', 'tial'; truncateAfter = @{ events = 3 } }
        $failure = Get-TestError { Invoke-GptChat hello -Live -InformationVariable global:said 6>$null }
        $failure.Exception.PartialText | Should -BeExactly partial
        $global:said[-1].MessageData.NoNewLine | Should -BeFalse
        Remove-Variable said -Scope Global
    }
}

Describe 'Ctrl+C' {
    It 'stops <What>, closes the connection and leaves no error' -ForEach @(
        @{ What = 'the wait for headers'; Script = 'Invoke-GptChat hello'; Until = ''; Reply = @{ kind = 'completion'; text = 'x'; hangBeforeHeaders = $true } }
        @{ What = 'a body that stays away'; Script = 'Invoke-GptChat hello'; Until = ''; Reply = @{ kind = 'completion'; text = 'x'; hangAfter = 20 } }
        @{ What = 'a silent stream with -Stream'; Script = 'Invoke-GptChat hello -Stream'; Until = 'partial'; Reply = @{ kind = 'stream'; deltas = 'par', 'tial'; hangAfter = @{ events = 3 } } }
        @{ What = 'a silent stream with -Live'; Script = 'Invoke-GptChat hello -Live'; Until = 'partial'; Reply = @{ kind = 'stream'; deltas = 'par', 'tial'; hangAfter = @{ events = 3 } } }
        @{ What = 'a stream that never ends'; Script = 'Invoke-GptChat hello -Stream | Out-Null'; Until = ''; Reply = @{ kind = 'sse'; body = ''; repeating = @{ text = "data: {`"choices`":[{`"index`":0,`"delta`":{`"content`":`"x`"}}]}`n`n"; count = 100000000 } } }
    ) {
        Set-ServerScript $server $Reply
        $call = Stop-Call $Script $Until
        $call.Said | Should -BeExactly $Until
        $call.State | Should -Be Stopped
        $call.Errors | Should -Be 0
        $call.Global | Should -Be 0
        $call.Reply | Should -Be aborted
    }
}
