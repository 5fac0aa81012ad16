# Help as a user asks for it.

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    Import-Module (Get-ModuleManifest) -Force
    $cmdlets = Get-Command -Module GptChat | ForEach-Object Name
}

AfterAll { Remove-Module TestServer }

Describe 'Get-Help' {
    It 'has a synopsis, a description, examples and an address for every cmdlet' {
        foreach ($name in $cmdlets) {
            $help = Get-Help $name -Full
            $help.Synopsis | Should -Not -BeNullOrEmpty -Because $name
            $help.Synopsis | Should -Not -Match "^\s*$name\b" -Because $name
            ($help.description | Out-String).Trim() | Should -Not -BeNullOrEmpty -Because $name
            @($help.examples.example).Count | Should -BeGreaterOrEqual 3 -Because $name
            (Get-Command $name).HelpUri | Should -BeLike "https://*/docs/help/$name.md"
            @($help.relatedLinks.navigationLink.uri) -ne '' | Should -Contain (Get-Command $name).HelpUri -Because $name
        }
    }

    It 'tells what a parameter is for' {
        (Get-Help Invoke-GptChat -Parameter Each).description.Text | Should -BeLike '*one request for each item*'
        (Get-Help Connect-GptChat -Parameter ApiKey | Out-String) | Should -BeLike '*-ApiKey*'
    }

    It 'shows examples as they are written' {
        Get-Help Invoke-GptChat -Examples | Out-String | Should -BeLike '*Invoke-GptChat*-Journal triage.jsonl*'
    }

    It 'finds <_>' -ForEach 'about_GptChat', 'about_GptChat_Conversations', 'about_GptChat_Errors' {
        (Get-Help $_) -join "`n" | Should -BeLike "*$_*"
    }
}
