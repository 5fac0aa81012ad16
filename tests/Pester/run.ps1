<#
.SYNOPSIS
Runs the Pester suite and leaves its counts for whoever adds them up.
#>
param(
    # A file that gets one line: the number of tests that passed and the number that failed.
    [string] $ResultFile
)
# No preference is set here: the tests would inherit it, and users have the default.
Import-Module Pester -MinimumVersion 5.0 -ErrorAction Stop
$configuration = New-PesterConfiguration

# The examples are tests too.
$configuration.Run.Path = $PSScriptRoot, (Join-Path $PSScriptRoot ../../docs/examples)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration

# A file that cannot even be read counts as a failure, not as no test.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
if ($ResultFile) { [IO.File]::WriteAllText($ResultFile, "$($result.PassedCount) $failed`n") }
exit [int] ($failed -gt 0 -or $result.PassedCount -eq 0)
