BeforeDiscovery {
    $hasParallel = $PSVersionTable.PSVersion.Major -ge 7
}

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $manifest = Get-ModuleManifest
    $connection = Get-GptConnection test
    $key = [securestring]::new()
    foreach ($letter in 'sk-test-1234567890'.ToCharArray()) { $key.AppendChar($letter) }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'Start-Job' {
    BeforeEach {
        Clear-ServerRequest $server
    }

    It 'takes the connection from the environment, and gives whole replies back' {
        $env:OPENAI_API_KEY = 'sk-env-1'
        $env:OPENAI_BASE_URL = $server.BaseUri
        try {
            $reply = Start-Job { Import-Module $using:manifest; Invoke-GptChat hello -Model m } | Receive-Job -Wait -AutoRemoveJob
        }
        finally {
            Remove-Item env:OPENAI_API_KEY, env:OPENAI_BASE_URL
        }

        $reply | Should -BeExactly hello
        $reply.GetType() | Should -Be ([string])
        $reply.Content | Should -BeExactly hello
        $reply.FinishReason | Should -BeExactly stop
        $reply.Usage.TotalTokens | Should -Be 19
        $reply.Response.Content | Should -BeExactly hello
        ($reply | Out-String) | Should -BeExactly ('hello' | Out-String)
    }

    It 'takes a connection without a key, and a reply, with $using:' {
        $reply = Invoke-GptChat before
        $got = Start-Job { Import-Module $using:manifest; "$using:reply $(($using:reply).Usage.TotalTokens)"; Invoke-GptChat hello -Connection $using:connection } | Receive-Job -Wait -AutoRemoveJob
        $got | Should -Be 'before 19', 'hello'
    }

    It 'says that keys do not travel' {
        $keyed = Connect-GptChat -BaseUri $server.BaseUri -ApiKey $key -Model m -Name keyed -PassThru
        $failure = Start-Job { Import-Module $using:manifest; try { Invoke-GptChat hello -Connection $using:keyed } catch { "$_" } } | Receive-Job -Wait -AutoRemoveJob
        Disconnect-GptChat keyed
        Connect-GptChat -BaseUri $server.BaseUri -Model test-model -Name test
        "$failure" | Should -BeLike "*'keyed'*keys do not travel*Connect inside the job*environment variables*"
    }
}

Describe 'ForEach-Object -Parallel (only PowerShell 7 has it)' -Skip:(-not $hasParallel) {
    BeforeEach {
        Clear-ServerRequest $server
    }

    It 'uses the connection that is passed, key and all' {
        $keyed = Connect-GptChat -BaseUri $server.BaseUri -ApiKey $key -Model m -Name keyed -PassThru
        $replies = 1..4 | ForEach-Object -Parallel { Import-Module $using:manifest; Invoke-GptChat "n$_" -Connection $using:keyed }
        Disconnect-GptChat keyed
        Connect-GptChat -BaseUri $server.BaseUri -Model test-model -Name test
        $replies | Sort-Object | Should -Be 'n1', 'n2', 'n3', 'n4'
        $replies.Usage.TotalTokens | Should -Be 19, 19, 19, 19
        (Get-ServerRequest $server).headers.Authorization | Sort-Object -Unique | Should -BeExactly 'Bearer sk-test-1234567890'
    }

    It 'is told how to pass a connection: <What>' -ForEach @(
        @{ What = 'without one'; Parameters = @{}; Like = '*no connection*-Connection $using:c*' }
        @{ What = 'with a name of the session outside'; Parameters = @{ Connection = 'test' }; Like = "*no connection named 'test'*-Connection `$using:c*" }
    ) {
        $message = 1 | ForEach-Object -Parallel { Import-Module $using:manifest; $parameters = $using:Parameters; try { Invoke-GptChat hello @parameters } catch { "$_" } }
        $message | Should -BeLike $Like
    }

    It 'reads the notes of a reply of another runspace' {
        $reply = Invoke-GptChat before
        1..2 | ForEach-Object -Parallel { ($using:reply).Usage.TotalTokens } | Should -Be 19, 19
    }
}

Describe 'Another runspace' {
    It 'has connections and conversations of its own' {
        $shell = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $counts = $shell.AddScript("Import-Module '$manifest'; @(Get-GptConnection).Count; @(Get-GptConversation).Count").Invoke()
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }

        $counts | Should -Be 0, 0
        (Get-GptConnection).Name | Should -Contain test
    }
}

