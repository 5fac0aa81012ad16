BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $file = "$TestDrive/app.config"
    Set-Content -LiteralPath $file -Value 'Server=db1;User Id=sa;Password=hunter-2;Encrypt=true', 'mail bob@example.com'
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe '-Redact' {
    BeforeEach {
        # Without a script the server answers with the last user message.
        Clear-ServerRequest $server
    }

    It 'sends placeholders for <What>' -ForEach @(
        @{ What = 'lines'; Call = { Get-Content -LiteralPath $file | Invoke-GptChat 'Q' -Redact } }
        @{ What = 'a file'; Call = { Get-Item -LiteralPath $file | Invoke-GptChat 'Q' -Redact } }
        @{ What = 'objects'; Call = { [pscustomobject]@{ Line = (Get-Content -LiteralPath $file -Raw) } | Invoke-GptChat 'Q' -Redact } }
        @{ What = 'a system message'; Call = { Invoke-GptChat 'Q' -System (Get-Content -LiteralPath $file -Raw) -Redact } }
        @{ What = 'each item'; Call = { Get-Content -LiteralPath $file | Invoke-GptChat 'Q' -Each -Redact } }
        @{ What = 'splatted parameters'; Call = { $p = @{ Redact = $true; RedactKind = 'Secret' }; Get-Content -LiteralPath $file | Invoke-GptChat 'Q' @p } }
    ) {
        $null = & $Call
        $sent = (Get-ServerRequest $server).body -join "`n"
        $sent | Should -Match ([regex]::Escape('Password=[SECRET:PASSWORD:1];Encrypt'))
        $sent | Should -Not -Match 'hunter'
    }

    It 'takes words for kinds' {
        Get-Content -LiteralPath $file | Invoke-GptChat 'Q' -RedactKind Secret, Email | Should -BeExactly "Q`n`nServer=db1;User Id=sa;Password=[SECRET:PASSWORD:1];Encrypt=true`nmail [SECRET:EMAIL:1]"
    }

    It 'puts values back with -Restore, but not into the conversation' {
        Get-Content -LiteralPath $file | Invoke-GptChat 'Q' -Redact -Restore | Should -BeLike '*Password=hunter-2;*'
        (Get-GptConversation -Current).Messages.Content -join ' ' | Should -Not -Match 'hunter'
    }

    It 'tells what was taken out' {
        $reply = Get-Content -LiteralPath $file | Invoke-GptChat 'Q' -Redact
        ($reply.Response.Redactions | Out-String -Width 80).Trim() -split '\r?\n' | Select-Object -Last 1 | Should -Match '^\[SECRET:PASSWORD:1\]\s+1 messages\[0\]\.content$'
    }

    It 'leaves nothing in what is exported' {
        $reply = Get-Content -LiteralPath $file | Invoke-GptChat 'Q' -Redact
        $reply | Export-Clixml "$TestDrive/reply.xml" -Depth 6
        Get-GptConversation -Current | Export-Clixml "$TestDrive/conversation.xml" -Depth 6
        "$TestDrive/reply.xml", "$TestDrive/conversation.xml" | Should -Not -FileContentMatch 'hunter'
    }

    It 'is refused where it contradicts itself' {
        "$(Get-TestError { Invoke-GptChat 'x' -Redact:$false -RedactKind All })" | Should -BeLike '*choose one*Nothing was sent.*'
        Get-ServerRequest $server | Should -HaveCount 0
    }
}

Describe 'Protect-GptText' {
    It 'shows what would be sent, and sends nothing' {
        Clear-ServerRequest $server
        Get-Content -LiteralPath $file | Protect-GptText | Should -BeExactly "Server=db1;User Id=sa;Password=[SECRET:PASSWORD:1];Encrypt=true`nmail bob@example.com"
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'is a text like any other' {
        Get-Content -LiteralPath $file | Protect-GptText > "$TestDrive/clean.txt"
        "$TestDrive/clean.txt" | Should -FileContentMatch 'Password=\[SECRET:PASSWORD:1\]'
    }
}
