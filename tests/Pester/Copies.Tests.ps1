BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $manifest = Get-ModuleManifest
    $uri = $server.BaseUri
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'What comes back from elsewhere' {
    BeforeEach {
        # Without a script the server answers with the last user message.
        Clear-ServerRequest $server
    }

    It 'is whole after Start-Job' {
        $back = Start-Job {
            Import-Module $using:manifest
            Connect-GptChat -BaseUri $using:uri -Model m -Name test
            $null = New-GptConversation trip -System 'Be brief.'
            $reply = Invoke-GptChat one -Conversation trip
            [pscustomobject]@{ Reply = $reply; Message = New-GptMessage -Role System rules; Conversation = Get-GptConversation trip; Chunks = @(Invoke-GptChat 'a b' -Stream) }
        } | Receive-Job -Wait -AutoRemoveJob
        Clear-ServerRequest $server

        $back.Message, 'text' | Invoke-GptChat | Should -BeExactly text
        Invoke-GptChat two -Conversation $back.Reply | Should -BeExactly two
        $back.Conversation | Invoke-GptChat three | Should -BeExactly three
        $back.Chunks | Invoke-GptChat | Should -BeExactly 'a b'
        $back.Reply, 'end' | Invoke-GptChat | Should -BeExactly "one`nend"
        $sent = Get-ServerRequest $server
        $sent[0].json.messages.role | Should -Be system, user
        $sent[1].json.messages.content | Should -Be 'Be brief.', one, one, two
        $sent[2].json.messages.content | Should -Be 'Be brief.', one, one, three
    }

    It 'is whole after Export-Clixml, also where the module is loaded after it was read' {
        $null = Invoke-GptChat one
        Invoke-GptChat two -Continue | Export-Clixml "$TestDrive/reply.xml"
        (Import-Clixml "$TestDrive/reply.xml").Response | Should -BeOfType GptChat.GptResponse
        Invoke-GptChat three -Conversation (Import-Clixml "$TestDrive/reply.xml") | Should -BeExactly three
        $late = Invoke-Shell "`$reply = Import-Clixml '$TestDrive/reply.xml'; `$reply.Usage.TotalTokens; Import-Module '$manifest'; Connect-GptChat -BaseUri $uri -Model m; Invoke-GptChat four -Conversation `$reply"
        $late.Error | Should -BeNullOrEmpty
        $late.Output -split '\r?\n' | Select-Object -First 2 | Should -Be 19, four
        $sent = Get-ServerRequest $server
        $sent[2].json.messages.content | Should -Be one, one, two, two, three
        $sent[3].json.messages.content | Should -Be one, one, two, two, four
    }

    It 'is whole with $using:, in which the module is loaded after it arrived' {
        $reply = Invoke-GptChat one
        $message = New-GptMessage -Role System rules
        $got = Start-Job {
            Import-Module $using:manifest
            Connect-GptChat -BaseUri $using:uri -Model m
            Invoke-GptChat two -Conversation $using:reply
            $using:message, 'x' | Invoke-GptChat
        } | Receive-Job -Wait -AutoRemoveJob
        $got | Should -Be two, x
        $sent = Get-ServerRequest $server
        $sent[1].json.messages.content | Should -Be one, one, two
        $sent[2].json.messages.role | Should -Be system, user
    }

    It 'holds no key' {
        $key = [securestring]::new()
        foreach ($letter in 'sk-test-1234567890'.ToCharArray()) { $key.AppendChar($letter) }
        Connect-GptChat -BaseUri $uri -ApiKey $key -Model m -Name keyed
        try { Invoke-GptChat one | Export-Clixml "$TestDrive/keyed.xml" -Depth 5 }
        finally {
            Disconnect-GptChat keyed
            Connect-GptChat -BaseUri $uri -Model test-model -Name test
        }

        Get-Content "$TestDrive/keyed.xml" -Raw | Should -Not -Match 'sk-test-1234567890'
    }

    It 'is refused where it is a file without its content' {
        $file = Start-Job { Get-Item $using:manifest } | Receive-Job -Wait -AutoRemoveJob
        "$(Get-TestError { $file | Invoke-GptChat x })" | Should -BeLike "*'GptChat.psd1' came through a job*Get-Content -Raw*-Property*"
        $file | Invoke-GptChat -Property Name | Should -BeExactly '{"Name":"GptChat.psd1"}'
    }
}

