# Tests that need no network, no account and no key: the answers stand in NightlyTriage.jsonl.

BeforeAll {
    Import-Module "$PSScriptRoot/../../../GptChat.psd1"     # in a checkout of your own: Import-Module GptChat
    $before = $env:GPTCHAT_RECORDING
    if (-not $before) { $env:GPTCHAT_RECORDING = "$PSScriptRoot/NightlyTriage.jsonl" }
    Reset-GptRecording

    function Invoke-Triage([string] $LogPath) {
        $said = & "$PSScriptRoot/Invoke-NightlyTriage.ps1" -LogPath $LogPath -OutputPath "$TestDrive/out"
        [pscustomobject]@{ Said = "$said"; ExitCode = $LASTEXITCODE }
    }

    function Get-Report([string] $Ending) { Get-ChildItem "$TestDrive/out" | Where-Object Name -match "^[\d-]+$([regex]::Escape($Ending))$" | Import-Csv }
}

AfterAll { $env:GPTCHAT_RECORDING = $before }

Describe 'Invoke-NightlyTriage' {
    BeforeEach {
        Remove-Item "$TestDrive/*" -Recurse -Force
        Copy-Item "$PSScriptRoot/logs" $TestDrive -Recurse
    }

    It 'puts the serious first and tells the scheduler' {
        $run = Invoke-Triage "$TestDrive/logs"
        $run.ExitCode | Should -Be 2
        $run.Said | Should -Be '2 logs, 1 serious, 0 not judged, 0.0000 dollars'
        $verdicts = Get-Report .csv
        $verdicts.Log | Should -Be 'backup.log', 'web.log'
        $verdicts.severity | Should -Be 'high', 'low'
        $verdicts[0].next | Should -Match 'tape'
        Get-Report .failed.csv | Should -BeNullOrEmpty
    }

    It 'asks nothing twice when it is run again' {
        $null = Invoke-Triage "$TestDrive/logs"
        $env:GPTCHAT_RECORDING, $recording = "$TestDrive/empty.jsonl", $env:GPTCHAT_RECORDING
        try {
            Set-Content "$TestDrive/empty.jsonl" (Get-Content "$PSScriptRoot/../recorded-tests/LogTriage.jsonl" -TotalCount 1)
            (Invoke-Triage "$TestDrive/logs").ExitCode | Should -Be 2
        }
        finally { $env:GPTCHAT_RECORDING = $recording }
    }

    It 'reads the others where one cannot be judged' {
        Set-Content "$TestDrive/logs/new.log" 'Nobody has recorded an answer about this one.'
        $run = Invoke-Triage "$TestDrive/logs"
        $run.ExitCode | Should -Be 1
        (Get-Report .csv).Log | Should -Be 'backup.log', 'web.log'
        $failed = Get-Report .failed.csv
        $failed.Log | Should -Be new.log
        $failed.Reason | Should -Be ReplayMiss
    }

    It 'has nothing to say about an empty folder' {
        Remove-Item "$TestDrive/logs/*"
        (Invoke-Triage "$TestDrive/logs").ExitCode | Should -Be 0
    }

    It 'fails where the folder is missing' {
        (Invoke-Triage "$TestDrive/nowhere").ExitCode | Should -Be 1
    }

    It 'asks all that is in the recording' {
        $null = Invoke-Triage "$TestDrive/logs"
        (Get-GptRecording "$PSScriptRoot/NightlyTriage.jsonl").Unused | Should -BeNullOrEmpty
    }
}
