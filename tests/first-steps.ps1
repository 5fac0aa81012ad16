<#
.SYNOPSIS
What a user does first, with a packaged or installed module and no network; in Windows PowerShell 5.1 too. It fails with the first thing that is wrong.
#>
param(
    # The folder that holds the module.
    [string] $Module = (Join-Path $PSScriptRoot '..')
)
$ErrorActionPreference = 'Stop'
$manifest = Get-ChildItem -LiteralPath $Module -Recurse -Filter GptChat.psd1 | Select-Object -First 1
$replay = @{ Replay = Join-Path $PSScriptRoot '../docs/recordings/first-steps.jsonl' }
$folder = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
$null = New-Item $folder -ItemType Directory

function Assert-That([string] $What, $Is, $MustBe) {
    if ("$Is" -cne "$MustBe") { throw "$What is '$Is' and not '$MustBe'." }
    "ok: $What"
}

try {
    Import-Module $manifest.FullName
    $reply = Invoke-GptChat 'What are the three laws of thermodynamics?' @replay
    Assert-That 'The type of an answer' $reply.GetType().FullName 'System.String'
    Assert-That 'What it used' $reply.Usage.TotalTokens 136
    $pieces = @(Invoke-GptChat 'What are the three laws of thermodynamics?' @replay -Stream)
    Assert-That 'The pieces of a stream together' (-join $pieces) $reply
    Assert-That 'The conversation that goes on' ((Invoke-GptChat 'Which of them forbids a perpetual motion machine?' -Continue @replay).Length -gt 0) $true
    Assert-That 'The count of tokens' ('The quick brown fox' | Measure-GptToken -Model gpt-5.1).Tokens 4
    Export-GptConversation (Join-Path $folder talk.json)
    Assert-That 'A conversation from a file' (Import-GptConversation (Join-Path $folder talk.json)).Messages.Count 4
    $id = try { Invoke-GptChat 'Something else' @replay } catch { $_.FullyQualifiedErrorId }
    Assert-That 'The error of a question that was not recorded' $id 'GptChat.ReplayMiss,GptChat.Cmdlets.InvokeGptChatCommand'
    Assert-That 'The view of a usage' (($reply.Usage | Out-String) -match 'Prompt\s+Cached') $true
    Assert-That 'The synopsis of the help' (Get-Help Invoke-GptChat).Synopsis.Trim().Length.CompareTo(20) 1
    Remove-Module GptChat
}
finally { Remove-Item -LiteralPath $folder -Recurse -Force }
