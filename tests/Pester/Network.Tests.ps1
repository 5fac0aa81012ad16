BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession

    # What was said before is forgotten with the connection, and what it waits for too.
    function Reset-Connection {
        Connect-GptChat -BaseUri $server.BaseUri -Model test-model -Name test
    }

    function Busy {
        param([int] $Status = 503, [hashtable] $Headers = @{ 'retry-after-ms' = '1' })
        @{ kind = 'error'; status = $Status; message = 'Not now.'; headers = $Headers }
    }

    # Runs a script, and sorts what it writes into streams.
    function Split-Stream {
        param([scriptblock] $Script)
        $all = @(& $Script 3>&1 4>&1)
        [pscustomobject]@{
            Output  = @($all | Where-Object { $_ -is [string] })
            Verbose = @($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | ForEach-Object Message)
            Warning = @($all | Where-Object { $_ -is [Management.Automation.WarningRecord] } | ForEach-Object Message)
        }
    }

    # Answers a connection, and everything on it, with silence.
    function Start-SilentListener {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $listener
    }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'A failure that passes' {
    BeforeEach {
        Reset-Connection
    }

    It 'is not seen' {
        Set-ServerScript $server (Busy), (Busy 502), @{ kind = 'completion'; text = 'here' }
        $Error.Clear()
        $said = Split-Stream { Invoke-GptChat hello }
        $said.Output | Should -BeExactly here
        $said.Verbose + $said.Warning | Should -HaveCount 0
        $Error | Should -HaveCount 0
        Get-ServerRequest $server | Should -HaveCount 3
    }

    It 'is told by -Verbose, a line a try' {
        Set-ServerScript $server (Busy), (Busy 429 @{ 'retry-after' = '0.02' }), @{ kind = 'completion'; text = 'here' }
        $said = Split-Stream { Invoke-GptChat hello -Verbose }
        $said.Output | Should -BeExactly here
        $said.Verbose -like 'Try *' | Should -BeExactly @(
            'Try 1 of at most 3 failed: ServerError (503). The next follows in 0.001 seconds.'
            'Try 2 of at most 3 failed: RateLimit (429). The next follows in 0.02 seconds.'
        )
    }

    It 'stands in the response as a table' {
        Set-ServerScript $server (Busy), @{ kind = 'completion'; text = 'here' }
        $response = (Invoke-GptChat hello).Response
        $response.Attempts | Should -Be 2
        ($response.Retries | Format-Table | Out-String -Width 80).Trim() -split '\r?\n' | Select-Object -Last 1 | Should -Match '^ServerError\s+503\s+00:00:00.001'
        "$($response.Retries)" | Should -BeExactly 'ServerError (503), waited 0.001 s'
    }

    It 'stands in the error when it did not pass' {
        Set-ServerScript $server (1..3 | ForEach-Object { Busy })
        $failure = Get-TestError { Invoke-GptChat hello }
        "$failure" | Should -BeLike 'Not now.*send again later*HTTP 503*3 attempts*'
        $failure.Exception.Attempts | Should -Be 3
        $failure.Exception.Retries.StatusCode | Should -Be 503, 503
    }

    It 'is survived by a stream that has not begun, and by no stream that has' {
        Set-ServerScript $server (Busy), @{ kind = 'stream'; deltas = 'par', 'tial'; truncateAfter = @{ events = 3 } }
        $pieces = [Collections.Generic.List[string]]::new()
        $failure = Get-TestError { Invoke-GptChat hello -Stream | ForEach-Object { $pieces.Add("$_") } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.Truncated,*'
        $failure.Exception.Attempts | Should -Be 2
        $pieces | Should -Be 'par', 'tial'
        Get-ServerRequest $server | Should -HaveCount 2
    }

    It 'is asked <Count> times for <What>' -ForEach @(
        @{ What = '-MaximumRetryCount 0'; Count = 1; Splat = @{ MaximumRetryCount = 0 }; Reply = @{ kind = 'error'; status = 503; message = 'no' } }
        @{ What = '-MaximumRetryCount 3 -RetryIntervalSec 0'; Count = 4; Splat = @{ MaximumRetryCount = 3; RetryIntervalSec = 0 }; Reply = @{ kind = 'error'; status = 500; message = 'no' } }
        @{ What = 'an account without credit, whatever the server says'; Count = 1; Splat = @{}; Reply = @{ kind = 'error'; status = 429; message = 'no'; code = 'insufficient_quota'; headers = @{ 'retry-after-ms' = '1'; 'x-should-retry' = 'true' } } }
        @{ What = 'a server that says no'; Count = 1; Splat = @{}; Reply = @{ kind = 'error'; status = 503; message = 'no'; headers = @{ 'x-should-retry' = 'false' } } }
        @{ What = 'a server that says yes'; Count = 3; Splat = @{ RetryIntervalSec = 0 }; Reply = @{ kind = 'error'; status = 400; message = 'no'; headers = @{ 'x-should-retry' = 'true' } } }
        @{ What = 'a request that is wrong'; Count = 1; Splat = @{}; Reply = @{ kind = 'error'; status = 422; message = 'no' } }
        @{ What = 'a connection that is closed'; Count = 3; Splat = @{ RetryIntervalSec = 0 }; Reply = @{ kind = 'completion'; text = 'x'; closeBeforeHeaders = $true } }
        @{ What = 'a wait of a day'; Count = 1; Splat = @{}; Reply = @{ kind = 'error'; status = 429; message = 'no'; headers = @{ 'retry-after' = '86400' } } }
    ) {
        Set-ServerScript $server (1..5 | ForEach-Object { $Reply })
        $failure = Get-TestError { Invoke-GptChat hello @Splat }
        $failure | Should -Not -BeNullOrEmpty
        $failure.Exception.Attempts | Should -Be $Count
        Get-ServerRequest $server | Should -HaveCount $Count
    }

    It 'says how long the server asked for where that is too long' {
        Set-ServerScript $server (Busy 429 @{ 'retry-after' = '86400' })
        "$(Get-TestError { Invoke-GptChat hello })" | Should -BeLike '*asks to wait 86400 seconds*'
    }

    It 'says that a try may have been billed' {
        Set-ServerScript $server @{ kind = 'completion'; text = 'late'; hangBeforeHeaders = $true }, @{ kind = 'completion'; text = 'here' }
        $said = Split-Stream { Invoke-GptChat hello -Verbose -ResponseTimeoutSeconds 0.3 -RetryIntervalSec 0 }
        $said.Output | Should -BeExactly here
        $said.Verbose -like 'Try *' | Should -BeExactly 'Try 1 of at most 3 failed: ResponseTimeout. It may have been run and billed. The next follows in 0 seconds.'
    }

    It 'is waited for by progress that is gone afterwards' {
        Set-ServerScript $server (Busy 429 @{ 'retry-after' = '1' }), @{ kind = 'completion'; text = 'here' }
        $call = Stop-TestCall $server.BaseUri 'Invoke-GptChat hello; while ($true) { [Threading.Thread]::Sleep(5) }' { param($soFar) $soFar.Said -eq 'here' }
        $call.Said | Should -BeExactly here
        $call.Progress.Count | Should -BeGreaterThan 1
        $call.Progress[0].Activity | Should -BeExactly 'Waiting for 127.0.0.1'
        $call.Progress[0].StatusDescription | Should -BeLike 'Try 1 of at most 3 failed: RateLimit (429)*'
        $call.Progress[0].SecondsRemaining | Should -BeIn 0, 1
        $call.Progress[-1].RecordType | Should -Be Completed
    }
}

Describe 'A limit of time' {
    BeforeEach {
        Reset-Connection
    }

    It 'has an error of its own for <What>' -ForEach @(
        @{ What = 'the headers'; Id = 'ResponseTimeout'; Parameter = '-ResponseTimeoutSeconds'; Reply = @{ kind = 'completion'; text = 'x'; hangBeforeHeaders = $true } }
        @{ What = 'the body'; Id = 'OperationTimeout'; Parameter = '-OperationTimeoutSeconds'; Reply = @{ kind = 'completion'; text = 'x'; hangAfter = 20 } }
        @{ What = 'the next event'; Id = 'OperationTimeout'; Parameter = '-OperationTimeoutSeconds'; Reply = @{ kind = 'stream'; deltas = 'par', 'tial'; hangAfter = @{ events = 3 } } }
    ) {
        Set-ServerScript $server $Reply, @{ kind = 'completion'; text = 'again' }
        $limit = @{ ($Parameter -replace '-') = 0.3 }
        $failure = Get-TestError { Invoke-GptChat hello -MaximumRetryCount 0 @limit }
        $failure.FullyQualifiedErrorId | Should -BeExactly "GptChat.$Id,GptChat.Cmdlets.InvokeGptChatCommand"
        $failure.CategoryInfo.Category | Should -Be OperationTimeout
        "$failure" | Should -BeLike "*0.3 seconds*$Parameter*"
        (Get-ServerRequest $server -Finished 1)[0].reply | Should -Be aborted

        # Nothing sticks.
        Invoke-GptChat hello | Should -BeExactly again
    }

    It 'has one for a connection that does not come about' {
        $listener = Start-SilentListener
        try {
            $silent = Connect-GptChat -BaseUri "https://127.0.0.1:$($listener.LocalEndpoint.Port)/v1" -Model m -Name silent -PassThru
            $failure = Get-TestError { Invoke-GptChat hello -Connection $silent -ConnectionTimeoutSeconds 0.3 -MaximumRetryCount 0 }
        }
        finally {
            $listener.Stop()
            Disconnect-GptChat silent
        }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'GptChat.ConnectTimeout,GptChat.Cmdlets.InvokeGptChatCommand'
        $failure.CategoryInfo.Category | Should -Be OperationTimeout
        "$failure" | Should -BeLike '*127.0.0.1 within 0.3 seconds*-ConnectionTimeoutSeconds*'
    }

    It 'is refused where it is no time: <Value>' -ForEach @{ Value = -1 }, @{ Value = [double]::NaN }, @{ Value = 1e12 } {
        Clear-ServerRequest $server
        foreach ($name in 'ConnectionTimeoutSeconds', 'ResponseTimeoutSeconds', 'OperationTimeoutSeconds', 'RetryIntervalSec') {
            $limit = @{ $name = $Value }
            (Get-TestError { Invoke-GptChat hello @limit }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        }

        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'may be as long as it gets, and none' {
        Clear-ServerRequest $server
        foreach ($seconds in (Get-Command Invoke-GptChat).Parameters.ResponseTimeoutSeconds.Attributes.MaxRange, 0) {
            Invoke-GptChat hello -ConnectionTimeoutSeconds $seconds -ResponseTimeoutSeconds $seconds -OperationTimeoutSeconds $seconds | Should -BeExactly hello
            -join (Invoke-GptChat hello -Stream -ConnectionTimeoutSeconds $seconds -ResponseTimeoutSeconds $seconds -OperationTimeoutSeconds $seconds) | Should -BeExactly hello
        }
    }
}

Describe 'Ctrl+C' {
    BeforeEach {
        Reset-Connection
    }

    It 'stops the wait for the next try' {
        Set-ServerScript $server (Busy 429 @{ 'retry-after' = '50' })
        $call = Stop-TestCall $server.BaseUri 'Invoke-GptChat hello -Verbose' { param($soFar) $soFar.Progress.Count -gt 0 }
        $call.Verbose -like 'Try *' | Should -BeExactly 'Try 1 of at most 3 failed: RateLimit (429). The next follows in 50 seconds.'
        $call.Progress[0].SecondsRemaining | Should -BeGreaterThan 30
        $call.State | Should -Be Stopped
        $call.Errors + $call.Global | Should -Be 0
        Get-ServerRequest $server | Should -HaveCount 1
    }

    It 'stops the wait at the gate' {
        Set-ServerScript $server (Busy 429 @{ 'retry-after' = '50' })
        $script = 'try { Invoke-GptChat one -MaximumRetryCount 0 } catch { $Error.Clear() }; Invoke-GptChat two -Verbose'
        $call = Stop-TestCall $server.BaseUri $script { param($soFar) $soFar.Progress.Count -gt 0 }
        $call.Verbose -like 'Held *' | Should -BeLike 'Held back for * seconds: the server told another request of this connection to wait.'
        $call.State | Should -Be Stopped
        $call.Errors + $call.Global | Should -Be 0
        Get-ServerRequest $server | Should -HaveCount 1
    }

    It 'stops <What>, and closes the connection' -ForEach @(
        @{ What = 'a secure connection that is not answered'; Scheme = 'https'; Script = 'Invoke-GptChat hello' }
        @{ What = 'an upload that is not read'; Scheme = 'http'; Script = '$text = "x" * 67108864; Invoke-GptChat $text' }
        @{ What = 'a test of a connection'; Scheme = 'https'; Script = 'Test-GptConnection' }
        @{ What = 'a list of models'; Scheme = 'http'; Script = 'Get-GptModel' }
    ) {
        $listener = Start-SilentListener
        try {
            $script:peer = $null
            $call = Stop-TestCall "${Scheme}://127.0.0.1:$($listener.LocalEndpoint.Port)/v1" $Script {
                # Of several connections the last counts: a test opens one for the port alone, and closes it.
                while ($listener.Pending()) { $script:peer = $listener.AcceptSocket() }
                $script:peer -and $script:peer.Available -gt 0
            }
            $call.State | Should -Be Stopped
            $call.Errors + $call.Global | Should -Be 0

            # The end of what was sent, or a reset: never the end of patience.
            $script:peer.ReceiveTimeout = 20000
            $end = try { while ($script:peer.Receive([byte[]]::new(1MB)) -gt 0) { }; 'closed' } catch { $_.Exception.InnerException.SocketErrorCode }
            $end | Should -BeIn closed, ConnectionReset
        }
        finally {
            if ($script:peer) { $script:peer.Dispose() }
            $listener.Stop()
        }
    }

    It 'leaves the conversation as it was' {
        Set-ServerScript $server @{ kind = 'completion'; text = 'one' }, @{ kind = 'stream'; deltas = 'tw', 'o'; hangAfter = @{ events = 2 } }
        $conversation = New-GptConversation interrupted
        try {
            $null = Invoke-GptChat first -Conversation $conversation
            Invoke-GptChat second -Conversation $conversation -Stream | Select-Object -First 1 | Should -BeExactly tw
            $conversation.Messages | Should -HaveCount 2
            Clear-ServerRequest $server
            $null = Invoke-GptChat third -Conversation $conversation
            (Get-ServerRequest $server)[0].json.messages.content | Should -Be first, one, third
        }
        finally {
            Remove-Module GptChat
            Import-Module (Get-ModuleManifest) -Global
        }
    }
}

Describe 'A recording' {
    BeforeAll {
        $environment = @{ OPENAI_API_KEY = 'sk-test-1234567890'; OPENAI_BASE_URL = $server.BaseUri }
    }

    BeforeEach {
        Reset-Connection
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
    }

    It 'outlives the kill of the shell that writes it' {
        Set-ServerScript $server @{ kind = 'completion'; text = 'kept' }, @{ kind = 'stream'; deltas = 'lo', 'st'; hangAfter = @{ events = 2 } }
        $start = New-ProcessStart (Get-ShellPath) ('-NoProfile', '-NonInteractive', '-Command', "Import-Module '$(Get-ModuleManifest)'; `$null = Invoke-GptChat first -Model m -Record '$file'; Invoke-GptChat second -Model m -Stream -Record '$file' | ForEach-Object Text") $environment
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        try {
            $null = Get-ServerRequest $server -Received 2
            $process.StandardOutput.ReadLine() | Should -BeExactly lo
        }
        finally {
            $process.Kill()
            $process.WaitForExit()
            $process.Dispose()
        }

        Get-Content -LiteralPath $file | Should -HaveCount 1
        Invoke-GptChat first -Model m -Replay $file | Should -BeExactly kept
        (Get-TestError { Invoke-GptChat second -Model m -Stream -Replay $file }).FullyQualifiedErrorId | Should -BeLike 'GptChat.ReplayMiss,*'
        Get-Content -Raw -LiteralPath $file | Should -Not -Match 'sk-test-1234567890'
    }

    It 'that a kill has cut in the middle of a line goes on behind it' {
        $null = Invoke-GptChat first -Record $file
        $null = Invoke-GptChat second -Record $file
        $bytes = [IO.File]::ReadAllBytes($file)
        [IO.File]::WriteAllBytes($file, $bytes[0..($bytes.Length - 40)])
        $null = Invoke-GptChat third -Record $file
        Clear-ServerRequest $server
        Invoke-GptChat first -Replay $file | Should -BeExactly first
        Invoke-GptChat third -Replay $file | Should -BeExactly third
        (Get-TestError { Invoke-GptChat second -Replay $file }).FullyQualifiedErrorId | Should -BeLike 'GptChat.ReplayMiss,*'
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'keeps nothing of an answer that was stopped' {
        Set-ServerScript $server @{ kind = 'stream'; deltas = 'a', 'b'; hangAfter = @{ events = 2 } }
        $null = Invoke-GptChat hello -Stream -Record $file | Select-Object -First 1
        (Get-Item -LiteralPath $file).Length | Should -Be 0
    }

    It 'belongs to its owner (only on Unix)' -Skip:($PSEdition -eq 'Desktop' -or $IsWindows) {
        $null = Invoke-GptChat hello -Record $file
        (Get-Item -LiteralPath $file).UnixMode | Should -BeExactly '-rw-------'
    }

    It 'that cannot be written costs no answer (only where there is /dev/full)' -Skip:(-not (Test-Path /dev/full)) {
        $answer = Invoke-GptChat hello -Record /dev/full -ErrorVariable problem -ErrorAction SilentlyContinue
        $answer | Should -BeExactly hello
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'GptChat.RecordingNotUsable,*'
        "$problem" | Should -BeLike 'The answer came, but*-Record*'
        $problem[0].Exception.Response.Content | Should -BeExactly hello
    }

    It 'that has no place is refused before anything is sent' {
        Clear-ServerRequest $server
        "$(Get-TestError { Invoke-GptChat hello -Record "$TestDrive/nowhere/r.jsonl" })" | Should -BeLike '*-Record*Nothing was sent*'
        Get-ServerRequest $server | Should -HaveCount 0
    }
}
