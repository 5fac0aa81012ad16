<#
.SYNOPSIS
Records the answers of examples, from the tables beside this script. Needs a build, and no network.
.EXAMPLE
./tests/Pester/Update-Examples.ps1 docs/fleet.md
.EXAMPLE
./tests/Pester/Update-Examples.ps1 -Fresh
#>
param(
    # Pages, relative to the repository; all if none is given. Wildcards are allowed, also those that a shell puts the names for.
    [Parameter(Position = 0, ValueFromRemainingArguments)]
    [string[]] $Page = '*',

    # Forget what was recorded, instead of adding what is missing.
    [switch] $Fresh
)
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/TestServer.psm1", "$PSScriptRoot/Examples/Examples.psm1" -Force
$environment = Clear-ProviderEnvironment
$server = Start-TestServer
try {
    $pages = @(Get-ExamplePage | Where-Object { $one = $_; $Page.Where({ $one -like $_ }) })
    $unknown = @($Page | Where-Object { $wanted = $_; -not @($pages).Where({ $_ -like $wanted }) })
    if ($unknown) { throw "No page with examples is called $($unknown -join ', ')." }
    foreach ($one in $pages) {
        $recording = Get-ExampleRecording $one
        if ($Fresh -and (Test-Path $recording)) { Remove-Item $recording }
        Invoke-ExamplePage $one -Server $server -Record | Where-Object Outcome -eq Failed | ForEach-Object { "$($_.Page):$($_.Line)`n$($_.Message)" }
        if (-not (Test-Path $recording)) { continue }
        if (-not (Get-Item $recording).Length) {
            Remove-Item $recording
            continue
        }

        # What differs from run to run says nothing, and would be seen as a change.
        $lines = [IO.File]::ReadAllLines($recording) | ForEach-Object {
            $_ -replace '"recorded":"[^"]+"', '"recorded":"2026-03-02T09:30:00Z"' -replace '"uri":"http://127\.0\.0\.1:\d+/', '"uri":"http://127.0.0.1:8080/' -replace '\{"ms":\d+,', '{"ms":1,'
        }
        [IO.File]::WriteAllText($recording, ($lines -join "`n") + "`n")
    }
}
finally {
    Stop-TestServer $server
    Restore-ProviderEnvironment $environment
}
