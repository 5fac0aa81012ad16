# Runs an example that is a file of tests, in a session of its own, without a connection or stand-ins: as Invoke-Pester does at a reader's.
param([string] $Path, [string] $Pester, [string] $Manifest)
$shell = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
try {
    $run = $shell.AddScript({
        param($Path, $Pester, $Manifest)
        Set-Location (Split-Path $Path)
        Import-Module $Pester

        # The reader has installed the module.
        $global:ExampleManifest = $Manifest
        function global:Import-Module { if ($args[0] -match '(^|/)GptChat(\.psd1)?$') { Microsoft.PowerShell.Core\Import-Module $ExampleManifest -Global } else { Microsoft.PowerShell.Core\Import-Module @args } }
        Invoke-Pester -Path $Path -PassThru -Output None
    }).AddArgument($Path).AddArgument($Pester).AddArgument($Manifest).Invoke()
    foreach ($failure in @($run.Failed) + @($run.FailedBlocks) + @($run.FailedContainers) -ne $null) { Write-Error "$($failure.Name): $($failure.ErrorRecord)" }
    if (-not $run.PassedCount) { throw 'No test passed.' }
}
finally { $shell.Dispose() }
