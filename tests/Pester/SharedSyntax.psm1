# Finds in a file of tests what Pester 5 and Pester 6 do not share: what 6 took away or refuses, and what came with it.

$script:Commands = @{
    'Assert-MockCalled'     = 'use Should -Invoke'
    'Assert-VerifiableMock' = 'use Should -InvokeVerifiable'
    'New-PesterOption'      = 'use New-PesterConfiguration'
    'Add-AssertionOperator' = 'use Add-ShouldOperator'
}
$script:Parameters = @{
    'It'            = 'Pending', 'Focus', 'AllowNullOrEmptyForEach'
    'Describe'      = 'Focus', 'Fixture', 'AllowNullOrEmptyForEach'
    'Context'       = 'Focus', 'Fixture', 'AllowNullOrEmptyForEach'
    'Set-ItResult'  = @('Pending')
    'Invoke-Pester' = 'Script', 'TestName', 'EnableExit', 'OutputFile', 'OutputFormat', 'CodeCoverage', 'CodeCoverageOutputFile', 'CodeCoverageOutputFileEncoding', 'CodeCoverageOutputFileFormat', 'DetailedCodeCoverage', 'Strict', 'Quiet', 'PesterOption', 'Show'
}
$script:Setups = 'BeforeAll', 'BeforeEach', 'AfterAll', 'AfterEach'
$script:Blocks = 'Describe', 'Context', 'It'

function Get-UnsharedSyntax {
    <# .SYNOPSIS What only one of Pester 5 and 6 takes, a line each: nothing, if both take all. #>
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)
    $ast = [Management.Automation.Language.Parser]::ParseInput($Text, [ref] $null, [ref] $null)
    $setups = @{}
    $mocks = @()
    foreach ($node in $ast.FindAll({ $true }, $true)) {
        $line = $node.Extent.StartLineNumber
        $kind = $node.GetType().Name
        if ($kind -eq 'MemberExpressionAst' -and "$($node.Member)" -in 'BeforeContainer', 'FailOnNullOrEmptyForEach', 'Parallel', 'RepoRoot', 'UseBreakpoints') { "${line}: only one of them has $($node.Extent.Text)" }
        if ($kind -ne 'CommandAst' -or -not $node.GetCommandName()) { continue }
        $name = $node.GetCommandName()
        $used = @($node.CommandElements | Where-Object { $_.GetType().Name -eq 'CommandParameterAst' } | ForEach-Object ParameterName)
        if ($script:Commands[$name]) { "${line}: ${name}: $($script:Commands[$name])" }
        if ($name -like 'Should-*') { "${line}: Pester 5 has no $name" }
        if ($name -eq 'Should' -and ($node.CommandElements.Count -lt 2 -or $node.CommandElements[1].GetType().Name -notin 'CommandParameterAst', 'VariableExpressionAst')) { "${line}: Should takes its operator with a dash" }
        if ($script:Parameters[$name]) { $used | Where-Object { $_ -in $script:Parameters[$name] } | ForEach-Object { "${line}: only one of them has $name -$_" } }

        # Pester 6 takes one of each for a block, and ends the whole file at a second.
        if ($name -in $script:Setups) {
            $key = "$name in $($node.Parent.Parent.Extent.StartOffset)"
            if ($setups[$key]) { "${line}: a second $name in its block" }
            $setups[$key] = $true
        }

        if ($name -in $script:Blocks) {
            # Pester 6 refuses a table without rows, where Pester 5 ran nothing.
            for ($at = 0; $at -lt $node.CommandElements.Count - 1; $at++) {
                $element = $node.CommandElements[$at]
                if ("$($element.ParameterName)" -notin 'ForEach', 'TestCases') { continue }
                if ($node.CommandElements[$at + 1].Extent.Text -match '^(\$null|@\(\s*\))$') { "${line}: a table without rows" }
            }

            # Pester 6 runs what stands in a title between these brackets; Pester 5 looks up a name and its properties.
            $title = $node.CommandElements | Where-Object { $_.GetType().Name -like '*StringConstantExpressionAst' -or $_.GetType().Name -eq 'ExpandableStringExpressionAst' } | Select-Object -Skip 1 -First 1
            [regex]::Matches("$($title.Value)", '(?<!`)<([^<>]*)>') | Where-Object { $_.Groups[1].Value -notmatch '^(_|\w+)(\.\w+)*$' } | ForEach-Object { "${line}: a title with $($_.Value)" }
        }

        # In Pester 6 a call that no filter takes does not reach the real command.
        if ($name -eq 'Mock') { $mocks += [pscustomobject]@{ Line = $line; Of = $node.CommandElements[1].Extent.Text; Filtered = $used -contains 'ParameterFilter' } }
    }

    $mocks | Where-Object { $one = $_; $one.Filtered -and -not ($mocks | Where-Object { $_.Of -eq $one.Of -and -not $_.Filtered }) } | ForEach-Object { "$($_.Line): a filtered mock of $($_.Of) without one for the rest" }
}

function Get-UnsaidSkip {
    <# .SYNOPSIS What leaves tests out without saying why, a line each: in a report a skip is seen by its title and its message alone. #>
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)
    $ast = [Management.Automation.Language.Parser]::ParseInput($Text, [ref] $null, [ref] $null)
    foreach ($node in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
        $used = @($node.CommandElements | Where-Object { $_.GetType().Name -eq 'CommandParameterAst' } | ForEach-Object ParameterName)
        $said = switch ($node.GetCommandName()) {
            { $_ -in $script:Blocks } { $used -notcontains 'Skip' -or $node.CommandElements[1].Extent.Text -like '*(only *' }
            'Set-ItResult' { $used -contains 'Because' }
            default { $true }
        }
        if (-not $said) { "$($node.Extent.StartLineNumber): $(($node.Extent.Text -split '\r?\n')[0])" }
    }
}

Export-ModuleMember -Function Get-UnsharedSyntax, Get-UnsaidSkip
