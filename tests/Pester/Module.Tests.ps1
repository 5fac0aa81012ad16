BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $server = Open-TestSession
    $manifest = Get-ModuleManifest
    $environment = @{ OPENAI_API_KEY = 'k'; OPENAI_BASE_URL = $server.BaseUri; NO_COLOR = '1' }
}

AfterAll {
    Close-TestSession $server
    Remove-Module TestServer
}

Describe 'The module' {
    It 'has a manifest that is valid and names what is there' {
        $module = Test-ModuleManifest $manifest -WarningVariable warned -ErrorVariable failed -WarningAction SilentlyContinue
        @($warned) + @($failed) | Should -BeNullOrEmpty
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be ((Get-Command -Module GptChat).Name | Sort-Object)
        (Get-Command -Module GptChat).Verb | Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty
        (Get-Command -Module GptChat).Noun | Should -BeLike 'Gpt*'
        $module.ExportedVariables.Count + $module.ExportedAliases.Count + $module.ExportedFunctions.Count | Should -Be 0
    }

    It 'has a build of its own for <Edition>, all files of which are there' -ForEach @(
        @{ Edition = 'Core'; Folder = 'net8.0' }
        @{ Edition = 'Desktop'; Folder = 'netstandard2.0' }
    ) {
        # As the engine of that edition reads the file: the edition is one of the few variables that it may ask for.
        $text = [IO.File]::ReadAllText($manifest).Replace('$PSEdition', "'$Edition'")
        $text | Should -Not -BeLike '*$PSEdition*'
        $read = & ([scriptblock]::Create($text))
        $read.RootModule | Should -BeExactly "bin/$Folder/GptChat.dll"
        $read.CompatiblePSEditions | Should -Contain $Edition
        $files = @($read.RootModule) + $read.RequiredAssemblies + $read.FormatsToProcess + $read.TypesToProcess
        $files.Count | Should -Be 4
        $files | Where-Object { -not (Test-Path -LiteralPath (Join-Path (Split-Path $manifest) $_) -PathType Leaf) } | Should -BeNullOrEmpty
    }

    It 'is loaded from the build of this edition' {
        $folder = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
        (Test-ModuleManifest $manifest).RootModule | Should -BeExactly "bin/$folder/GptChat.dll"
        $expected = [IO.Path]::Combine((Split-Path $manifest), 'bin', $folder, 'GptChat.dll')
        (Get-Module GptChat).Path | Should -BeIn $manifest, $expected
        (Get-Command Invoke-GptChat).ImplementingType.Assembly.Location | Should -Be $expected
    }

    It 'loads by itself from PSModulePath when a command is called' {
        # As it is installed: a folder of the module's name, with the manifest and the build in it.
        $installed = New-Item -ItemType Directory -Path "$TestDrive/modules/GptChat"
        $root = Split-Path $manifest
        Copy-Item -LiteralPath $manifest -Destination $installed
        Copy-Item -LiteralPath "$root/bin" -Destination $installed -Recurse
        $with = $environment + @{ PSModulePath = "$TestDrive/modules" }
        $run = Invoke-Shell -Environment $with 'Invoke-GptChat hello -Model m; (Get-Module GptChat).ModuleBase; (Get-Command New-GptMessage).Source; [GptChat.GptMessage].Name'
        $run.Error | Should -BeNullOrEmpty
        $lines = $run.Output.Trim() -split '\r?\n'
        $lines[0] | Should -BeExactly hello
        (Get-Item -LiteralPath $lines[1]).FullName | Should -Be $installed.FullName
        $lines[2..3] | Should -Be 'GptChat', 'GptMessage'
    }

    It 'shows no more than two assemblies of its own to the session before it is used' {
        $run = Invoke-Shell "Import-Module '$manifest'; [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object Location -Like '*$([IO.Path]::Combine('bin', $(if ($PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' })))*' | ForEach-Object { `$_.GetName().Name }"
        $run.Output.Trim() -split '\r?\n' | Where-Object { $_ -notin 'GptChat', 'GptChat.Core' } | Should -BeNullOrEmpty
    }

    It 'loads and works where errors stop and mistakes count' {
        $run = Invoke-Shell -Environment $environment "Set-StrictMode -Version Latest; `$ErrorActionPreference = 'Stop'; Import-Module '$manifest'; Invoke-GptChat hello -Model m; `$Error.Count"
        $run.Output.Trim() -split '\r?\n' | Should -Be 'hello', '0'
    }

    It 'keeps its session when it is imported again with -Force' {
        $null = New-GptConversation kept
        Import-Module $manifest -Force -Global
        (Get-GptConnection).Name | Should -Contain test
        (Get-GptConversation).Name | Should -Contain kept
        Invoke-GptChat hello | Should -BeExactly hello
    }

    It 'keeps its session when another module imports it and is removed' {
        $path = "$TestDrive/Outer.psm1"
        Set-Content -LiteralPath $path -Value "Import-Module '$manifest'; function Invoke-Outer { Invoke-GptChat outer }"
        Import-Module $path
        try { Invoke-Outer | Should -BeExactly outer } finally { Remove-Module Outer }
        (Get-GptConnection).Name | Should -Contain test
        Invoke-GptChat hello | Should -BeExactly hello
    }

    It 'shows its session in a variable that cannot be overwritten' {
        $null = Get-GptConnection
        & (Get-Module GptChat) { "$GptChatSession" } | Should -BeLike '*connections*conversations'
        "$(Get-TestError { & (Get-Module GptChat) { $script:GptChatSession = 1 } })" | Should -BeLike '*read-only*'
        Get-Variable GptChatSession -Scope Global -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    # Last: it forgets everything.
    It 'forgets its session when it is removed' {
        Remove-Module GptChat
        Get-Command Invoke-GptChat -Module GptChat -ErrorAction Ignore | Should -BeNullOrEmpty
        Import-Module $manifest -Global
        Get-GptConnection | Should -BeNullOrEmpty
        Get-GptConversation | Should -BeNullOrEmpty
        Connect-GptChat -BaseUri $server.BaseUri -Model m
        Invoke-GptChat again | Should -BeExactly again
    }
}
