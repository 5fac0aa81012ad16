<#
.SYNOPSIS
Runs the Pester suite and leaves its counts for whoever adds them up.
#>
param(
    # A file that gets one line: the number of tests that passed and the number that failed.
    [string] $ResultFile,

    # The folder of an installed or packaged module to test; the one of this checkout if not given.
    [string] $Module
)
# No preference is set here: the tests would inherit it, and users have the default.
Import-Module Pester -MinimumVersion 5.0 -ErrorAction Stop
$configuration = New-PesterConfiguration

# The examples are tests too.
$configuration.Run.Path = $PSScriptRoot, (Join-Path $PSScriptRoot ../../docs/examples)
$configuration.Run.PassThru = $true
if ($Module) {
    $env:GPTCHAT_TEST_MODULE = Get-ChildItem -LiteralPath $Module -Recurse -Filter GptChat.psd1 | Select-Object -First 1 -ExpandProperty FullName
    if (-not $env:GPTCHAT_TEST_MODULE) { throw "There is no GptChat.psd1 below $Module." }

    # Their subject is a checkout: how it is packaged, what its tests were built with, and examples that import it.
    $configuration.Run.Path = $PSScriptRoot
    $configuration.Run.ExcludePath = 'Package.Tests.ps1', 'Clashes.Tests.ps1' | ForEach-Object { Join-Path $PSScriptRoot $_ }
}

$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration

# A file that cannot even be read counts as a failure, not as no test.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
if ($ResultFile) { [IO.File]::WriteAllText($ResultFile, "$($result.PassedCount) $failed`n") }
exit [int] ($failed -gt 0 -or $result.PassedCount -eq 0)
