# Which cmdlets, parameter sets and parameters the suite calls, by reading it.

function Get-SuiteCall {
    <#
    .SYNOPSIS The calls of these commands in a script: Name, Used (parameters by their full names) and Line.
    .DESCRIPTION
    A parameter is used by its name, an alias or a beginning that can mean no other, by position, through the pipeline, and by a
    hashtable that is splatted, where the script writes it down. What stands in a string counts where a shell runs it.
    #>
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text, [Parameter(Mandatory)] [Management.Automation.CommandInfo[]] $Command)
    $ast = [Management.Automation.Language.Parser]::ParseInput($Text, [ref] $null, [ref] $null)
    $tables = Get-SplatKey $ast
    foreach ($call in Get-Call $ast) {
        $called = $Command | Where-Object Name -eq $call.GetCommandName()
        if ($called) { [pscustomobject]@{ Name = $called.Name; Used = @(Get-UsedParameter $call $called $tables); Line = $call.Extent.StartLineNumber } }
    }
}

function Get-CalledSet {
    <# .SYNOPSIS The name of the parameter set that a call has; nothing where it fits none. #>
    param([Parameter(Mandatory)] [Management.Automation.CommandInfo] $Command, [string[]] $Used)
    $fitting = @(foreach ($set in $Command.ParameterSets) {
        $mandatory = @($set.Parameters | Where-Object { $_.IsMandatory -and $_.Name -notin $Used })
        $foreign = @($Used | Where-Object { $_ -and $_ -notin $set.Parameters.Name })
        if (-not $mandatory -and -not $foreign) { $set }
    })
    if ($fitting.Count -gt 1) { $fitting = @($fitting | Where-Object IsDefault) }
    $fitting | ForEach-Object Name
}

function Get-Uncalled {
    <# .SYNOPSIS What no call of a suite uses, a line each: parameter sets, and parameters other than those of all cmdlets. #>
    param([Parameter(Mandatory)] [Management.Automation.CommandInfo[]] $Command, [object[]] $Call)
    $common = [Management.Automation.Cmdlet]::CommonParameters
    foreach ($one in $Command) {
        $calls = @($Call | Where-Object Name -eq $one.Name)
        $sets = @($calls | ForEach-Object { Get-CalledSet $one $_.Used })
        $one.ParameterSets | Where-Object { $_.Name -notin $sets } | ForEach-Object { if ($one.ParameterSets.Count -eq 1) { $one.Name } else { "$($one.Name), parameter set $($_.Name)" } }
        $used = @($calls | ForEach-Object Used)
        $one.Parameters.Keys | Where-Object { $_ -notin $common -and $_ -notin $used } | Sort-Object | ForEach-Object { "$($one.Name) -$_" }
    }
}

# Commands that run a script which they are given as text.
$script:Shells = 'Invoke-Shell', 'Invoke-Fresh', 'Stop-TestCall', 'Get-ShellScript', 'Get-KeyShell', 'Invoke-Chat'

function Get-Call($Ast) {
    foreach ($call in $Ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
        $call
        if ($call.GetCommandName() -notin $script:Shells) { continue }
        foreach ($element in $call.CommandElements | Select-Object -Skip 1) {
            if ($element -isnot [Management.Automation.Language.StringConstantExpressionAst] -and $element -isnot [Management.Automation.Language.ExpandableStringExpressionAst]) { continue }
            Get-Call ([Management.Automation.Language.Parser]::ParseInput($element.Value, [ref] $null, [ref] $null))
        }
    }
}

function Get-SplatKey($Ast) {
    # The keys that a script gives to the hashtable of a variable, all of them together.
    $tables = @{}
    $keys = @($Ast.FindAll({ $args[0] -is [Management.Automation.Language.HashtableAst] }, $true) | ForEach-Object { $_.KeyValuePairs })
    foreach ($node in $Ast.FindAll({ $args[0] -is [Management.Automation.Language.AssignmentStatementAst] }, $true)) {
        $target = $node.Left
        if ($target -is [Management.Automation.Language.VariableExpressionAst]) {
            $tables["$($target.VariablePath)"] += @($node.Right.FindAll({ $args[0] -is [Management.Automation.Language.HashtableAst] }, $false) | ForEach-Object { $_.KeyValuePairs } | ForEach-Object {
                $key = $_.Item1

                # A key that a table of tests gives: @{ $Parameter = $Value }, with Parameter = 'Seed' in the rows.
                if ($key -is [Management.Automation.Language.VariableExpressionAst]) { $keys | Where-Object { $_.Item1.Extent.Text -eq "$($key.VariablePath)" } | ForEach-Object { $_.Item2.Extent.Text.Trim("'", '"') } }
                else { $key.Extent.Text.Trim("'", '"') }
            })
        }
        elseif ($target -is [Management.Automation.Language.MemberExpressionAst]) { $tables[$target.Expression.Extent.Text.TrimStart('$')] += @($target.Member.Extent.Text) }
    }

    $tables
}

function Get-UsedParameter($Call, $Command, $Tables) {
    $named = @()
    $values = 0
    $elements = @($Call.CommandElements | Select-Object -Skip 1)
    for ($at = 0; $at -lt $elements.Count; $at++) {
        $element = $elements[$at]
        if ($element -is [Management.Automation.Language.CommandParameterAst]) {
            $parameter = Resolve-Parameter $Command $element.ParameterName
            if (-not $parameter) { continue }
            $named += $parameter.Name

            # Its value is the next word.
            if (-not $element.Argument -and -not $parameter.SwitchParameter) { $at++ }
        }
        elseif ($element.Splatted) { $Tables["$($element.VariablePath)"] | ForEach-Object { if ($_) { Resolve-Parameter $Command $_ } } | ForEach-Object { $named += $_.Name } }
        else { $values++ }
    }

    # By position, in the set that has these names.
    $named
    $set = @($Command.ParameterSets | Where-Object { $one = $_; -not ($named | Where-Object { $_ -notin $one.Parameters.Name }) } | Sort-Object IsDefault -Descending)[0]
    $set.Parameters | Where-Object { $_.Position -ge 0 -and $_.Name -notin $named } | Sort-Object Position | Select-Object -First $values | ForEach-Object Name
    if ($Call.Parent -is [Management.Automation.Language.PipelineAst] -and $Call.Parent.PipelineElements[0] -ne $Call) { $set.Parameters | Where-Object ValueFromPipeline | ForEach-Object Name }
}

function Resolve-Parameter($Command, [string] $Name) {
    $all = $Command.Parameters.Values
    $exact = @($all | Where-Object { $_.Name -eq $Name -or $_.Aliases -contains $Name })
    if (-not $exact) { $exact = @($all | Where-Object { $_.Name -like "$Name*" }) }
    if ($exact.Count -eq 1) { $exact[0] }
}

Export-ModuleMember -Function Get-SuiteCall, Get-CalledSet, Get-Uncalled
