#Requires -Version 7
# What runs the examples finds what is wrong with them.

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    Import-Module "$PSScriptRoot/Examples/Examples.psm1" -Force
    $environment = Clear-ProviderEnvironment
    $server = Start-TestServer
}

AfterAll {
    Stop-TestServer $server
    Restore-ProviderEnvironment $environment
    Remove-Module Examples, TestServer
}

Describe 'Reading a page' {
    It 'finds the blocks, their marks, headings and what they print' {
        Set-Content "$TestDrive/page.md" (@'
# Page
## One
<!-- example: prints -->
```powershell
1
```

```text
1
```

Words.

```sh
ls
```

## Two

- In a list:

  ```powershell
  2
    3
  ```
'@)
        $blocks = @(Get-ExampleBlock "$TestDrive/page.md")
        $blocks.Text | Should -BeExactly '1', "2`n  3"
        $blocks.Line | Should -Be 5, 23
        $blocks.Mark | Should -Be 'prints', ''
        $blocks.Heading | Should -Be '## One', '## Two'
        $blocks[0].Printed | Should -Be '1'
        $blocks[1].Printed | Should -BeNullOrEmpty
    }
}

Describe 'Running a block' {
    BeforeAll {
        $shell = & (Get-Module Examples) { New-ExampleShell -Recording "$($args[0])/none.jsonl" -Server $args[1] } $TestDrive $server
        function Invoke-Block([string] $Text, [string] $Mark, [string] $Printed) {
            $block = [pscustomobject]@{ Line = 1; Heading = ''; Mark = $Mark; Text = $Text; Printed = $Printed }
            & (Get-Module Examples) { Invoke-ExampleBlock $args[0] $args[1] } $shell $block
        }
    }

    AfterAll { $null = & (Get-Module Examples) { Close-ExampleShell $args[0] } $shell }

    It '<Text> (<Mark>) is <Outcome>' -ForEach @(
        @{ Text = 'Get-Date'; Mark = ''; Outcome = 'Passed' }
        @{ Text = 'throw "x"'; Mark = ''; Outcome = 'Failed' }
        @{ Text = 'Get-Item nothing; 1'; Mark = ''; Outcome = 'Failed' }
        @{ Text = 'if ('; Mark = ''; Outcome = 'Failed' }
        @{ Text = 'try { throw "x" } catch { 1 }'; Mark = ''; Outcome = 'Passed' }
        @{ Text = 'Invoke-GptChat "never asked"'; Mark = ''; Outcome = 'Failed' }
        @{ Text = 'Invoke-GptChat'; Mark = 'fails with GptChat.NoPrompt'; Outcome = 'Passed' }
        @{ Text = 'Invoke-GptChat'; Mark = 'fails with GptChat.NoInput'; Outcome = 'Failed' }
        @{ Text = 'Invoke-GptChat; Get-Item nothing'; Mark = 'fails with GptChat.NoPrompt'; Outcome = 'Failed' }
        @{ Text = '1'; Mark = 'fails with GptChat.NoPrompt'; Outcome = 'Failed' }
        @{ Text = 'throw "x"'; Mark = 'not run, it asks a person'; Outcome = 'NotRun' }
        @{ Text = '1'; Mark = 'not run'; Outcome = 'Failed' }
        @{ Text = '1'; Mark = 'prints'; Printed = '1'; Outcome = 'Passed' }
        @{ Text = '1'; Mark = 'prints'; Printed = '2'; Outcome = 'Failed' }
        @{ Text = '1'; Mark = 'prnits'; Outcome = 'Failed' }
        @{ Text = '$Host.UI.PromptForChoice("", "Sure?", ("&Yes", "&No"), 1)'; Mark = 'a person answers &Yes, prints'; Printed = '0'; Outcome = 'Passed' }
        @{ Text = '$Host.UI.PromptForChoice("", "Sure?", ("&Yes", "&No"), 1)'; Mark = 'a person answers &Yes, a person answers &Yes'; Outcome = 'Failed' }
        @{ Text = '1..2 | ForEach-Object { $Host.UI.PromptForChoice("", "Sure?", ("&Yes", "&No"), 1) }'; Mark = 'a person answers &Yes'; Outcome = 'Failed' }
        @{ Text = 'Read-Host'; Mark = 'a person answers &Yes'; Outcome = 'Failed' }
        @{ Text = 'Microsoft.PowerShell.Utility\Read-Host'; Mark = 'a person writes Hello, prints'; Printed = 'Hello'; Outcome = 'Passed' }
        @{ Text = '1'; Mark = 'a person writes Hello'; Outcome = 'Failed' }
        @{ Text = 'Enter-GptChat'; Mark = 'a person writes never asked'; Outcome = 'Failed' }
        @{ Text = 'Enter-GptChat'; Mark = 'fails with GptChat.NotInteractive'; Outcome = 'Passed' }
        @{ Text = '(Get-Item .).Name; Get-Command Get-LogSeverity | ForEach-Object Name; Test-Path "$PSScriptRoot/LogTriage.jsonl"'; Mark = 'in docs/examples/recorded-tests, prints'; Printed = "recorded-tests`nGet-LogSeverity`nTrue"; Outcome = 'Passed' }
        @{ Text = 'Test-Path logs'; Mark = 'prints'; Printed = 'False'; Outcome = 'Passed' }
        @{ Text = "It 'x' { 'here' | Should -Be here }"; Mark = 'Pester in docs/examples/recorded-tests'; Outcome = 'Passed' }
        @{ Text = "It 'x' { 1 | Should -Be 2 }"; Mark = 'Pester in docs/examples/recorded-tests'; Outcome = 'Failed' }
        @{ Text = "Describe 'x' { It 'y' { Get-LogSeverity } }"; Mark = 'Pester in docs/examples/recorded-tests'; Outcome = 'Failed' }
        @{ Text = 'BeforeAll { }'; Mark = 'Pester in docs/examples/recorded-tests'; Outcome = 'Failed' }
    ) {
        (Invoke-Block $Text $Mark $Printed).Outcome | Should -Be $Outcome
    }

    It 'binds keys, where nobody else does' {
        Mock Get-Module -ModuleName Examples
        Mock Get-Module -ModuleName Examples -ParameterFilter { $ListAvailable } { 'there' }
        (Invoke-Block '1' 'with keys').Outcome | Should -Not -Be NotRun
        Mock Get-Module -ModuleName Examples -ParameterFilter { $ListAvailable }
        (Invoke-Block 'throw "x"' 'with keys').Message | Should -Be 'PSReadLine is not on this machine'
        Mock Get-Module -ModuleName Examples { 'loaded' }
        $result = Invoke-Block 'throw "x"' 'with keys'
        $result.Outcome | Should -Be NotRun
        $result.Message | Should -BeLike '*keys of this session*'
    }

    It 'says which line of a block fails, and how' {
        (Invoke-Block "1`nGet-Item nothing" '').Message | Should -BeLike 'Line 2: Cannot find path*`[PathNotFound,*'
    }

    It 'leaves nothing to the network: a connection leads to the server beside' {
        (Invoke-Block 'Connect-GptChat -AccountId $id -ApiToken $token; (Get-GptConnection | Where-Object IsDefault).Uri.Host' 'prints' '127.0.0.1').Message | Should -BeNullOrEmpty
    }
}
