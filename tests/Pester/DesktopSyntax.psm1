# Finds in a script what Windows PowerShell 5.1 cannot read, and what it does not have.

$script:Kinds = 'TernaryExpressionAst', 'PipelineChainAst'
$script:Operators = 'QuestionQuestion', 'QuestionQuestionEquals'
$script:Commands = 'Join-String', 'Test-Json', 'Get-Error', 'ConvertFrom-Markdown', 'Show-Markdown', 'Get-Uptime', 'Remove-Alias'
$script:Parameters = @{
    'ForEach-Object'       = 'Parallel', 'ThrottleLimit'
    'Get-Content'          = @('AsByteStream')
    'Set-Content'          = @('AsByteStream')
    'ConvertFrom-Json'     = 'Depth', 'AsHashtable', 'NoEnumerate', 'DateKind'
    'ConvertTo-Json'       = 'AsArray', 'EnumsAsStrings', 'EscapeHandling'
    'ConvertTo-Csv'        = 'UseQuotes', 'QuoteFields'
    'Export-Csv'           = 'UseQuotes', 'QuoteFields'
    'Invoke-RestMethod'    = 'SkipHttpErrorCheck', 'StatusCodeVariable', 'ResponseHeadersVariable', 'Authentication', 'Token', 'Form', 'NoProxy'
    'Invoke-WebRequest'    = 'SkipHttpErrorCheck', 'Authentication', 'Token', 'Form', 'NoProxy'
    'Select-String'        = 'Raw', 'NoEmphasis', 'Culture'
    'Sort-Object'          = 'Stable', 'Top', 'Bottom'
    'Split-Path'           = 'LeafBase', 'Extension'
    'Join-Path'            = @('AdditionalChildPath')
    'Get-Random'           = @('Shuffle')
    'Start-Job'            = @('WorkingDirectory')
    'Import-Module'        = @('UseWindowsPowerShell')
    'Out-String'           = @('NoNewline')
    'Get-ChildItem'        = @('FollowSymlink')
    'Measure-Object'       = @('StandardDeviation')
    'Test-Connection'      = 'TargetName', 'TcpPort', 'Traceroute'
}
$script:Members = 'ArgumentList', 'ProcessPath', 'GetRelativePath', 'UnixMode', 'ToHexString', 'HashData', 'IsBrowser'
$script:Variables = 'IsWindows', 'IsLinux', 'IsMacOS', 'IsCoreCLR'

function Read-Script([string] $Text) {
    $tokens = $errors = $null
    $ast = [Management.Automation.Language.Parser]::ParseInput($Text, [ref] $tokens, [ref] $errors)
    [pscustomobject]@{ Ast = $ast; Tokens = $tokens; Errors = $errors }
}

function Get-UnreadableSyntax {
    <# .SYNOPSIS What 5.1 cannot read, a line each: nothing, if it can read all. #>
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)
    $read = Read-Script $Text
    foreach ($problem in $read.Errors) { "$($problem.Extent.StartLineNumber): $($problem.Message)" }

    # By names, since these classes and members are not there in 5.1 itself.
    foreach ($node in $read.Ast.FindAll({ $true }, $true)) {
        $odd = $node.GetType().Name -in $script:Kinds -or "$($node.Operator)" -in $script:Operators -or $node.NullConditional -or $node.Background -or $node.GenericTypeArguments -or $node.CleanBlock
        if ($odd) { "$($node.Extent.StartLineNumber): $($node.Extent.Text)" }
    }

    $before = 0
    foreach ($token in $read.Tokens) {
        $odd = switch ("$($token.Kind)") {
            'Number' { $token.Text -match '^(0b|.*(?<!0x[0-9a-f]*)(u|y|s|n|uy|us|ul)$)' }
            { $_ -in 'StringExpandable', 'HereStringExpandable' } { $token.Text -match '(?<!`)(``)*`(e|u\{)' }
            'Pipe' { $token.Extent.StartLineNumber -gt $before }
        }
        if ($odd) { "$($token.Extent.StartLineNumber): $($token.Text)" }
        if ("$($token.Kind)" -notin 'NewLine', 'Comment') { $before = $token.Extent.EndLineNumber }
    }
}

function Get-MissingFeature {
    <#
    .SYNOPSIS What 5.1 does not have, a line each.
    .DESCRIPTION It is no matter in a script that requires version 7, nor below a condition or -Skip that asks for the edition or the version.
    #>
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)
    $read = Read-Script $Text
    if ($read.Ast.ScriptRequirements.RequiredPSVersion.Major -ge 7) { return }
    foreach ($node in $read.Ast.FindAll({ $true }, $true)) {
        $missing = switch ($node.GetType().Name) {
            'CommandAst' { Test-Command $node }
            'MemberExpressionAst' { "$($node.Member)" -in $script:Members }
            'InvokeMemberExpressionAst' { "$($node.Member)" -in $script:Members -or "$($node.Member)" -eq 'Kill' -and $node.Arguments }
            'VariableExpressionAst' { "$($node.VariablePath)" -in $script:Variables }
        }
        if ($missing -and -not (Test-Asked $node)) { "$($node.Extent.StartLineNumber): $($node.Extent.Text)" }
    }
}

function Test-Command($Command) {
    $name = $Command.GetCommandName()
    if ($name -in $script:Commands) { return $true }
    if (-not $name -or -not $script:Parameters[$name]) { return $false }
    $used = $Command.CommandElements | Where-Object { $_.GetType().Name -eq 'CommandParameterAst' } | ForEach-Object ParameterName
    [bool] ($used | Where-Object { $_ -in $script:Parameters[$name] })
}

function Test-Asked($Node) {
    for ($at = $Node; $at; $at = $at.Parent) {
        $condition = switch ($at.GetType().Name) {
            'IfStatementAst' { "$($at.Clauses | ForEach-Object { $_.Item1 })" }
            'CommandAst' { ($at.CommandElements | Where-Object { $_.GetType().Name -eq 'CommandParameterAst' -and $_.ParameterName -eq 'Skip' }) -join ' ' }
            { $_ -like '*BinaryExpressionAst' } { "$at" }
        }
        if ($condition -match '\$PSEdition|\$PSVersionTable|\$hasParallel|\$isUnix|\$IsWindows -or \$PSEdition') { return $true }
    }

    $false
}

Export-ModuleMember -Function Get-UnreadableSyntax, Get-MissingFeature
