# The chat and the key where nobody can answer: an error that says what to do. The chat itself is tested
# line by line in the hosted engine, with a host that writes.

BeforeDiscovery { $hasKeys = [bool] (Get-Module PSReadLine -ListAvailable) }

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

Describe 'A key of the command line (only where PSReadLine is)' -Skip:(-not $hasKeys) {
    BeforeAll {
        # In a shell of its own: PSReadLine has one table of keys for a whole process.
        function Get-KeyShell([string] $Script) { "Import-Module PSReadLine, '$(Get-ModuleManifest)'; Connect-GptChat -BaseUri http://127.0.0.1:9/v1 -Model m -Name local; function Get-Key { (Get-PSReadLineKeyHandler -Bound | Where-Object Function -eq GptCommand | ForEach-Object Key) -join '+and+' }; $Script" }
    }

    It 'is bound and freed' {
        $run = Invoke-Shell (Get-KeyShell 'Set-GptKeyHandler; Get-Key; Remove-GptKeyHandler -WhatIf | Out-Null; Get-Key; Remove-GptKeyHandler -Confirm:$false; "[$(Get-Key)]"')
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() -split '\r?\n' -notmatch '^What if' | Should -Be 'Ctrl+g', 'Ctrl+g', '[]'
    }

    It 'is the one that was said, with its connection and model, and is not bound under -WhatIf' {
        $run = Invoke-Shell (Get-KeyShell 'Set-GptKeyHandler -Chord Alt+q -WhatIf | Out-Null; "[$(Get-Key)]"; Set-GptKeyHandler -Chord Alt+q -Connection local -Model other -Confirm:$false; Get-Key')
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() -split '\r?\n' -notmatch '^What if' | Should -Be '[]', 'Alt+q'
        $run = Invoke-Shell (Get-KeyShell 'try { Set-GptKeyHandler -Connection nowhere } catch { $_.FullyQualifiedErrorId }; "[$(Get-Key)]"')
        $run.Output.Trim() -split '\r?\n' | Should -Be 'GptChat.ConnectionNotFound,GptChat.Cmdlets.SetGptKeyHandlerCommand', '[]'
    }
}

Describe 'Set-GptKeyHandler without PSReadLine' {
    It 'is an error that says what is missing' {
        $shell = (Get-Process -Id $PID).Path
        $output = & $shell -NoProfile -NonInteractive -Command "Remove-Module PSReadLine -ErrorAction Ignore; `$PSModuleAutoLoadingPreference = 'None'; Import-Module '$(Get-ModuleManifest)'; try { Set-GptKeyHandler } catch { `$_.FullyQualifiedErrorId }"
        $output | Should -BeExactly 'GptChat.CommandLineNotUsable,GptChat.Cmdlets.SetGptKeyHandlerCommand'
    }
}
