BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $manifest = Get-ModuleManifest
    Connect-GptChat -BaseUri $server.BaseUri -Model openai/gpt-5.1-chat -Name priced
    $laws = 'What are the three laws of thermodynamics?'

    function Get-Shown($value) {
        ($value | Out-String -Width 80) -replace '\r'
    }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'Measure-GptToken' {
    It 'counts text and messages, and shows it in 80 columns' {
        ($laws | Measure-GptToken).Tokens | Should -Be 9
        (New-GptMessage $laws | Measure-GptToken).Tokens | Should -Be 15
        Get-Shown ($laws | Measure-GptToken) | Should -Match '(?s)Tokens\s+Characters\s+Cost\s+Model\s+Name.*\s9\s+42\s+0\.000019\s+openai/gpt-5\.1-chat'
    }

    It 'counts files one by one, and in all' {
        Set-Content -LiteralPath "$TestDrive/a.log" -Value 'Hello'
        Set-Content -LiteralPath "$TestDrive/b.log" -Value 'Hello', 'Hello'
        $counts = Get-ChildItem "$TestDrive/*.log" | Measure-GptToken -Each
        $counts.Name | Should -Be 'a.log', 'b.log'
        $counts.Source[0] | Should -BeOfType IO.FileInfo
        (Measure-GptToken -Path "$TestDrive/*.log").Tokens | Should -BeGreaterThan ($counts | Measure-Object Tokens -Sum).Sum
        $counts | Sort-Object Tokens -Descending | Select-Object -First 1 -ExpandProperty Name | Should -Be b.log
    }

    It 'says what it would cost elsewhere, and nothing where that is not known' {
        (Measure-GptToken $laws -Model gpt-4o).Cost | Should -Be 0.00004
        (Measure-GptToken $laws -Model llama3).Cost | Should -BeNullOrEmpty
        Get-Shown (Measure-GptToken $laws -Model llama3) | Should -Match '~9'
    }

    It 'works beside another version of the tokenizer, older or newer, loaded before or after' -TestCases @(
        @{ Version = '1.0.0.0' }
        @{ Version = '99.0.0.0' }
    ) {
        $folder = New-Item -ItemType Directory -Path "$TestDrive/$Version"
        $dll = "$folder/Microsoft.ML.Tokenizers.dll"
        $code = "[assembly: System.Reflection.AssemblyVersion(""$Version"")] namespace Microsoft.ML.Tokenizers { public class TiktokenTokenizer { public static string Mine = ""$Version""; } }"
        $made = Invoke-Shell "Add-Type -TypeDefinition '$code' -OutputAssembly '$dll'"
        $made.Error | Should -BeNullOrEmpty
        $load = "`$null = [Reflection.Assembly]::LoadFrom('$dll')"
        $use = "Import-Module '$manifest'; (Measure-GptToken 'Hello').Tokens"
        $mine = '[Microsoft.ML.Tokenizers.TiktokenTokenizer]::Mine'
        foreach ($script in "$load; $use; $mine", "$use; $load; $mine") {
            $run = Invoke-Shell $script
            $run.Error | Should -BeNullOrEmpty
            $run.Output.Trim() -split '\r?\n' | Should -Be '1', $Version
        }
    }

    It 'loads no tokenizer before it is asked' {
        $run = Invoke-Shell "Import-Module '$manifest'; Connect-GptChat -BaseUri http://127.0.0.1:9 -Model llama3; `$null = Invoke-GptChat x -WhatIf 6>`$null; [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -match 'Tokenizers'"
        $run.Output | Should -Not -Match 'Tokenizers'
    }
}

Describe 'What was spent' {
    BeforeEach {
        Connect-GptChat -BaseUri $server.BaseUri -Model openai/gpt-5.1-chat -Name priced
        Clear-GptUsage
        Set-ServerScript $server
    }

    It 'stands on the reply and in the totals' {
        $reply = Invoke-GptChat hello
        $reply.Cost | Should -Be 0.000085
        $reply.Response.Cost | Should -BeOfType decimal
        $null = 1..3 | Invoke-GptChat -Each
        $total = Get-GptUsage
        $total.Requests, $total.TotalTokens, $total.Cost | Should -Be 4, 76, 0.00034
        Get-Shown $total | Should -Match '(?s)Model\s+Connection\s+Requests\s+Failed\s+Prompt\s+Answer\s+Cost.*openai/gpt-5\.1-chat\s+priced\s+4\s+0\s+48\s+28\s+0\.00034'
    }

    It 'may not be more than a call allows' {
        $thrown = Get-TestError { Invoke-GptChat hello -MaxCost 0.0001 -MaxCompletionTokens 10 }
        $thrown.FullyQualifiedErrorId | Should -Be 'GptChat.BudgetExceeded,GptChat.Cmdlets.InvokeGptChatCommand'
        $thrown.Exception.Message | Should -BeLike 'The next request may take 0.00010875 USD (7 tokens of prompt and up to 10 of answer), and this call has taken 0.00 USD of the 0.0001 USD of -MaxCost. Limit the answer *'
        Get-ServerRequest $server | Should -BeNullOrEmpty
        Invoke-GptChat hello -MaxCost 0.00011 -MaxCompletionTokens 10 | Should -BeExactly hello
    }

    It 'may not be more than a bulk call allows, which keeps what it has' {
        try { 1..9 | Invoke-GptChat -Each -MaxCost 0.00037 -MaxCompletionTokens 10 -OutVariable got -ErrorAction Stop | Out-Null } catch { $thrown = $_ }
        $thrown.FullyQualifiedErrorId | Should -Be 'GptChat.BudgetExceeded,GptChat.Cmdlets.InvokeGptChatCommand'
        $got | Should -Be 1, 2, 3, 4
        @(Get-ServerRequest $server).Count | Should -Be 4
    }

    It 'may not be more than the session allows' {
        Connect-GptChat -BaseUri $server.BaseUri -Model gpt-4o -Name frugal -Budget 0.0002
        $null = Invoke-GptChat one -Connection frugal -MaxCompletionTokens 5
        (Get-TestError { Invoke-GptChat two -Connection frugal -MaxCompletionTokens 50 }).Exception.Message | Should -BeLike '*this session has taken*of -Budget*Clear-GptUsage*'
        Disconnect-GptChat frugal
    }

    It 'needs a price, which can be said' {
        (Get-TestError { Invoke-GptChat hello -Connection test -MaxCost 1 }).Exception.Message | Should -BeLike "*price of the model 'test-model' is not known*Set-GptPrice*"
        Set-GptPrice test-model -Input 1 -Output 2 -MaxOutputTokens 1000
        Invoke-GptChat hello -Connection test -MaxCost 1 | ForEach-Object Cost | Should -Be 0.000026
        Set-GptPrice -Reset
    }

    It 'is foretold by -WhatIf' {
        Invoke-GptChat $laws -MaxCompletionTokens 15 -WhatIf -InformationVariable shown 6> $null
        $request = $shown.MessageData
        $request.Tokens, $request.MaxCost | Should -Be 15, 0.00016875
    }

    It 'is kept when the module is imported again' {
        $null = Invoke-GptChat hello
        Import-Module $manifest -Force -Global
        (Get-GptUsage).Requests | Should -Be 1
    }
}
