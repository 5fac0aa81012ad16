# Every example of README.md and of the pages below docs runs, answered from the recording of its page: no network, no key.
# docs/contributing.md says how pages and recordings are written.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/Examples/Examples.psm1" -Force
    $root = [IO.Path]::GetFullPath("$PSScriptRoot/../..")
    $pages = foreach ($page in Get-ExamplePage) { @{ Page = $page; Blocks = @(Get-ExampleBlock "$root/$page" | ForEach-Object { @{ Line = $_.Line; Mark = $_.Mark } }) } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    Import-Module "$PSScriptRoot/Examples/Examples.psm1" -Force
    $environment = Clear-ProviderEnvironment
    $server = Start-TestServer
    $notRun = [Collections.Generic.List[string]]::new()
}

AfterAll {
    Write-Host "$($notRun.Count) examples were not run:"
    $notRun | ForEach-Object { Write-Host "  $_" }
    Stop-TestServer $server
    Restore-ProviderEnvironment $environment
    Remove-Module Examples, TestServer
}

Describe 'The examples of <Page>' -ForEach $pages {
    BeforeAll { $results = @(Invoke-ExamplePage $Page -Server $server) }

    It 'that of line <Line> works' -ForEach $Blocks {
        $result = $results | Where-Object Line -eq $Line
        $result | Should -Not -BeNullOrEmpty
        if ($result.Outcome -eq 'NotRun') {
            $notRun.Add("${Page}:$Line, $($result.Message)")
            Set-ItResult -Skipped -Because $result.Message
        }
        $result.Message | Should -BeNullOrEmpty
    }

    It 'ask all that is in their recording' { ($results | Where-Object { -not $_.Line }).Message | Should -BeNullOrEmpty }
}
