#Requires -Version 7
# A chat with somebody at the console, in a session of its own; every line of it is tested in the hosted engine.

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    Import-Module "$PSScriptRoot/Examples/Examples.psm1" -Force
    $environment = Clear-ProviderEnvironment
    $server = Start-TestServer

    function Invoke-Chat([string] $Script, [string[]] $Line) {
        $person = & (Get-Module Examples) { New-ExamplePerson $args[0] } @($Line | ForEach-Object { "a person writes $_" })
        $settings = [Management.Automation.PSInvocationSettings]::new()
        $settings.Host = $person
        $shell = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $null = $shell.AddScript("Import-Module '$(Get-ModuleManifest)'; Connect-GptChat -BaseUri $($server.BaseUri) -Model first -Name one; $Script")
            $null = $shell.Invoke($null, $settings)
            $problem = & (Get-Module Examples) { Get-PersonProblem $args[0] } $person
            [pscustomobject]@{ Written = $person.Written; Problem = @($problem) + @($shell.Streams.Error) -ne $null }
        }
        finally { $shell.Dispose() }
    }
}

AfterAll {
    Stop-TestServer $server
    Restore-ProviderEnvironment $environment
    Remove-Module Examples, TestServer
}

Describe 'Enter-GptChat' {
    BeforeEach { Clear-ServerRequest $server }

    It 'asks as its parameters say, and shows the answer' {
        $chat = Invoke-Chat 'Enter-GptChat -Connection one -Model gpt-5.1 -System "Be brief." -Temperature 1 -MaxCompletionTokens 9 -ReasoningEffort low -AnswerVerbosity high -ContextPolicy TrimOldest -ContextWindow 5000 -MaxCost 1 -Plain -Redact -Restore' 'Server=db1;Password=hunter22;Encrypt=true'
        $chat.Problem | Should -BeNullOrEmpty
        $sent = (Get-ServerRequest $server).json
        $sent.model, $sent.temperature, $sent.max_completion_tokens, $sent.reasoning_effort, $sent.verbosity | Should -Be 'gpt-5.1', 1, 9, 'low', 'high'
        $sent.messages.role | Should -Be system, user
        $sent.messages[1].content | Should -BeExactly 'Server=db1;Password=[SECRET:PASSWORD:1];Encrypt=true'

        # The server says it back: placeholders on the wire, the value on the screen.
        $chat.Written | Should -BeLike '*Password=hunter22;Encrypt=true*Password=hunter22;Encrypt=true*'
    }

    It 'keeps the exchange in the file of -Record' {
        (Invoke-Chat "Enter-GptChat -Record '$TestDrive/talk.jsonl'" 'one', 'two').Problem | Should -BeNullOrEmpty
        @(Get-Content "$TestDrive/talk.jsonl") | Should -HaveCount 2
    }

    It 'shows what fails and stays' {
        Set-ServerScript $server @{ kind = 'error'; status = 401; message = 'wrong key' }
        $chat = Invoke-Chat 'Enter-GptChat' 'one', 'two'
        $chat.Problem | Should -BeLike '*wrong key*'
        $chat.Written | Should -BeLike '*chat> two*two*'
    }
}
