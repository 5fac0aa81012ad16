BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $log = "$TestDrive/big.log"
    1..120 | ForEach-Object { "2026-01-02 host-$_ service: request took $_ ms" } | Set-Content -LiteralPath $log
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe '-Chunk' {
    BeforeEach {
        # Without a script the server answers with the last user message.
        Clear-ServerRequest $server
    }

    It 'asks about each part of a file under its name, and loses nothing' {
        $replies = Get-Item -LiteralPath $log | Invoke-GptChat 'Q' -Chunk -ChunkSize 500 -ChunkOverlap 0
        $replies.Count | Should -BeGreaterThan 2
        $replies.Part | Should -Be (1..$replies.Count)
        $replies.PartCount | Sort-Object -Unique | Should -Be $replies.Count
        $replies.Source.Name | Sort-Object -Unique | Should -Be big.log
        $replies[1] | Should -BeLike "Q`n`nbig.log, part 2 of $($replies.Count) (*"
        $lines = $replies -split '\r?\n' -match '^2026'
        $lines | Should -Be (Get-Content -LiteralPath $log)
    }

    It 'takes lines, -Path and objects' {
        (Get-Content -LiteralPath $log | Invoke-GptChat 'Q' -Chunk -ChunkSize 500).Count | Should -BeGreaterThan 2
        (Invoke-GptChat 'Q' -Path $log -Chunk -ChunkSize 500).Count | Should -BeGreaterThan 2
        (1..200 | ForEach-Object { [pscustomobject]@{ Number = $_; Text = 'some text' } } | Invoke-GptChat 'Q' -Chunk -ChunkSize 500).Count | Should -BeGreaterThan 2
    }

    It 'makes one answer of the answers with -Combine' {
        Set-ServerScript $server (1..20 | ForEach-Object { @{ kind = 'completion'; text = "answer $_" } })
        $reply = Get-Item -LiteralPath $log | Invoke-GptChat 'Q' -Chunk -ChunkSize 500 -Combine 'Sum up' -ThrottleLimit 1
        @($reply) | Should -HaveCount 1
        $reply | Should -BeExactly "answer $($reply.Response.PartialResponses.Count + 1)"
        (Get-ServerRequest $server)[-1].json.messages[-1].content | Should -BeLike "Sum up`n`nbig.log, part 1 of *:`n`nanswer 1`n`nbig.log, part 2 of *:`n`nanswer 2*"
        $reply.Response.PartialResponses.Count | Should -BeGreaterThan 1
        (Get-ServerRequest $server).Count | Should -Be ($reply.Response.PartialResponses.Count + 1)
    }

    It 'combines file by file with -Each' {
        $first, $second = "$TestDrive/a.txt", "$TestDrive/b.txt"
        Set-Content -LiteralPath $first -Value 'short'
        Copy-Item -LiteralPath $log -Destination $second
        Set-ServerScript $server (1..30 | ForEach-Object { @{ kind = 'completion'; text = "answer $_" } })
        $replies = Get-Item -LiteralPath $first, $second | Invoke-GptChat 'Q' -Each -Chunk -ChunkSize 500 -Combine 'Sum'
        $replies.Source.Name | Should -Be 'a.txt', 'b.txt'
        $replies.Response[0].PartialResponses.Count | Should -Be 1
        $replies.Response[1].PartialResponses.Count | Should -BeGreaterThan 1
    }

    It 'is named where a request is too large, before anything is sent' {
        $failure = Get-TestError { 'word ' * 130000 | Invoke-GptChat 'Q' -Model gpt-5.1-chat }
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.ContextLengthExceeded,*'
        "$failure" | Should -BeLike '*too many: the context of gpt-5.1-chat holds 128,000. -Chunk splits*Nothing was sent.*'
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'is done, or not needed, as -ContextWindow says' {
        'word ' * 900 | Invoke-GptChat 'Q' -Chunk -Model nobody-knows -ContextWindow 500 | Should -Not -HaveCount 1
        'word ' * 130000 | Invoke-GptChat 'Q' -Each -Model gpt-5.1-chat -ContextWindow 200000 | Should -HaveCount 1
        "$(Get-TestError { 'word ' * 900 | Invoke-GptChat 'Q' -Each -ContextWindow 500 -ErrorAction Stop })" | Should -BeLike '*too many: the context of * holds 500.*'
    }

    It 'asks for -ChunkSize where the model is not known' {
        "$(Get-TestError { 'text' | Invoke-GptChat 'Q' -Chunk -Model nobody-knows })" | Should -BeLike '*-ChunkSize 4000*'
    }

    It 'is stopped at once' {
        Set-ServerScript $server @{ kind = 'echo'; hangBeforeHeaders = $true }, @{ kind = 'echo'; hangBeforeHeaders = $true }
        $call = Stop-TestCall $server.BaseUri "1..500 | Invoke-GptChat 'Q' -Chunk -ChunkSize 200 -Combine 'Sum' -ThrottleLimit 2" -Until { (Get-ServerRequest $server).Count -ge 2 }
        $call.State | Should -Be Stopped
        $call.Errors | Should -Be 0
        Get-ServerRequest $server -Finished 2 | Should -HaveCount 2
    }
}