Describe 'The recipe for many servers' {
    # As docs/fleet.md has it, with Start-Job in place of Invoke-Command: both serialise what comes back. PSComputerName is localhost for
    # every job, so the name of the server is a property of its own here.
    BeforeAll {
        Clear-ServerRequest $server
        $found = 'web1', 'web2' | ForEach-Object {
            Start-Job -ArgumentList $_ {
                param($name)
                1..2 | ForEach-Object { [pscustomobject]@{ Server = $name; Id = $_; Message = "event $_ of $name" } }
            }
        } | Receive-Job -Wait -AutoRemoveJob | Sort-Object Server, Id
    }

    BeforeEach {
        Clear-ServerRequest $server
    }

    It 'asks about all of them at once' {
        $found | Invoke-GptChat 'What do they share?' -InputFormat Csv -Property Server, Id, Message | Should -BeExactly (
            "What do they share?`n`nServer,Id,Message`nweb1,1,event 1 of web1`nweb1,2,event 2 of web1`nweb2,1,event 1 of web2`nweb2,2,event 2 of web2")
    }

    It 'asks about each, ties each answer to its server, and goes on from a journal' {
        $perServer = $found | Group-Object Server | ForEach-Object { [pscustomobject]@{ Server = $_.Name; Events = $_.Group } }
        $replies = $perServer | Invoke-GptChat 'First?' -Each -Depth 3 -Journal "$TestDrive/fleet.jsonl"
        $replies.Source.Server | Should -Be web1, web2
        $replies[1] | Should -BeLike '*"Server":"web2","Events":`[{"Server":"web2","Id":1,"Message":"event 1 of web2",*'
        $table = $replies | Select-Object @{ Name = 'Server'; Expression = { $_.Source.Server } }, Content
        $table.Server | Should -Be web1, web2
        $again = $perServer | Invoke-GptChat 'First?' -Each -Depth 3 -Journal "$TestDrive/fleet.jsonl"
        $again.FromJournal | Should -Be $true, $true
        Get-ServerRequest $server | Should -HaveCount 2
        $replies | ForEach-Object { "$($_.Source.Server): ok" } | Invoke-GptChat 'Order these' | Should -BeExactly "Order these`n`nweb1: ok`nweb2: ok"
    }
}

Describe 'Objects of a real shell' {
    BeforeEach {
        Clear-ServerRequest $server
    }

    It 'are small: a process' {
        $sent = Get-Process -Id $PID | Invoke-GptChat
        $sent.Length | Should -BeLessThan 300
        ($sent | ConvertFrom-Json).Id | Should -Be $PID
    }

    It 'are cut, whatever is in them' {
        $sent = Get-Process -Id $PID | Invoke-GptChat 'Q' -Depth 4 -WarningAction SilentlyContinue
        $sent.Length | Should -BeLessThan 3MB
    }

    It 'are refused as the layout of a job' {
        $layout = Start-Job { Get-Item $using:manifest | Format-Table } | Receive-Job -Wait -AutoRemoveJob
        "$(Get-TestError { $layout | Invoke-GptChat x })" | Should -BeLike '*layout*Remove Format-Table*'
    }

    It 'can be calculated from' {
        Get-Item $manifest | Invoke-GptChat -Property Name, @{ Name = 'Big'; Expression = { $_.Length -gt 1MB } } | Should -BeExactly '{"Name":"GptChat.psd1","Big":false}'
    }
}
