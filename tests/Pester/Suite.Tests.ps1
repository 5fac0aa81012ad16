# The suite itself: it runs in Windows PowerShell 5.1 too, which rejects a whole file for one word that it does not know.

BeforeDiscovery {
    $root = [IO.Path]::GetFullPath("$PSScriptRoot/../..")
    $scripts = @(
        Get-ChildItem "$root/tests/Pester", "$root/docs/examples" -Recurse -Include *.ps1, *.psm1, *.psd1 -File
        Get-Item "$root/build.ps1", "$root/build/ModulePackage.psm1", "$root/tests/first-steps.ps1", "$root/GptChat.psd1"
    ) | ForEach-Object { @{ Name = $_.FullName.Substring($root.TrimEnd('/', '\').Length + 1).Replace('\', '/'); Path = $_.FullName } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    Import-Module "$PSScriptRoot/DesktopSyntax.psm1"
    Import-Module "$PSScriptRoot/SharedSyntax.psm1"
}

AfterAll { Remove-Module SharedSyntax, DesktopSyntax, TestServer }

Describe 'A script for Windows PowerShell 5.1' {
    It 'can be read there: <Name>' -ForEach $scripts {
        Get-UnreadableSyntax ([IO.File]::ReadAllText($Path)) | Should -BeNullOrEmpty
    }

    It 'uses only what is there, or says that it needs more: <Name>' -ForEach $scripts {
        Get-MissingFeature ([IO.File]::ReadAllText($Path)) | Should -BeNullOrEmpty
    }

    It 'is ASCII or has a byte order mark: <Name>' -ForEach $scripts {
        $bytes = [IO.File]::ReadAllBytes($Path)
        $marked = $bytes.Length -gt 2 -and $bytes[0] -eq 0xEF -and $bytes[1] -eq 0xBB -and $bytes[2] -eq 0xBF
        $marked -or -not ($bytes -gt 0x7E) | Should -BeTrue
    }

    It 'is found out for <Text> (only PowerShell 7 reads it)' -Skip:($PSVersionTable.PSVersion.Major -lt 7) -ForEach @(
        '$a ? 1 : 2', '$a ?? 1', '$a ??= 1', '${a}?.b', '${a}?[0]', 'a && b', 'a || b', 'a &', '[int]::Parse[int](1)', 'function f { clean { } }', '1uy', '0b11',
        '"`u{41}"', '"`e[0m"', "1 |`n2; 3`n| 4" | ForEach-Object { @{ Text = $_ } }
    ) {
        Get-UnreadableSyntax $Text | Should -Not -BeNullOrEmpty
    }

    It 'is found out for the feature <Text>' -ForEach @(
        '1 | ForEach-Object -Parallel { 1 }', 'Get-Content x -AsByteStream', 'Test-Json x', "'a' | Join-String", '[Environment]::ProcessPath', '$start.ArgumentList.Add(1)',
        '[IO.Path]::GetRelativePath(1, 2)', '$process.Kill($true)', 'if ($IsWindows) { }', 'It x { $IsLinux }' | ForEach-Object { @{ Text = $_ } }
    ) {
        Get-MissingFeature $Text | Should -Not -BeNullOrEmpty
    }

    It 'may use them where it says so: <Text>' -ForEach @(
        "#Requires -Version 7`n`$start.ArgumentList", 'It x -Skip:($PSVersionTable.PSVersion.Major -lt 7) { 1 | ForEach-Object -Parallel { 1 } }',
        'if ($IsWindows -or $PSEdition -eq "Desktop") { }', 'if ($PSEdition -eq "Desktop") { } else { $p.Kill($true) }' | ForEach-Object { @{ Text = $_ } }
    ) {
        Get-MissingFeature $Text | Should -BeNullOrEmpty
    }
}

Describe 'A file of tests for Pester 5 and Pester 6' {
    It 'is read alike by both: <Name>' -ForEach $scripts {
        Get-UnsharedSyntax ([IO.File]::ReadAllText($Path)) | Should -BeNullOrEmpty
    }

    It 'says in its title why it is left out elsewhere: <Name>' -ForEach $scripts {
        Get-UnsaidSkip ([IO.File]::ReadAllText($Path)) | Should -BeNullOrEmpty
    }

    It 'is found out to leave out without a word: <Text>' -ForEach @(
        "It 'x' -Skip { }", "Describe 'x' -Skip:($true) { }", "It 'x' { Set-ItResult -Skipped }", "It 'x' { Set-ItResult -Inconclusive }" | ForEach-Object { @{ Text = $_ } }
    ) {
        Get-UnsaidSkip $Text | Should -Not -BeNullOrEmpty
    }

    It 'may be left out with a reason: <Text>' -ForEach @("It 'x (only on Unix)' -Skip:(-not `$isUnix) { }", "It 'x' { Set-ItResult -Skipped -Because 'it is late' }" | ForEach-Object { @{ Text = $_ } }) {
        Get-UnsaidSkip $Text | Should -BeNullOrEmpty
    }

    It 'is found out for <Text>' -ForEach @(
        'Assert-MockCalled Get-Item', 'Assert-VerifiableMock', 'New-PesterOption', 'It x -Pending { }', 'Describe x -Focus { }', 'Set-ItResult -Pending', 'Invoke-Pester -Script x',
        'Invoke-Pester -CodeCoverage x', '1 | Should Be 1', '1 | Should', '1 | Should-Be 1', 'Describe x { BeforeAll { }; It y { }; BeforeAll { } }', 'AfterEach { }; AfterEach { }',
        'It x -ForEach @() { }', 'It x -TestCases $null { }', "It 'is <(1 + 1)>' { }", 'Mock Get-Item { 1 } -ParameterFilter { $true }', '$c.Run.Parallel = $true' | ForEach-Object { @{ Text = $_ } }
    ) {
        Get-UnsharedSyntax $Text | Should -Not -BeNullOrEmpty
    }

    It 'is left alone for <Text>' -ForEach @(
        'Should -Invoke Get-Item', '1 | Should -Be 1', '1 | Should @operator', 'Describe x { BeforeAll { }; Context y { BeforeAll { } }; Context z { BeforeAll { } } }', "It 'is <Name.Length>' { }",
        'Mock Get-Item { 1 } -ParameterFilter { $true }; Mock Get-Item { 2 }', 'It x -Skip { }' | ForEach-Object { @{ Text = $_ } }
    ) {
        Get-UnsharedSyntax $Text | Should -BeNullOrEmpty
    }
}

Describe 'Arguments for a program' {
    It 'arrive as they are' {
        $sent = 'plain', '', 'with blank', 'a "quoted" word', 'C:\folder\', 'C:\with blank\', '\"', "two`nlines", 'a\\b'
        $command = ConvertTo-CommandLine $sent
        $start = New-ProcessStart (Get-ShellPath) (@('-NoProfile', '-NonInteractive', '-File', "$TestDrive/args.ps1") + $sent)
        Set-Content -LiteralPath "$TestDrive/args.ps1" -Value '$args | ForEach-Object { [Console]::Out.WriteLine([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($_))) }'
        $start.Arguments | Should -BeLike "*$([WildcardPattern]::Escape($command))"
        $start.RedirectStandardOutput = $true
        $process = [Diagnostics.Process]::Start($start)
        $lines = $process.StandardOutput.ReadToEnd().TrimEnd() -split '\r?\n'
        $process.WaitForExit()
        $lines | ForEach-Object { [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($_)) } | Should -BeExactly $sent
    }
}
