#!/usr/bin/env pwsh
<#
.SYNOPSIS
Builds, tests and packages GptChat: a thin face over the dotnet commands, for those who have PowerShell.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -Task Test
.EXAMPLE
./build.ps1 -Task Package -Configuration Release
#>
[CmdletBinding()]
param(
    # Build: the solution. Test: every test, Pester included. Package: the module's folder and the gptchat tool in artifacts/.
    # Docs: checks that Get-Help finds every topic. Bench: the benchmarks.
    [ValidateSet('Build', 'Test', 'Package', 'Docs', 'Bench')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$artifacts = Join-Path $root 'artifacts'

function Invoke-Tool {
    $tool, $arguments = $args
    & $tool @arguments
    if ($LASTEXITCODE) { throw "$tool $arguments ended with exit code $LASTEXITCODE." }
}

function Build { Invoke-Tool dotnet build (Join-Path $root 'GptChat.sln') -c $Configuration }

function Test {
    Invoke-Tool dotnet test (Join-Path $root 'GptChat.sln') -c $Configuration
    if (Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -ge 5 }) { Invoke-Tool pwsh -NoProfile -File (Join-Path $root 'tests/Pester/run.ps1') }
    else { Write-Warning 'Pester 5 or later is not installed: its suite was not run.' }
}

function Package {
    Build
    $manifest = Test-ModuleManifest (Join-Path $root 'GptChat.psd1')
    $module = Join-Path $artifacts "GptChat/$($manifest.Version)"
    if (Test-Path $module) { Remove-Item $module -Recurse }
    $null = New-Item $module -ItemType Directory
    foreach ($item in 'GptChat.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md', 'en-US', 'bin/GptChat.Format.ps1xml', 'bin/GptChat.Types.ps1xml', 'bin/net8.0', 'bin/netstandard2.0') {
        $target = Join-Path $module (Split-Path $item)
        if (-not (Test-Path $target)) { $null = New-Item $target -ItemType Directory }
        Copy-Item (Join-Path $root $item) $target -Recurse
    }
    $null = Test-ModuleManifest (Join-Path $module 'GptChat.psd1')
    Invoke-Tool dotnet pack (Join-Path $root 'src/GptChat.Cli') -c $Configuration -o $artifacts
    Get-ChildItem $artifacts
}

function Docs {
    Build
    Import-Module (Join-Path $root 'GptChat.psd1') -Force
    foreach ($topic in Get-ChildItem (Join-Path $root 'en-US') -Filter 'about_*.help.txt') {
        $name = $topic.Name -replace '\.help\.txt$'
        if (-not (Get-Help $name -ErrorAction SilentlyContinue)) { throw "Get-Help does not find $name." }
        $name
    }
}

function Bench { Invoke-Tool dotnet run -c Release --project (Join-Path $root 'tests/Benchmarks') }

& $Task
