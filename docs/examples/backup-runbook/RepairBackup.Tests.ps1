# Tests that need no network, no account and no key: the answers, calls of tools included, stand in RepairBackup.jsonl.

BeforeAll {
    Import-Module "$PSScriptRoot/../../../GptChat.psd1"     # in a checkout of your own: Import-Module GptChat
    $before = $env:GPTCHAT_RECORDING
    if (-not $before) { $env:GPTCHAT_RECORDING = "$PSScriptRoot/RepairBackup.jsonl" }

    function Invoke-Runbook([string] $Log) {
        $restarts = [Collections.Generic.List[string]]::new()
        $restart = { $restarts.Add('restarted'); [pscustomobject]@{ Name = 'VeeamBackupSvc'; Status = 'Running' } }.GetNewClosure()
        $said = & "$PSScriptRoot/Repair-Backup.ps1" -LogPath $Log -TicketPath "$TestDrive/ticket.json" -AuditPath "$TestDrive/audit.jsonl" -Restart $restart
        [pscustomobject]@{
            Said     = "$said"
            ExitCode = $LASTEXITCODE
            Restarts = $restarts.Count
            Ticket   = Get-Content "$TestDrive/ticket.json" -Raw | ConvertFrom-Json
            Audit    = @(Get-Content "$TestDrive/audit.jsonl" | ConvertFrom-Json)
        }
    }
}

AfterAll { $env:GPTCHAT_RECORDING = $before }

Describe 'Repair-Backup' {
    BeforeEach {
        Remove-Item "$TestDrive/*" -Recurse -Force
        Reset-GptRecording
    }

    It 'leaves the service alone where a restart does not help' {
        $run = Invoke-Runbook "$PSScriptRoot/logs/media.log"
        $run.ExitCode | Should -Be 2
        $run.Restarts | Should -Be 0
        $run.Ticket.title | Should -Be 'Backup failed and needs you'
        $run.Ticket.text | Should -Match 'drive 3'
        $run.Audit.event | Should -Be 'tool', 'answer'
        $run.Audit[0].name | Should -Be Search-BackupLog
    }

    It 'restarts the service where it hung' {
        $run = Invoke-Runbook "$PSScriptRoot/logs/hung.log"
        $run.ExitCode | Should -Be 0
        $run.Restarts | Should -Be 1
        $run.Ticket.title | Should -Be 'Backup failed; its service was started again'
        $run.Audit.name | Should -Contain Restart-BackupService
    }

    It 'restarts it once, however often the model asks' {
        $run = Invoke-Runbook "$PSScriptRoot/logs/insistent.log"
        $run.Restarts | Should -Be 1
        $run.Audit | Where-Object name -eq Restart-BackupService | ForEach-Object outcome | Should -Be 'Succeeded', 'Failed'
    }

    It 'leaves a ticket and an audit when it fails itself' {
        Set-Content "$TestDrive/other.jsonl" (Get-Content "$PSScriptRoot/../recorded-tests/LogTriage.jsonl" -TotalCount 1)
        $env:GPTCHAT_RECORDING, $recording = "$TestDrive/other.jsonl", $env:GPTCHAT_RECORDING
        try { $run = Invoke-Runbook "$PSScriptRoot/logs/hung.log" }
        finally { $env:GPTCHAT_RECORDING = $recording }
        $run.ExitCode | Should -Be 1
        $run.Restarts | Should -Be 0
        $run.Ticket.title | Should -Be 'Backup failed, and so did its runbook'
        $run.Audit[-1].id | Should -BeLike 'GptChat.ReplayMiss,*'
    }

    It 'says so where there is no log' {
        $run = Invoke-Runbook "$TestDrive/nowhere.log"
        $run.ExitCode | Should -Be 1
        $run.Ticket.text | Should -Match 'There is no log'
    }

    It 'asks all that is in the recording' {
        'media', 'hung', 'insistent' | ForEach-Object { $null = Invoke-Runbook "$PSScriptRoot/logs/$_.log" }
        (Get-GptRecording "$PSScriptRoot/RepairBackup.jsonl").Unused | Should -BeNullOrEmpty
    }
}
