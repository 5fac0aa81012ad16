BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $manifest = Get-ModuleManifest

    # An answer that asks for calls: name, arguments, name, arguments …
    function New-Asking {
        $calls = for ($i = 0; $i -lt $args.Count; $i += 2) {
            @{ id = "call_$($i / 2 + 1)"; type = 'function'; function = @{ name = $args[$i]; arguments = (ConvertTo-Json $args[$i + 1] -Compress -Depth 5) } }
        }

        @{
            kind = 'json'
            body = @{
                id = 'chatcmpl-1'; object = 'chat.completion'; created = 1760000000; model = 'm'
                choices = @(@{ index = 0; finish_reason = 'tool_calls'; message = @{ role = 'assistant'; content = $null; refusal = $null; tool_calls = @($calls) } })
                usage = @{ prompt_tokens = 10; completion_tokens = 5; total_tokens = 15 }
            }
        }
    }

    function New-Answer([string] $Text) { @{ kind = 'completion'; text = $Text } }

    # What the model was told of its calls in the request.
    function Get-Told($Request) { @($Request.json.messages | Where-Object role -eq tool).content }

    # A script for another shell, in which Restart-Box would change something.
    function Get-ShellScript([string] $Call) {
        "Import-Module '$manifest'; Connect-GptChat -BaseUri $($server.BaseUri) -Model m; function Restart-Box { 'restarted' }; try { $Call } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }"
    }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'Three tasks of an admin' {
    It 'finds what fills a folder' {
        1..3 | ForEach-Object { Set-Content "$TestDrive/file$_.log" ('x' * 1000 * $_) -NoNewline }
        $largest = New-GptTool -Name Get-LargestFile -Command {
            <#
            .SYNOPSIS
            The largest files below a folder, largest first.
            .PARAMETER Path
            The folder.
            #>
            param(
                [Parameter(Mandatory)] [string] $Path,
                [ValidateRange(1, 50)] [int] $First = 10
            )
            Get-ChildItem -LiteralPath $Path -File -Recurse -ErrorAction SilentlyContinue |
                Sort-Object Length -Descending |
                Select-Object -First $First Name, Length
        }
        Set-ServerScript $server (New-Asking Get-LargestFile @{ Path = "$TestDrive"; First = 2 }), (New-Answer 'file3.log is the largest.')
        $answer = Invoke-GptChat 'What fills this folder?' -Tool $largest
        $answer | Should -BeExactly 'file3.log is the largest.'
        $answer.Response.ToolCalls | Should -HaveCount 1
        $answer.Response.ToolCalls[0].Outcome | Should -Be Succeeded

        $requests = Get-ServerRequest $server
        $requests[0].json.tools[0].function.description | Should -BeExactly 'The largest files below a folder, largest first.'
        $requests[0].json.tools[0].function.parameters.properties.Path.description | Should -BeExactly 'The folder.'
        Get-Told $requests[1] | Should -BeExactly "{`"Name`":`"file3.log`",`"Length`":3000}`n{`"Name`":`"file2.log`",`"Length`":2000}"
    }

    It 'finds a process that hangs, and ends it' {
        $sleepy = Start-Process sleep 300 -PassThru
        try {
            $find = New-GptTool Get-Process -Parameter Name
            $end = New-GptTool Stop-Process -Parameter Id
            Set-ServerScript $server (New-Asking Get-Process @{ Name = @('sleep') }), (New-Asking Stop-Process @{ Id = @($sleepy.Id) }), (New-Answer 'It is gone.')
            Invoke-GptChat 'The process "sleep" hangs. Find it and end it.' -Tool $find, $end -Confirm:$false | Should -BeExactly 'It is gone.'
            $sleepy.WaitForExit(10000) | Should -BeTrue
            $requests = Get-ServerRequest $server
            (Get-Told $requests[1]) | Should -Match "`"Id`":$($sleepy.Id)\b"
            (Get-Told $requests[2])[1] | Should -BeExactly 'The command ended and returned nothing.'
        }
        finally {
            if (-not $sleepy.HasExited) { $sleepy.Kill() }
        }
    }

    It 'searches one log and nothing else' {
        Set-Content "$TestDrive/app.log" 'all is well', 'ERROR: disk full', 'ERROR: disk full'
        Set-Content "$TestDrive/secret.log" 'ERROR: secret'
        $search = New-GptTool Select-String -Name Search-AppLog -Description 'Searches the log of the application.' -Parameter Pattern -Bind @{ LiteralPath = "$TestDrive/app.log" } -MaxResultLength 5000
        Set-ServerScript $server (New-Asking Search-AppLog @{ Pattern = @('ERROR'); LiteralPath = @("$TestDrive/secret.log") }), (New-Asking Search-AppLog @{ Pattern = @('ERROR') }), (New-Answer 'In line 2.')
        Invoke-GptChat 'When did the errors begin?' -Tool $search | Should -BeExactly 'In line 2.'
        $told = Get-Told (Get-ServerRequest $server)[2]
        $told[0] | Should -BeLike "*LiteralPath is not a member of the schema*"
        $told[1] | Should -BeLike '*disk full*'
        "$told" | Should -Not -BeLike '*secret*'
    }
}

Describe 'Where nobody can be asked' {
    BeforeEach {
        Set-ServerScript $server
    }

    It 'is refused before anything is sent in <Where>' -ForEach @(
        @{ Where = 'a shell with -NonInteractive'; Arguments = '-NoProfile', '-NonInteractive'; Why = 'PowerShell was started with -NonInteractive' }
        @{ Where = 'a shell with the short form of it'; Arguments = '-NoProfile', '-noni'; Why = 'PowerShell was started with -NonInteractive' }
        @{ Where = 'a shell whose input is redirected'; Arguments = @('-NoProfile'); Why = 'standard input is redirected' }
        @{ Where = 'a job'; Arguments = @('-NoProfile'); Inner = { param($Call) "Start-Job { $Call } | Receive-Job -Wait" }; Why = 'this is a job or a remote session' }
        @{ Where = 'a job of threads'; Arguments = @('-NoProfile'); Inner = { param($Call) "Start-ThreadJob { $Call } | Receive-Job -Wait" }; Why = 'this runspace has no console' }
        @{ Where = 'ForEach-Object -Parallel'; Arguments = @('-NoProfile'); Inner = { param($Call) "1 | ForEach-Object -Parallel { $Call }" }; Why = 'this runspace has no console' }
    ) {
        $script = Get-ShellScript "Invoke-GptChat x -Tool Restart-Box"
        if ($Inner) { $script = & $Inner $script }
        $result = Invoke-Program (Get-ShellPath) ($Arguments + '-Command', $script)
        $result.Output | Should -BeLike "GptChat.ToolNotApproved,*Nobody can be asked whether Restart-Box may run: $Why*-Confirm:`$false*"
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'runs what was approved beforehand' {
        Set-ServerScript $server (New-Asking Restart-Box @{}), (New-Answer done)
        $result = Invoke-Shell (Get-ShellScript 'Invoke-GptChat x -Tool Restart-Box -Confirm:$false')
        $result.Output.Trim() | Should -BeExactly done
        Get-Told (Get-ServerRequest $server)[1] | Should -BeExactly restarted
    }

    It 'is said by -WhatIf' {
        $result = Invoke-Shell (Get-ShellScript 'Invoke-GptChat x -Tool Get-Date, Restart-Box -WhatIf')
        $result.Output | Should -BeLike '*tools: Get-Date (runs without asking), Restart-Box (would be refused: PowerShell was started with -NonInteractive)*'
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}

Describe '-ToolSession (only PowerShell 7 makes a session of a runspace)' -Skip:(-not [Management.Automation.Runspaces.PSSession].GetMethod('Create')) {
    BeforeAll {
        # A shell of its own behind a session, as Enter-PSSession to another machine has.
        $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null)
        $runspace.Open()
        $far = [powershell]::Create()
        $far.Runspace = $runspace
        $null = $far.AddScript('function global:Get-Far { param([Parameter(Mandatory)] [string] $Name, [switch] $Loud, [ValidateSet("a", "b")] [string] $Kind, [scriptblock] $Code) Write-Warning "careful"; "far $Name $PID $Kind" } function global:Get-Forever { param() while ($true) { Start-Sleep -Milliseconds 10 } }').Invoke()
        $session = [Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $null)
    }

    AfterAll {
        $far.Dispose()
        $runspace.Dispose()
    }

    It 'runs a command there' {
        Set-ServerScript $server (New-Asking Get-Far @{ Name = 'x; Get-Date'; Kind = 'b' }), (New-Answer done)
        $answer = Invoke-GptChat x -Tool Get-Far -ToolSession $session -WarningVariable warned 3>$null
        $answer | Should -BeExactly done
        $requests = Get-ServerRequest $server
        Get-Told $requests[1] | Should -Match '^far x; Get-Date (?<id>\d+) b$'
        $Matches.id | Should -Not -Be $PID
        $warned | Should -Be careful
        $parameters = $requests[0].json.tools[0].function.parameters
        $parameters.properties.psobject.Properties.Name | Sort-Object | Should -Be Kind, Loud, Name
        $parameters.required | Should -Be Name
    }

    It 'runs a command where scripts are not allowed' {
        $null = & { $far.Commands.Clear(); $far.AddScript('$ExecutionContext.SessionState.LanguageMode = "NoLanguage"').Invoke() }
        Set-ServerScript $server (New-Asking Get-Far @{ Name = 'x' }), (New-Answer done)
        Invoke-GptChat x -Tool Get-Far -ToolSession $session 3>$null | Should -BeExactly done
        Get-Told (Get-ServerRequest $server)[1] | Should -BeLike 'far x *'
    }

    It 'ends what takes too long there' {
        $tool = New-GptTool Get-Forever -ToolSession $session -TimeoutSec 1
        Set-ServerScript $server (New-Asking Get-Forever @{}), (New-Answer done)
        $answer = Invoke-GptChat x -Tool $tool
        $answer.Response.ToolCalls[0].Outcome | Should -Be TimedOut
    }

    It 'says so where <What>' -ForEach @(
        @{ What = 'the command is not known there'; Call = { Invoke-GptChat x -Tool Get-Nothing-There -ToolSession $session }; Id = 'ToolNotUsable'; Said = '*has no command ''Get-Nothing-There''*' }
        @{ What = 'a script block is given'; Call = { Invoke-GptChat x -Tool { 1 } -ToolSession $session }; Id = 'ToolNotUsable'; Said = '*script block is not run in a session*' }
        @{ What = 'no tool is given'; Call = { Invoke-GptChat x -ToolSession $session }; Id = 'InvalidParameter'; Said = '*-ToolSession needs a command in -Tool*' }
    ) {
        Set-ServerScript $server
        $failure = Get-TestError $Call
        $failure.FullyQualifiedErrorId | Should -BeLike "GptChat.$Id,*"
        $failure.Exception.Message | Should -BeLike $Said
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}

Describe 'New-GptTool' {
    It 'shows what the model would see' {
        $tool = New-GptTool Stop-Process -Parameter Id
        $tool.Name | Should -BeExactly Stop-Process
        $tool.IsReadOnly | Should -BeFalse
        $tool.Schema | Should -BeExactly '{"type":"object","properties":{"Id":{"type":"array","items":{"type":"integer"}}},"required":["Id"],"additionalProperties":false}'
        (New-GptTool Get-ChildItem).IsReadOnly | Should -BeTrue
    }

    It 'offers what a server of the Model Context Protocol has, and gives it its variables' {
        $tools = @(New-GptTool -McpServer (Get-ToolServerCommand) -Name e* -ReadOnly -McpEnvironment @{ SERVER_TEAM = 'ops' })
        $tools.Name | Should -Be echo, environment
        $tools | ForEach-Object IsReadOnly | Should -Be $true, $true
        Set-ServerScript $server (New-Asking echo @{ text = 'hello' } environment @{}), (New-Answer done)
        Invoke-GptChat x -Tool $tools | Should -BeExactly done
        $told = Get-Told (Get-ServerRequest $server)[1]
        $told[0] | Should -BeExactly 'heard: hello'
        $told[1] | Should -BeLike '*SERVER_TEAM*'
        $told[1] | Should -Not -BeLike '*OPENAI_API_KEY*'
    }

    It 'sends -McpToken and -McpHeader to a server that has an address, and shows neither' {
        Clear-ServerRequest $server
        $failure = Get-TestError { New-GptTool -McpServer "$($server.Root)/nowhere" -McpToken (ConvertTo-SecureString 'mcp-secret-1' -AsPlainText -Force) -McpHeader @{ 'X-Team' = 'ops' } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'GptChat.ToolNotUsable,*'
        "$failure" | Should -Not -Match 'mcp-secret-1'
        $headers = (Get-ServerRequest $server)[0].headers
        $headers.Authorization | Should -BeExactly 'Bearer mcp-secret-1'
        $headers.'X-Team' | Should -BeExactly ops
    }

    It 'asks before it runs what such a server calls harmless' {
        (New-GptTool -McpServer (Get-ToolServerCommand) -Name echo).IsReadOnly | Should -BeFalse
    }

    It 'takes one of the parameter sets of a command' {
        (New-GptTool Get-Process -ParameterSet Id).Schema | Should -BeLike '*"Id"*'
        (New-GptTool Get-Process -ParameterSet Id).Schema | Should -Not -BeLike '*"Name"*'
    }

    It 'says what to do with a tool that came from a job' {
        $copy = Start-Job { Import-Module $using:manifest; New-GptTool Get-Date } | Receive-Job -Wait -AutoRemoveJob
        (Get-TestError { Invoke-GptChat x -Tool $copy }).Exception.Message | Should -BeLike '*came from a job, remoting or Clixml and lost its command*'
    }
}
