BeforeDiscovery {
    $isUnix = -not ($IsWindows -or $PSEdition -eq 'Desktop')
}

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $saved = Clear-ProviderEnvironment
    $server = Start-TestServer
    $program = Get-CliPath
    $environment = @{ OPENAI_API_KEY = 'sk-test-1234567890'; OPENAI_BASE_URL = $server.BaseUri }

    function Invoke-Cli {
        param([string[]] $Argument, [string] $StandardInput, [hashtable] $With = $environment, [string] $In = $TestDrive)
        $parameters = @{ Path = 'dotnet'; Argument = @($program) + $Argument; Environment = $With; WorkingDirectory = $In }
        if ($PSBoundParameters.ContainsKey('StandardInput')) { $parameters.StandardInput = $StandardInput }
        Invoke-Program @parameters
    }

    # A shell's redirections, which no other way of starting a program offers.
    function Invoke-Sh {
        param([string] $Script)
        Invoke-Program -Path sh -Argument '-c', $Script, 'sh', $program -Environment $environment -TimeoutSec 30
    }
}

AfterAll {
    Stop-TestServer $server
    Restore-ProviderEnvironment $saved
    Remove-Module TestServer
}

Describe 'gptchat' {
    BeforeEach {
        Clear-ServerRequest $server
    }

    It 'prints what it is given to standard output and nothing to standard error' {
        $run = Invoke-Cli 'hello 😀', '-Model', 'm' -StandardInput 'text'
        $run.Output | Should -BeExactly "hello 😀`n`ntext`n"
        $run.Error | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
    }

    It 'adds a line end only where none is' {
        Set-ServerScript $server @{ kind = 'stream'; deltas = 'one', "`n", "  two`n" }
        (Invoke-Cli 'x', '-Model', 'm' -StandardInput 'y').Output | Should -BeExactly "one`n  two`n"
    }

    It 'sends lines of standard input, and what stands around them, as they are' {
        (Invoke-Cli 'Q', '-Model', 'm' -StandardInput "a`n    b`n`nc`n").Output | Should -BeExactly "Q`n`na`n    b`n`nc`n"
    }

    It 'takes what looks like code as text' {
        $text = 'it''s $(Get-Date) `n @{a=1}; "x" | y'
        (Invoke-Cli $text, '-Model', 'm' -StandardInput 'z').Output | Should -BeExactly "$text`n`nz`n"
    }

    It 'takes everything after -- as text' {
        (Invoke-Cli '-Model', 'm', '--', '-Model is a parameter' -StandardInput 'z').Output | Should -BeLike '-Model is a parameter*'
    }

    It 'reads -Path from its own working directory' {
        Set-Content -LiteralPath "$TestDrive/note.txt" -Value inside
        (Invoke-Cli 'Q', '-Model', 'm', '-Path', 'note.txt' -StandardInput 'z').Output | Should -BeLike '*note.txt*inside*'
    }

    It 'exits with 2 for arguments that cannot be used: <What>' -ForEach @(
        @{ What = 'an unknown parameter'; Arguments = 'x', '-Nope' }
        @{ What = 'words without quotes'; Arguments = 'x', 'y', 'z' }
        @{ What = 'parameters that exclude each other'; Arguments = 'x', '-Stream', '-Live' }
        @{ What = 'an empty prompt'; Arguments = , '' }
    ) {
        $run = Invoke-Cli $Arguments -StandardInput 'z'
        $run.ExitCode | Should -Be 2
        $run.Error | Should -BeLike 'gptchat: *'
        $run.Output | Should -BeNullOrEmpty
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'exits with 1 and says why when the call fails' {
        Set-ServerScript $server @{ kind = 'error'; status = 401; message = 'Bad key sk-test-1234567890' }
        $run = Invoke-Cli 'x', '-Model', 'm' -StandardInput 'y'
        $run.ExitCode | Should -Be 1
        $run.Error | Should -BeLike 'gptchat: *OPENAI_API_KEY*'
        $run.Error | Should -Not -Match 'sk-test'
        $run.Output | Should -BeNullOrEmpty
    }

    It 'exits with 1 when the answer breaks off, after what came' {
        Set-ServerScript $server @{ kind = 'stream'; deltas = 'par', 'tial'; truncateAfter = @{ events = 3 } }
        $run = Invoke-Cli 'x', '-Model', 'm' -StandardInput 'y'
        $run.ExitCode | Should -Be 1
        $run.Output | Should -BeExactly "partial`n"
        $run.Error | Should -BeLike 'gptchat: The answer broke off*'
    }

    It 'says nothing came, and sends nothing, for an empty pipe' {
        $run = Invoke-Cli 'Q', '-Model', 'm'
        $run.ExitCode | Should -Be 1
        $run.Error | Should -BeLike '*Nothing was sent.*'
        Get-ServerRequest $server | Should -HaveCount 0
    }

    It 'says each remark once, on standard error' {
        Set-ServerScript $server @{ kind = 'stream'; deltas = 'cut', ' of'; finishReason = 'length' }
        $run = Invoke-Cli 'x', '-Model', 'm', '-Verbose' -StandardInput 'y'
        $run.ExitCode | Should -Be 0
        $run.Output | Should -BeExactly "cut of`n"
        $remarks = $run.Error -split '\r?\n' | Where-Object { $_ }
        $remarks | Should -HaveCount 4
        $remarks | Sort-Object -Unique | Should -HaveCount 4
        $remarks | Should -BeLike 'gptchat: *'
        $remarks[-1] | Should -BeLike 'gptchat: warning: *cut off*'
    }

    It 'shows its help' {
        $run = Invoke-Cli '--help'
        $run.ExitCode | Should -Be 0
        $run.Output | Should -BeLike '*Usage: gptchat PROMPT*Exit codes:*'
    }
}

Describe 'gptchat in a shell (only on Unix)' -Skip:(-not $isUnix) {
    BeforeEach {
        Clear-ServerRequest $server
    }

    It 'needs no standard input: <How>' -ForEach @(
        @{ How = 'the null device'; Redirection = '< /dev/null' }
        @{ How = 'a closed one'; Redirection = '<&-' }
    ) {
        $run = Invoke-Sh "exec dotnet `"`$1`" hello -Model m $Redirection"
        $run.Output | Should -BeExactly "hello`n"
        $run.ExitCode | Should -Be 0
    }

    It 'answers from a recording without an account' {
        $recording = Join-Path $PSScriptRoot ../../docs/recordings/first-steps.jsonl
        $run = Invoke-Sh "exec env -u OPENAI_API_KEY -u OPENAI_BASE_URL dotnet `"`$1`" 'What are the three laws of thermodynamics?' -Replay '$recording' < /dev/null"
        $run.Output | Should -BeLike '*entropy*'
        $run.Error | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
    }

    It 'stops when the reader of its output has gone' {
        $event = "data: {`"choices`":[{`"index`":0,`"delta`":{`"content`":`"line\n`"}}]}`n`n"
        Set-ServerScript $server @{ kind = 'sse'; body = ''; repeating = @{ text = $event; count = 100000000 } }
        $run = Invoke-Sh 'dotnet "$1" hello -Model m < /dev/null | head -n 1'
        $run.Output | Should -BeExactly "line`n"
        (Get-ServerRequest $server -Finished 1).reply | Should -Be aborted
    }

    It 'adds to a file that others write too' {
        (Invoke-Sh "{ echo before; dotnet `"`$1`" hello -Model m < /dev/null; echo after; } > '$TestDrive/shared.txt'; cat '$TestDrive/shared.txt'").Output |
            Should -BeExactly "before`nhello`nafter`n"
    }

    It 'fails when standard output is closed' {
        $run = Invoke-Sh 'dotnet "$1" hello -Model m < /dev/null >&-'
        $run.ExitCode | Should -Be 1
        $run.Error | Should -BeLike 'gptchat: *standard output*'
    }

    It 'fails when the disk is full (only where there is /dev/full)' -Skip:(-not (Test-Path /dev/full)) {
        $run = Invoke-Sh 'dotnet "$1" hello -Model m < /dev/null > /dev/full'
        $run.ExitCode | Should -Be 1
        $run.Error | Should -BeLike 'gptchat: *standard output*'
    }

    It 'exits with 130 on Ctrl+C <When>, and closes the connection' -ForEach @(
        @{ When = 'before the answer'; Reply = @{ kind = 'stream'; text = 'x'; hangBeforeHeaders = $true }; Output = '' }
        @{ When = 'in the middle of it'; Reply = @{ kind = 'stream'; deltas = 'par', 'tial'; hangAfter = @{ events = 3 } }; Output = "partial`n" }
    ) {
        Set-ServerScript $server $Reply
        $start = New-ProcessStart dotnet ($program, 'hello', '-Model', 'm') $environment
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        try {
            $process.StandardInput.WriteLine('text')
            $process.StandardInput.Close()
            $null = Get-ServerRequest $server -Received 1

            # What has been printed is read first: the signal must find the program waiting for more.
            $printed = ''
            while ($printed.Length -lt $Output.Trim().Length) { $printed += [char] $process.StandardOutput.Read() }
            kill -INT $process.Id
            $process.WaitForExit(10000) | Should -BeTrue
            $process.ExitCode | Should -Be 130
            $printed + $process.StandardOutput.ReadToEnd() | Should -BeExactly $Output
            $process.StandardError.ReadToEnd() | Should -BeNullOrEmpty
            (Get-ServerRequest $server -Finished 1).reply | Should -Be aborted
        }
        finally {
            if (-not $process.HasExited) { $process.Kill() }
            $process.Dispose()
        }
    }

    It 'exits with 130 on Ctrl+C while it waits for standard input' {
        $start = New-ProcessStart dotnet ($program, 'hello', '-Model', 'm')
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        try {
            # It has begun to read when a pipe's worth of input and more is gone.
            $block = [byte[]]::new(256KB)
            $process.StandardInput.BaseStream.Write($block, 0, $block.Length)
            $process.StandardInput.BaseStream.Flush()
            kill -INT $process.Id
            $process.WaitForExit(10000) | Should -BeTrue
            $process.ExitCode | Should -Be 130
            $process.StandardError.ReadToEnd() | Should -BeNullOrEmpty
        }
        finally {
            if (-not $process.HasExited) { $process.Kill() }
            $process.Dispose()
        }
    }
}
