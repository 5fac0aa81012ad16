#!/usr/bin/env pwsh

<#
.SYNOPSIS
Builds, tests and packages GptChat: a thin face over the dotnet commands, for those who have PowerShell.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -Task Test
.EXAMPLE
./build.ps1 -Task Package
.EXAMPLE
./build.ps1 -Task Package -Certificate 0123456789ABCDEF0123456789ABCDEF01234567
#>
#Requires -Version 7
[CmdletBinding()]
param(
    # Build: the solution. Test: every test, Pester included. Package: in artifacts/, the module's folder, the same as a package
    # for a gallery, and the gptchat tool; always Release.
    # Docs: refreshes the pages of help, and checks that Get-Help finds each of them and every topic. Bench: the table of docs/performance.md.
    [ValidateSet('Build', 'Test', 'Package', 'Docs', 'Bench')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # For Package: the thumbprint of a certificate of yours, or the path of its file. Without one, nothing is signed.
    [string] $Certificate,

    # For Package: the server that confirms when it was signed, so that the signatures outlive the certificate.
    [string] $TimestampServer
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
    Import-Module (Join-Path $root 'build/ModulePackage.psm1') -Force
    # First: what was to be signed and cannot be must not lie there unsigned.
    $key = if ($Certificate) { Get-SigningCertificate $Certificate }
    # Whoever installs it runs what was optimised, and sees no path of the machine that built it.
    Invoke-Tool dotnet build (Join-Path $root 'src/GptChat') -c Release | Out-Host
    # The help of the cmdlets is written from the module that was just built.
    Invoke-Tool dotnet build (Join-Path $root 'src/GptChat.Help') -c Release | Out-Host
    $version = (Test-ModuleManifest (Join-Path $root 'GptChat.psd1')).Version
    $manifest = Copy-Module $root (Join-Path $artifacts "GptChat/$version")
    Assert-NoBuildPath $manifest.ModuleBase $root
    if ($key) { Protect-Module $manifest.ModuleBase $key $TimestampServer }
    New-ModulePackage $manifest $artifacts
    # Starts in half the time on machines of this kind, and as ever on others.
    Invoke-Tool dotnet pack (Join-Path $root 'src/GptChat.Cli') -c Release '-p:CompileEngine=true' -o $artifacts | Out-Host
    Get-Item (Join-Path $artifacts "GptChat.Cli.$version.nupkg")
}

function Docs {
    Build
    Import-Module (Join-Path $root 'GptChat.psd1') -Force
    Invoke-Tool dotnet run --project (Join-Path $root 'src/GptChat.Help') --no-build -c $Configuration -- $root --pages
    foreach ($cmdlet in (Get-Module GptChat).ExportedCmdlets.Keys) {
        if (-not (Get-Help $cmdlet).examples) { throw "Get-Help does not find the page of $cmdlet." }
        $cmdlet
    }
    foreach ($topic in Get-ChildItem (Join-Path $root 'en-US') -Filter 'about_*.help.txt') {
        $name = $topic.Name -replace '\.help\.txt$'
        if (-not (Get-Help $name -ErrorAction SilentlyContinue)) { throw "Get-Help does not find $name." }
        $name
    }
}

function Bench { Invoke-Tool dotnet run -c Release --project (Join-Path $root 'tests/Benchmarks') '-p:CompileEngine=true' }

& $Task
