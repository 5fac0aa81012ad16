# What Tab offers where the shell's own commands are needed for it: files, and properties of what is piped in.

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    Import-Module (Get-ModuleManifest) -Force

    function Get-Offer([string] $Line) {
        [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches | ForEach-Object { $_.ListItemText }
    }
}

AfterAll { Remove-Module TestServer }

Describe 'Files on Tab' {
    BeforeAll {
        Push-Location $TestDrive
        foreach ($name in 'notes.txt', 'night.jsonl', 'two words.jsonl', 'trip.json') { Set-Content $name 'x' }
        $null = New-Item old -ItemType Directory
    }

    AfterAll { Pop-Location }

    It 'offers <Offered> for "<Line>"' -TestCases @(
        @{ Line = "Invoke-GptChat 'x' -Journal "; Offered = 'night.jsonl', 'two words.jsonl', 'old' }
        @{ Line = "Invoke-GptChat 'x' -Replay ni"; Offered = @('night.jsonl') }
        @{ Line = "Connect-GptChat -Record ni"; Offered = @('night.jsonl') }
        @{ Line = 'Get-GptRecording '; Offered = 'night.jsonl', 'two words.jsonl', 'old' }
        @{ Line = 'Clear-GptCache '; Offered = 'night.jsonl', 'two words.jsonl', 'old' }
        @{ Line = 'Import-GptConversation '; Offered = 'trip.json', 'old' }
        @{ Line = "Invoke-GptChat 'x' -Journal no"; Offered = @('notes.txt') }
    ) {
        param($Line, $Offered)
        Get-Offer $Line | Should -Be $Offered
    }

    It 'quotes a name with a blank' {
        $line = "Invoke-GptChat 'x' -Journal tw"
        [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches[0].CompletionText | Should -BeLike "*'*two words.jsonl'"
    }
}

Describe 'Properties on Tab' {
    It 'offers those of what is piped in' {
        Get-Offer "Get-Process | Invoke-GptChat 'x' -Property Work" | Should -Contain 'WorkingSet64'
        Get-Offer "Get-Item x | Measure-GptToken -Property Name, LastW" | Should -Contain 'LastWriteTime'
    }

    It 'offers none where nothing is piped' { Get-Offer "Invoke-GptChat 'x' -Property Work" | Should -BeNullOrEmpty }
}
