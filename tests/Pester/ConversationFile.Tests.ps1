
BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'Conversations as values' {
    BeforeEach {
        Clear-ServerRequest $server
        Get-GptConversation | Remove-GptConversation
        $null = New-GptConversation trip -System 'Be brief.' -Temperature 0.5
        'one', 'two' | ForEach-Object { $null = Invoke-GptChat $_ -Conversation trip }
        $file = Join-Path $TestDrive 'trip.json'
        Remove-Item $file -ErrorAction Ignore
    }

    It 'show name, messages, tokens, date and model in 80 columns' {
        $shown = Get-GptConversation trip | Out-String -Width 80
        $shown | Should -Match 'Name +Messages +Tokens +Created +Model'
        $shown | Should -Match 'trip +5 +38 +\d{4}-\d\d-\d\d \d\d:\d\d +test-model'
    }

    It 'go to JSON that ConvertFrom-Json reads, and come back and go on' {
        Export-GptConversation $file trip
        $json = Get-Content $file -Raw | ConvertFrom-Json
        $json.messages.role | Should -Be 'system', 'user', 'assistant', 'user', 'assistant'
        $json.temperature | Should -Be 0.5
        Remove-GptConversation trip
        $back = Import-GptConversation $file
        $back.Name | Should -Be trip
        $null = $back | Invoke-GptChat three
        $sent = (Get-ServerRequest $server)[-1].json
        $sent.messages.content | Should -Be 'Be brief.', 'one', 'one', 'two', 'two', 'three'
        $sent.temperature | Should -Be 0.5
    }

    It 'come out of Clixml as conversations that go on, fork and are written' {
        Get-GptConversation trip | Export-Clixml (Join-Path $TestDrive c.xml)
        $back = Import-Clixml (Join-Path $TestDrive c.xml)
        $back | Copy-GptConversation -NewName copy
        $null = Invoke-GptChat three -Conversation copy
        (Get-ServerRequest $server)[-1].json.messages | Should -HaveCount 6
        $back | Export-GptConversation $file
        (Get-Content $file).Count | Should -Be 7
    }

    It 'go to a folder, one file each, and come back from Get-ChildItem' {
        Copy-GptConversation trip plan-b
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive talks)).FullName
        Get-GptConversation | Export-GptConversation $folder
        (Get-ChildItem $folder).Name | Should -Be 'plan-b.json', 'trip.json'
        Get-GptConversation | Remove-GptConversation
        (Get-ChildItem $folder | Import-GptConversation).Name | Should -Be 'plan-b', 'trip'
    }

    It 'read well as Markdown' {
        Export-GptConversation ($file -replace 'json$', 'md') -Name trip
        $text = Get-Content ($file -replace 'json$', 'md') -Raw
        $text | Should -BeLike "# trip`n*## System`n`nBe brief.`n`n## User`n`none`n`n## Assistant`n`none*"
    }

    It 'are asked again, undone, changed and cleared' {
        $null = Invoke-GptChat -Retry -Temperature 0
        (Get-ServerRequest $server)[-1].json.messages.content | Should -Be 'Be brief.', 'one', 'one', 'two'
        (Get-ServerRequest $server)[-1].json.temperature | Should -Be 0
        (Remove-GptMessage -LastTurn -PassThru).Messages | Should -HaveCount 3
        Set-GptMessage trip 1 'else'
        (Get-GptConversation trip).Messages[1].Content | Should -Be else
        Clear-GptConversation trip
        (Get-GptConversation trip).Messages.Role | Should -Be system
    }

    It 'are not destroyed under -WhatIf' {
        Clear-GptConversation trip -WhatIf
        Remove-GptMessage trip -Last 2 -WhatIf
        Remove-GptConversation trip -WhatIf
        Export-GptConversation $file trip -WhatIf
        (Get-GptConversation trip).Messages | Should -HaveCount 5
        $file | Should -Not -Exist
    }

    It 'are left alone while a call uses them, from whatever thread' {
        Set-ServerScript $server @{ kind = 'stream'; deltas = 'a', 'b' }
        $failure = $null
        Invoke-GptChat three -Conversation trip -Stream | ForEach-Object { if ("$_") { $failure = Get-TestError { Clear-GptConversation trip -ErrorAction Stop } } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.ConversationBusy,*'
        (Get-GptConversation trip).Messages | Should -HaveCount 7
    }

    It 'leave out what does not fit, and say so' {
        $words = 'word ' * 300
        $null = Invoke-GptChat $words -Conversation trip
        $null = Invoke-GptChat last -Conversation trip -ContextPolicy TrimOldest -ContextWindow 300 -WarningVariable said -WarningAction SilentlyContinue
        (Get-ServerRequest $server)[-1].json.messages.content | Should -Be 'Be brief.', 'last'
        "$said" | Should -BeLike 'Left out for want of room: 6 messages*'
        (Get-GptConversation trip).Messages | Should -HaveCount 9
        $failure = Get-TestError { Invoke-GptChat last -Conversation trip -ContextWindow 300 }
        "$failure" | Should -BeLike '*-ContextPolicy TrimOldest*Nothing was sent*'
    }

    It 'complete with Tab' -ForEach 'Clear-GptConversation t', 'Copy-GptConversation t', 'Remove-GptConversation t', 'Remove-GptMessage t', 'Set-GptMessage t', 'Export-GptConversation x.json t' {
        (TabExpansion2 $_ $_.Length).CompletionMatches.CompletionText | Should -Contain trip
    }
}

Describe 'A file of a conversation' {
    It 'is the old one or the new one, whenever the shell that writes it is killed' {
        $path = Join-Path $TestDrive 'big.json'
        $script = "Import-Module '$(Get-ModuleManifest)'; `$m = New-GptMessage ('word ' * 100000); `$c = New-GptConversation big -Message (@(`$m) * 200); [Console]::Out.WriteLine('ready'); Export-GptConversation '$path' big; [Console]::Out.WriteLine('done')"
        $whole = 0
        foreach ($kill in 0..4) {
            Set-Content $path 'old'
            Get-ChildItem $TestDrive -Force -Filter '.big.json.*.tmp' | Remove-Item -Force
            $start = New-ProcessStart (Get-ShellPath) ('-NoProfile', '-NonInteractive', '-Command', $script)
            $start.RedirectStandardOutput = $true
            $process = [Diagnostics.Process]::Start($start)
            try {
                $process.StandardOutput.ReadLine() | Should -Be ready

                # The moment is a byte of the file beside it.
                $limit = $kill * 20MB
                do {
                    $written = (Get-ChildItem $TestDrive -Force -Filter '.big.json.*.tmp' | Measure-Object Length -Maximum).Maximum
                } until ($written -gt $limit -or $process.HasExited -or (Get-Item $path).Length -gt 4)
            }
            finally {
                if (-not $process.HasExited) { $process.Kill() }
                $process.WaitForExit()
                $process.Dispose()
            }

            $length = (Get-Item $path).Length
            if ($length -gt 4) { $whole++; $length | Should -BeGreaterThan 100000000; [IO.File]::ReadAllText($path).TrimEnd().EndsWith('}}') | Should -BeTrue }
            else { Get-Content $path | Should -Be old }
        }

        $whole | Should -BeLessThan 5
    }
}
