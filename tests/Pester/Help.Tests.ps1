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

    It 'opens the page of the cmdlet with -Online' {
        # The address that the first link has is what it opens; a browser is nothing for a test.
        @((Get-Help New-GptTool).relatedLinks.navigationLink)[0].uri | Should -BeExactly (Get-Command New-GptTool).HelpUri
    }

    It 'shows all of a cmdlet with -Full' {
        $text = Get-Help New-GptMessage -Full | Out-String -Width 200
        foreach ($name in (Get-Command New-GptMessage).Parameters.Keys) {
            if ($name -notin [Management.Automation.PSCmdlet]::CommonParameters) { $text | Should -Match "(?m)^\s+-$name( |\r?$)" }
        }
        $text | Should -Match 'Accepted values: System, Developer, User, Assistant, Tool, Function'
        $text | Should -Match '(?s)INPUTS.+PSObject.+OUTPUTS.+GptMessage.+NOTES.+role Tool.+Example 1: .+RELATED LINKS'
    }

    It 'keeps the columns of what an example prints' {
        $text = (Get-Help Measure-GptToken -Examples | Out-String -Width 200) -replace "`r"
        $text | Should -Match '(?m)^(?<indent> +)    Tokens  Characters.*\n\k<indent>    ------  ----------'
    }

    It 'shows no comment of a page' {
        foreach ($name in $cmdlets) { Get-Help $name -Full | Out-String -Width 200 | Should -Not -Match '<!--' -Because $name }
    }

    It 'is found in the language <_>' -ForEach 'en-US', 'de-DE' {
        $before = [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentUICulture = $_
            (Get-Help Invoke-GptChat).Synopsis | Should -Be 'Asks a model and outputs its answer.'
        }
        finally { [cultureinfo]::CurrentUICulture = $before }
    }

    It 'finds every cmdlet by a pattern' {
        (Get-Help *-Gpt* -Category Cmdlet).Name | Sort-Object | Should -Be ($cmdlets | Sort-Object)
    }

    It 'shows examples as they are written' {
        Get-Help Invoke-GptChat -Examples | Out-String | Should -BeLike '*Invoke-GptChat*-Journal triage.jsonl*'
    }

    It 'finds <_>' -ForEach 'about_GptChat', 'about_GptChat_Conversations', 'about_GptChat_Errors' {
        (Get-Help $_) -join "`n" | Should -BeLike "*$_*"
    }
}
