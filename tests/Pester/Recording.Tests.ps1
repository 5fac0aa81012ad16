BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $manifest = Get-ModuleManifest

    # A recording in which each prompt is answered with itself.
    function New-Recording {
        param([string] $Path, [string[]] $Prompt)
        foreach ($one in $Prompt) { $null = Invoke-GptChat $one -Connection test -Record $Path }
        Clear-ServerRequest $server
        $Path
    }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'A recording in the environment' {
    AfterEach { $env:GPTCHAT_RECORDING = $null }

    It 'answers a program that knows nothing of it' {
        $file = New-Recording "$TestDrive/env.jsonl" hello, one, two
        $script = "Import-Module '$manifest'; Invoke-GptChat hello; 'one', 'two' | Invoke-GptChat -Each; Invoke-GptChat hello -Live"
        $run = Invoke-Shell $script -Environment @{ GPTCHAT_RECORDING = $file; OPENAI_API_KEY = 'sk-x'; OPENAI_BASE_URL = $server.BaseUri }
        ($run.Output -split '\r?\n').Where{ $_ } | Should -BeExactly hello, one, two, hello
        $run.Error | Should -BeNullOrEmpty
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'answers jobs, which inherit it' {
        $env:GPTCHAT_RECORDING = New-Recording "$TestDrive/job.jsonl" hello
        Start-Job { Import-Module $using:manifest; Invoke-GptChat hello } | Receive-Job -Wait -AutoRemoveJob | Should -BeExactly hello
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'answers parallel work, which inherits it (only PowerShell 7 has it)' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $env:GPTCHAT_RECORDING = New-Recording "$TestDrive/parallel.jsonl" hello
        1..3 | ForEach-Object -Parallel { Import-Module $using:manifest; Invoke-GptChat hello } | Should -BeExactly hello, hello, hello
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'answers the command line' {
        $file = New-Recording "$TestDrive/cli.jsonl" hello
        $run = Invoke-Program dotnet (Get-CliPath) -StandardInput hello -Environment @{ GPTCHAT_RECORDING = $file }
        $run.ExitCode | Should -Be 0
        $run.Output.Trim() | Should -BeExactly hello
        $miss = Invoke-Program dotnet (Get-CliPath) -StandardInput other -Environment @{ GPTCHAT_RECORDING = $file }
        $miss.ExitCode | Should -Be 1
        $miss.Error | Should -BeLike '*holds no such request. The nearest is in line 1: *recorded "hello", sent "other"*'
        $bad = Invoke-Program dotnet (Get-CliPath) -StandardInput hello -Environment @{ GPTCHAT_RECORDING = 'recrod=x' }
        $bad.Error | Should -BeLike '*GPTCHAT_RECORDING*replay-or-record=PATH*'
    }

    It 'is told by -Verbose, and by an error where it is wrong' {
        $env:GPTCHAT_RECORDING = New-Recording "$TestDrive/told.jsonl" hello
        (Invoke-GptChat hello -Verbose 4>&1 | Out-String) | Should -BeLike "*Replaying *told.jsonl, as GPTCHAT_RECORDING says.*Nothing was sent*line 1*"
        $env:GPTCHAT_RECORDING = 'replay-or-record='
        "$(Get-TestError { Invoke-GptChat hello })" | Should -BeLike '*GPTCHAT_RECORDING*no path*'
    }
}

Describe 'A recording of a connection' {
    AfterEach { Connect-GptChat -BaseUri $server.BaseUri -Model test-model -Name test }

    It 'is all that is needed, and is shown' {
        $file = New-Recording "$TestDrive/only.jsonl" hello
        Connect-GptChat -Replay $file -Name offline
        Invoke-GptChat hello | Should -BeExactly hello
        (Get-GptConnection offline | Format-Table | Out-String -Width 300) | Should -BeLike "*recording://replay*replays $file*"
        Disconnect-GptChat offline
    }

    It 'travels into a job' {
        $file = New-Recording "$TestDrive/travel.jsonl" hello
        $connection = Connect-GptChat -Replay $file -Name travelling -PassThru
        Start-Job { Import-Module $using:manifest; Invoke-GptChat hello -Connection $using:connection } | Receive-Job -Wait -AutoRemoveJob | Should -BeExactly hello
        Disconnect-GptChat travelling
    }

    It 'is added to by what it does not hold' {
        Connect-GptChat -BaseUri $server.BaseUri -Model test-model -Name both -ReplayOrRecord "$TestDrive/both.jsonl"
        Clear-ServerRequest $server
        foreach ($run in 1, 2) {
            Reset-GptRecording
            'one', 'two' | Invoke-GptChat -Each | Should -BeExactly one, two
        }
        Get-ServerRequest $server | Should -HaveCount 2
        (Get-GptConnection both).ReplayOrRecord | Should -Be (Join-Path $TestDrive both.jsonl)
        Disconnect-GptChat both
    }
}

Describe 'What was not used' {
    It 'is listed for people' {
        $file = New-Recording "$TestDrive/unused.jsonl" hello, 'never asked again'
        $null = Invoke-GptChat hello -Replay $file
        $shown = Get-GptRecording $file | Out-String -Width 200
        $shown | Should -BeLike '*Exchanges : 2*Used      : 1*Unused    : line 2: never asked again*'
        (Get-GptRecording $file).Unused | Out-String -Width 100 | Should -BeLike '*Line Model*Prompt*2 test-model*never asked again*'
        $null = Invoke-GptChat 'never asked again' -Replay $file
        Get-GptRecording $file | Out-String | Should -BeLike '*Unused    : none*'
    }
}

Describe 'A miss' {
    It 'shows where a long prompt differs' {
        $log = 'all is well, ' * 500
        $file = New-Recording "$TestDrive/long.jsonl" ($log + 'disk OK, ' + $log)
        $failure = Get-TestError { Invoke-GptChat ($log + 'disk FULL, ' + $log) -Replay $file }
        "$failure" | Should -BeLike '*line 1: messages`[0`].content, from character 6506 on: recorded *"*disk OK, *"*, sent *"*disk FULL, *"*'
        "$failure".Length | Should -BeLessThan 600
    }
}

Describe 'A cache' {
    It 'answers a rerun in a new program, for nothing' {
        $script = "Import-Module '$manifest'; Connect-GptChat -BaseUri $($server.BaseUri) -Model m -Cache '$TestDrive/c.jsonl'; 1..3 | Invoke-GptChat 'Say' -Each; (Invoke-GptChat last).Response.FromCache"
        Clear-ServerRequest $server
        $first = (Invoke-Shell $script).Output.Trim() -split '\r?\n'
        $second = (Invoke-Shell $script).Output.Trim() -split '\r?\n'
        $first[-1], $second[-1] | Should -Be False, True
        $second[0..($second.Count - 2)] | Should -BeExactly $first[0..($first.Count - 2)]
        Get-ServerRequest $server | Should -HaveCount 4
    }

    It 'says what Clear-GptCache would take out' {
        $null = Invoke-GptChat hello -Cache "$TestDrive/clear.jsonl"
        $run = Invoke-Shell "Import-Module '$manifest'; Clear-GptCache '$TestDrive/clear.jsonl' -WhatIf; Clear-GptCache '$TestDrive/clear.jsonl'; (Get-Item '$TestDrive/clear.jsonl').Length"
        $said, $length = $run.Output.Trim() -split '\r?\n'
        $said | Should -BeLike 'What if: Take 1 of 1 answers out of *clear.jsonl'
        $length | Should -Be 0
    }

    It 'is shown with its connection and its response' {
        Connect-GptChat -BaseUri $server.BaseUri -Model m -Name cached -Cache "$TestDrive/shown.jsonl" -CacheExpiry 7.00:00:00
        $null = Invoke-GptChat hello
        (Invoke-GptChat hello).Response | Out-String | Should -BeLike '*FromCache *: True*'
        (Get-GptConnection cached | Format-Table | Out-String -Width 300) | Should -BeLike '*caches in *shown.jsonl*'
        Disconnect-GptChat cached
        Connect-GptChat -BaseUri $server.BaseUri -Model test-model -Name test
    }
}