Describe '-AsJob' {
    BeforeEach {
        Clear-ServerRequest $server
    }

    AfterEach {
        Get-Job | Remove-Job -Force
    }

    It 'shows as a job' {
        $job = Invoke-GptChat hello -AsJob -JobName mine
        $null = Wait-Job $job
        $shown = (Get-Job mine | Format-Table Name, PSJobTypeName, State, Command | Out-String -Width 200)
        $shown | Should -BeLike "*mine*GptChatJob*Completed*Invoke-GptChat 'hello'*"
    }

    It 'gives the very replies, in any way of receiving' {
        $called = Invoke-GptChat hello
        foreach ($received in @((Invoke-GptChat hello -AsJob | Receive-Job -Wait -AutoRemoveJob), (Invoke-GptChat hello -AsJob | Wait-Job | Receive-Job))) {
            $received | Should -BeExactly hello
            $received.GetType() | Should -Be ([string])
            $received.PSObject.TypeNames | Should -Be $called.PSObject.TypeNames
            $received.Response.GetType() | Should -Be $called.Response.GetType()
            $received.Usage.TotalTokens | Should -Be 19
            ($received | Out-String) | Should -BeExactly ('hello' | Out-String)
        }
    }

    It 'asks about each file, and each reply has its file' {
        'A', 'B' | ForEach-Object { Set-Content "$TestDrive/$_.log" $_ }
        $replies = Get-ChildItem "$TestDrive/*.log" | Invoke-GptChat 'Q' -Each -AsJob | Receive-Job -Wait -AutoRemoveJob
        $replies.Source.Name | Should -Be 'A.log', 'B.log'
        Get-Job | Should -BeNullOrEmpty
    }

    It 'writes its failure as the call would have thrown it' {
        Set-ServerScript $server @{ kind = 'error'; status = 400; message = 'No.' }
        $job = Invoke-GptChat hello -AsJob | Wait-Job
        $job.State | Should -Be Failed
        $failure = Get-TestError { Receive-Job $job -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'GptChat.BadRequest,GptChat.Cmdlets.InvokeGptChatCommand'
        $failure.Exception.StatusCode | Should -Be 400
    }

    It 'is stopped at once, and the connection is closed' {
        Set-ServerScript $server @{ kind = 'echo'; hangBeforeHeaders = $true }
        $job = Invoke-GptChat hello -AsJob
        $null = Get-ServerRequest $server -Received 1
        Stop-Job $job
        $job.State | Should -Be Stopped
        Get-ServerRequest $server -Finished 1 | Should -HaveCount 1
    }

    It 'works inside <Where>' -ForEach @(
        @{ Where = 'Start-Job'; Start = { param($manifest, $uri) Start-Job { Import-Module $using:manifest; Connect-GptChat -BaseUri $using:uri -Model m; Invoke-GptChat hello -AsJob | Receive-Job -Wait -AutoRemoveJob } } }
        @{ Where = 'Start-ThreadJob'; Start = { param($manifest, $uri) Start-ThreadJob { Import-Module $using:manifest; Connect-GptChat -BaseUri $using:uri -Model m; Invoke-GptChat hello -AsJob | Receive-Job -Wait -AutoRemoveJob } } }
    ) {
        if ($Where -eq 'Start-ThreadJob' -and -not (Get-Command Start-ThreadJob -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'there is no Start-ThreadJob here'; return }
        & $Start $manifest $server.BaseUri | Receive-Job -Wait -AutoRemoveJob | Should -BeExactly hello
    }

    It 'does not keep a shell open that ends' {
        $ended = Invoke-Shell "Import-Module '$manifest'; Connect-GptChat -BaseUri $($server.BaseUri) -Model m; (Invoke-GptChat hello -AsJob).PSJobTypeName"
        $ended.ExitCode | Should -Be 0
        $ended.Output.Trim() | Should -BeExactly GptChatJob
    }

    It 'does not keep a shell open that ends while the server is silent' {
        Set-ServerScript $server @{ kind = 'echo'; hangBeforeHeaders = $true }
        $ended = Invoke-Shell "Import-Module '$manifest'; Connect-GptChat -BaseUri $($server.BaseUri) -Model m; `$null = Invoke-GptChat hello -AsJob; while (-not (Invoke-RestMethod '$($server.Root)/_requests')) { }"
        $ended.ExitCode | Should -Be 0
    }
}
