# The chat and the key where nobody can answer: an error that says what to do. The chat itself is tested
# line by line in the hosted engine, with a host that writes.

BeforeAll { Import-Module "$PSScriptRoot/TestServer.psm1" }

AfterAll { Remove-Module TestServer }

Describe 'Enter-GptChat where nobody can answer' {
    It 'is an error with -NonInteractive' {
        $shell = (Get-Process -Id $PID).Path
        $output = & $shell -NoProfile -NonInteractive -Command "Import-Module '$(Get-ModuleManifest)'; try { Enter-GptChat } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"
        $output[0] | Should -BeExactly 'GptChat.NotInteractive,GptChat.Cmdlets.EnterGptChatCommand'
        $output -join ' ' | Should -BeLike "*-NonInteractive*Invoke-GptChat 'question' -Continue*Nothing was sent*"
    }

    It 'is an error in ForEach-Object -Parallel (only PowerShell 7 has it)' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $manifest = Get-ModuleManifest
        $id = 1 | ForEach-Object -Parallel { Import-Module $using:manifest; try { Enter-GptChat } catch { $_.FullyQualifiedErrorId } }
        $id | Should -BeExactly 'GptChat.NotInteractive,GptChat.Cmdlets.EnterGptChatCommand'
    }

    It 'is an error with redirected input' {
        $shell = (Get-Process -Id $PID).Path
        $output = 'hello' | & $shell -NoProfile -Command "Import-Module '$(Get-ModuleManifest)'; try { Enter-GptChat } catch { `$_.FullyQualifiedErrorId }"
        $output | Should -Contain 'GptChat.NotInteractive,GptChat.Cmdlets.EnterGptChatCommand'
    }
}

Describe 'Set-GptKeyHandler without PSReadLine' {
    It 'is an error that says what is missing' {
        $shell = (Get-Process -Id $PID).Path
        $output = & $shell -NoProfile -NonInteractive -Command "Remove-Module PSReadLine -ErrorAction Ignore; `$PSModuleAutoLoadingPreference = 'None'; Import-Module '$(Get-ModuleManifest)'; try { Set-GptKeyHandler } catch { `$_.FullyQualifiedErrorId }"
        $output | Should -BeExactly 'GptChat.CommandLineNotUsable,GptChat.Cmdlets.SetGptKeyHandlerCommand'
    }
}
