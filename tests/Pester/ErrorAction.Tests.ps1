# What about_GptChat_Errors says that -ErrorAction, $ErrorActionPreference, trap and exit codes do.

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $no = @{ kind = 'error'; status = 400; message = 'no such thing' }
    $yes = @{ kind = 'completion'; text = 'yes' }

    # Whole scripts, since preferences, traps and exit codes are about what comes next.
    function Invoke-Script([string] $Script) {
        Invoke-Shell "Import-Module '$(Get-ModuleManifest)'; $Script" @{ OPENAI_API_KEY = 'k'; OPENAI_BASE_URL = $server.BaseUri; NO_COLOR = '1' }
    }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe '-ErrorAction of one question' {
    BeforeEach { Set-ServerScript $server $no, $no }

    It '<_> does not keep it from being thrown' -ForEach Continue, SilentlyContinue, Ignore, Stop, Inquire {
        (Get-TestError { Invoke-GptChat hello -ErrorAction $_ }).Exception.Kind | Should -Be BadRequest
    }

    It 'is not needed for -ErrorVariable, which has the exception' {
        $null = Get-TestError { Invoke-GptChat hello -ErrorVariable script:kept }
        $kept[0].ErrorRecord.Exception.Kind | Should -Be BadRequest
    }

    It 'leaves a variable as it was' {
        $answer = 'old'
        try { $answer = Invoke-GptChat hello } catch { }
        $answer | Should -Be old
    }
}

Describe '-ErrorAction with -Each' {
    BeforeEach { Set-ServerScript $server $yes, $no, $yes }

    It '<Value> outputs <Output> answers and keeps <Kept> errors' -ForEach @(
        @{ Value = 'SilentlyContinue'; Output = 2; Kept = 1 }
        @{ Value = 'Ignore'; Output = 2; Kept = 0 }
    ) {
        $Error.Clear()
        @('a', 'b', 'c' | Invoke-GptChat x -Each -ThrottleLimit 1 -ErrorAction $Value -ErrorVariable failed) | Should -HaveCount $Output
        $failed | Should -HaveCount $Kept
        $Error | Should -HaveCount $Kept
        if ($Kept) { $failed[0].TargetObject | Should -Be b }
    }

    It 'Stop ends it at the item, which catch is told' {
        $answers = [Collections.Generic.List[string]]::new()
        $failure = Get-TestError { 'a', 'b', 'c' | Invoke-GptChat x -Each -ThrottleLimit 1 -ErrorAction Stop | ForEach-Object { $answers.Add($_) } }
        $answers | Should -HaveCount 1
        $failure.TargetObject | Should -Be b
        $failure.Exception | Should -BeOfType [GptChat.GptChatException]
    }

    It 'Continue goes on where the script says Stop' {
        $ErrorActionPreference = 'Stop'
        @('a', 'b', 'c' | Invoke-GptChat x -Each -ThrottleLimit 1 -ErrorAction Continue 2>$null) | Should -HaveCount 2
    }
}

Describe 'What a script does after an error' {
    BeforeEach { Set-ServerScript $server $no, $no }

    It '<What>' -ForEach @(
        @{ What = 'goes on with the next statement'; Script = "Invoke-GptChat x -Model m; 'next'"; Output = 'next'; Shown = $true; Code = 0 }
        @{ What = 'is not silenced by 2>$null'; Script = "Invoke-GptChat x -Model m 2>`$null; 'next'"; Output = 'next'; Shown = $true; Code = 0 }
        @{ What = 'is silenced by the preference'; Script = "`$ErrorActionPreference = 'SilentlyContinue'; Invoke-GptChat x -Model m; 'next'"; Output = 'next'; Shown = $false; Code = 0 }
        @{ What = 'ends by the preference Stop'; Script = "`$ErrorActionPreference = 'Stop'; Invoke-GptChat x -Model m; 'next'"; Output = ''; Shown = $true; Code = 1 }
        @{ What = 'takes a function''s -ErrorAction as its preference'; Script = "function f { [CmdletBinding()] param() Invoke-GptChat x -Model m; 'after' } f -ErrorAction SilentlyContinue"; Output = 'after'; Shown = $false; Code = 0 }
        @{ What = 'goes on after a trap that says so'; Script = "trap { 'trapped'; continue } Invoke-GptChat x -Model m; 'next'"; Output = 'trapped next'; Shown = $false; Code = 0 }
        @{ What = 'takes the other branch of ||'; Script = "Invoke-GptChat x -Model m || 'other'"; Output = 'other'; Shown = $true; Code = 0 }
        @{ What = 'ends with the code that catch says'; Script = "try { Invoke-GptChat x -Model m } catch { [Console]::Error.WriteLine(`$_); exit 3 }"; Output = ''; Shown = $true; Code = 3 }
    ) {
        $shell = Invoke-Script $Script
        ($shell.Output -split '\s+' | Where-Object { $_ }) -join ' ' | Should -BeExactly $Output
        $shell.Error -match 'no such thing' | Should -Be $Shown
        $shell.ExitCode | Should -Be $Code
    }
}

Describe 'An answer that reached its limit of tokens' {
    It 'is an error with -WarningAction Stop' {
        Set-ServerScript $server @{ kind = 'completion'; text = 'half'; finishReason = 'length' }
        $answer = 'old'
        $failure = try { $answer = Invoke-GptChat hello -WarningAction Stop 3>$null } catch { $_ }
        "$failure" | Should -BeLike '*-MaxCompletionTokens*'
        $answer | Should -Be old
    }
}

Describe 'A job that fails later' {
    It 'is written by Receive-Job, and thrown with -ErrorAction Stop' {
        Set-ServerScript $server $no
        $job = Invoke-GptChat hello -AsJob
        $null = Wait-Job $job
        (Get-TestError { Receive-Job $job -Keep -ErrorAction SilentlyContinue }) | Should -BeNullOrEmpty
        (Get-TestError { Receive-Job $job -ErrorAction Stop }).Exception.Kind | Should -Be BadRequest
        Remove-Job $job
    }
}
