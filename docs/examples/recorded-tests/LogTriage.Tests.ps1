# Tests that need no network, no account and no key: the answers stand in LogTriage.jsonl.
#
# To record it anew, delete the file, connect, and run the tests with
#     $env:GPTCHAT_RECORDING = "replay-or-record=$PWD/LogTriage.jsonl"
# before Invoke-Pester; BeforeAll leaves a value that is there.

BeforeAll {
    Import-Module "$PSScriptRoot/../../../GptChat.psd1"     # in a module of your own: Import-Module GptChat
    Import-Module "$PSScriptRoot/LogTriage.psm1" -Force
    $recording = "$PSScriptRoot/LogTriage.jsonl"
    $before = $env:GPTCHAT_RECORDING
    if (-not $before) { $env:GPTCHAT_RECORDING = $recording }
    Reset-GptRecording
}

AfterAll {
    $env:GPTCHAT_RECORDING = $before
    Remove-Module LogTriage
}

Describe 'Get-LogSeverity' {
    It 'says how bad a log is' {
        $found = Get-ChildItem "$PSScriptRoot/logs/*.log" | Get-LogSeverity
        $found.File | Should -Be 'backup.log', 'raid.log'
        $found.Severity | Should -Be 'low', 'high'
    }

    It 'fails where it asks something that was never answered' {
        Set-Content "$TestDrive/new.log" 'Nobody has seen this one.'
        { Get-Item "$TestDrive/new.log" | Get-LogSeverity -ErrorAction Stop } | Should -Throw '*holds no such request. The nearest is in line *'
    }

    It 'asks everything that is in the recording' {
        (Get-GptRecording $recording).Unused | Should -BeNullOrEmpty
    }
}
