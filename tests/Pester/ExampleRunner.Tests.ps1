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
    ) {
        (Invoke-Block $Text $Mark $Printed).Outcome | Should -Be $Outcome
    }

    It 'says which line of a block fails, and how' {
        (Invoke-Block "1`nGet-Item nothing" '').Message | Should -BeLike 'Line 2: Cannot find path*`[PathNotFound,*'
    }

    It 'leaves nothing to the network: a connection leads to the server beside' {
        (Invoke-Block 'Connect-GptChat -AccountId $id -ApiToken $token; (Get-GptConnection | Where-Object IsDefault).Uri.Host' 'prints' '127.0.0.1').Message | Should -BeNullOrEmpty
    }
}
