#Requires -Modules GptChat

<#
.SYNOPSIS
Judges the night's logs, each by itself, and ends with a number that a scheduler understands.
.DESCRIPTION
Writes DAY.csv with a verdict for each log and, where some could not be judged, DAY.failed.csv with the reason. Run again on the same
day it goes on where it ended: what was answered stands in DAY.journal.jsonl and is not paid for twice.

Exit codes: 0 nothing serious, 1 some logs or all of them could not be judged, 2 a log is serious (and all were judged).
.EXAMPLE
pwsh -NoProfile -NonInteractive -File Invoke-NightlyTriage.ps1 -LogPath /var/log/app -OutputPath /var/lib/triage
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $LogPath,
    [Parameter(Mandatory)] [string] $OutputPath,

    # A vault's name for the key. Without it the environment's variables are used.
    [string] $SecretName,

    # US dollars for all logs together.
    [decimal] $MaxCost = 1
)
$ErrorActionPreference = 'Stop'
try {
    if ($SecretName) { Connect-GptChat -Provider OpenAI -SecretName $SecretName }
    $null = New-Item $OutputPath -ItemType Directory -Force
    $day = Join-Path $OutputPath (Get-Date -Format yyyy-MM-dd)
    $logs = @(Get-ChildItem $LogPath -Filter *.log -File | Where-Object Length -gt 0)
    if ($logs.Count -eq 0) { "No logs in $LogPath."; exit 0 }

    $question = @{
        Prompt              = 'What happened here, and how bad is it?'
        System              = 'You are a terse SRE. High means that somebody must get up.'
        Schema              = 'severity (low|medium|high), cause, next: the first thing to do'
        Repair              = 1
        Each                = $true
        Journal             = "$day.journal.jsonl"
        Redact              = $true
        MaxCost             = $MaxCost
        MaxCompletionTokens = 500
        MaximumRetryCount   = 5

        # One log that fails is no reason to leave the others unread.
        ErrorAction         = 'SilentlyContinue'
        ErrorVariable       = 'failed'
    }
    $verdicts = @($logs | Invoke-GptChat @question |
        Select-Object @{ Name = 'Log'; Expression = { $_.Response.Source.Name } }, severity, cause, next |
        Sort-Object { @('high', 'medium', 'low').IndexOf($_.severity) }, Log)
    $verdicts | Export-Csv "$day.csv" -NoTypeInformation
    Remove-Item "$day.failed.csv" -ErrorAction Ignore
    if ($failed) {
        $failed | Select-Object @{ Name = 'Log'; Expression = { $_.TargetObject.Name } }, @{ Name = 'Reason'; Expression = { $_.Exception.Kind } }, @{ Name = 'Message'; Expression = { "$_" } } |
            Export-Csv "$day.failed.csv" -NoTypeInformation
    }

    $serious = @($verdicts | Where-Object severity -eq high)
    '{0} logs, {1} serious, {2} not judged, {3:0.0000} dollars' -f $logs.Count, $serious.Count, $failed.Count, [double] (Get-GptUsage | Measure-Object Cost -Sum).Sum
    if ($failed) { exit 1 }
    if ($serious) { exit 2 }
    exit 0
}
catch {
    # What would hit every log ends here: a key that is wrong, a budget that is used up, a folder that is not there.
    [Console]::Error.WriteLine("Nightly triage failed: $_")
    exit 1
}
