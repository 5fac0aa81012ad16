#Requires -Version 7
# The package, as somebody gets it who has nothing of this repository: unpacked into an empty home, and used from there.

BeforeAll {
    Import-Module "$PSScriptRoot/TestServer.psm1"
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module "$root/build/ModulePackage.psm1" -Force
    $work = [IO.Path]::Combine([IO.Path]::GetTempPath(), "gptchat-package-$([guid]::NewGuid())")
    $staged = Copy-Module $root "$work/stage/GptChat"
    $package = New-ModulePackage $staged $work
    Add-Type -AssemblyName System.IO.Compression.FileSystem

    # What Install-PSResource leaves of a package: the module, without what only the package needs.
    $version = "$($staged.Version)"
    $userHome = "$work/home"
    $modules = if ($IsWindows) { "$work/home/Documents/PowerShell/Modules" } else { "$userHome/.local/share/powershell/Modules" }
    $installed = "$modules/GptChat/$version"
    [IO.Compression.ZipFile]::ExtractToDirectory($package.FullName, $installed)
    $names = [IO.Compression.ZipFile]::OpenRead($package.FullName)
    $entries = $names.Entries | ForEach-Object FullName
    $names.Dispose()
    [xml] $nuspec = [IO.File]::ReadAllText("$installed/GptChat.nuspec")
    foreach ($extra in '_rels', 'package', '[Content_Types].xml', 'GptChat.nuspec') { Remove-Item -LiteralPath "$installed/$extra" -Recurse -Force }

    # A shell that knows no other place to find modules than that home and its own.
    function Invoke-Fresh([string] $Script) {
        $start = New-ProcessStart (Get-ShellPath) ('-NoProfile', '-NonInteractive', '-Command', $Script)
        $start.WorkingDirectory = $work
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        foreach ($name in @($start.Environment.Keys) -match '^(XDG_|GPTCHAT_)') { $null = $start.Environment.Remove($name) }
        $start.Environment['HOME'] = $start.Environment['USERPROFILE'] = $userHome
        $start.Environment['PSModulePath'] = $modules
        $start.Environment['NO_COLOR'] = '1'
        $process = [Diagnostics.Process]::Start($start)
        $failed = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        if ($failed.Result) { throw $failed.Result }
        $output.TrimEnd()
    }
}

AfterAll {
    Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction Ignore
    Remove-Module ModulePackage, TestServer
}

Describe 'The package' {
    It 'holds the module, and nothing of its build' {
        $expected = [string[]] (Get-ModuleFile $root)
        [Array]::Sort($expected, [StringComparer]::Ordinal)
        $entries | Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\]|GptChat\.nuspec)' } | Should -Be $expected
        $entries -match '\.(pdb|cs|csproj|deps\.json)$|/obj/|/ref/' | Should -BeNullOrEmpty
        foreach ($needed in 'GptChat.psd1', 'LICENSE', 'bin/net8.0/GptChat.dll', 'bin/netstandard2.0/System.Text.Json.dll', 'bin/net8.0/mcp/GptChat.Mcp.dll', 'en-US/GptChat.dll-Help.xml', 'en-US/about_GptChat.help.txt') { $entries | Should -Contain $needed }
        # Of the tokenizer, for models that are not used here: never loaded.
        $entries -match 'Google\.Protobuf' | Should -BeNullOrEmpty
    }

    It 'is not made while something of it is missing' {
        $partial = (New-Item "$work/partial" -ItemType Directory).FullName
        Copy-Item -LiteralPath "$root/GptChat.psd1", "$root/LICENSE", "$root/README.md", "$root/CHANGELOG.md" -Destination $partial
        Copy-Item -LiteralPath "$root/bin" -Destination $partial -Recurse
        New-Item "$partial/en-US" -ItemType Directory | Out-Null
        { Copy-Module $partial "$work/never" } | Should -Throw '*dll-Help.xml*dotnet build*'
    }

    It 'is not made of assemblies that name a folder of the machine that built them' {
        $folder = (New-Item "$work/named" -ItemType Directory).FullName
        [IO.File]::WriteAllText("$folder/GptChat.dll", "x /_/src/GptChat.pdb")
        { Assert-NoBuildPath $folder $root } | Should -Not -Throw
        [IO.File]::WriteAllText("$folder/GptChat.dll", "x $root/src/GptChat.pdb")
        { Assert-NoBuildPath $folder $root } | Should -Throw '*GptChat.dll*Release*'
    }

    It 'is the same, byte for byte, when it is made again' {
        $again = New-ModulePackage $staged (New-Item "$work/again" -ItemType Directory).FullName
        [Convert]::ToBase64String([IO.File]::ReadAllBytes($again.FullName)) | Should -BeExactly ([Convert]::ToBase64String([IO.File]::ReadAllBytes($package.FullName)))
    }

    It 'tells a gallery what it must know' {
        $data = $nuspec.package.metadata
        $data.id | Should -BeExactly 'GptChat'
        $data.version | Should -BeExactly $version
        foreach ($member in 'authors', 'description', 'projectUrl', 'licenseUrl', 'releaseNotes', 'copyright') { $data.$member | Should -Not -BeNullOrEmpty -Because $member }
        $tags = $data.tags -split ' '
        $tags | Should -Contain 'PSModule'
        foreach ($name in $staged.ExportedCmdlets.Keys) { $tags | Should -Contain "PSCmdlet_$name" }
        $tags | Where-Object { $_ -notmatch '^[\w.-]+$' } | Should -BeNullOrEmpty
    }

    It 'refuses to pass for signed where nothing can be signed' -Skip:([bool] (Get-Command Set-AuthenticodeSignature -ErrorAction Ignore)) {
        { Protect-Module $installed 0123456789ABCDEF } | Should -Throw '*cannot be signed here*'
    }
}

Describe 'The module in an empty home' {
    It 'is found by the name of a command, and answers' {
        $recording = "$root/docs/recordings/first-steps.jsonl"
        Invoke-Fresh "`$r = Invoke-GptChat 'What are the three laws of thermodynamics?' -Replay '$recording'; `$r.Usage.TotalTokens; (Get-Module GptChat).ModuleBase" |
            Should -BeLike "136*$([WildcardPattern]::Escape((Resolve-Path $installed).Path))"
    }

    It 'counts tokens and shows tables: all that it loads later is there' {
        Invoke-Fresh "('The quick brown fox' | Measure-GptToken -Model gpt-5.1).Tokens; (Get-FormatData GptChat.GptUsage).TypeNames" | Should -Match '(?s)^4\s+GptChat\.GptUsage$'
    }

    It 'brings its help' {
        Invoke-Fresh '(Get-Help about_GptChat) -join "`n"' | Should -BeLike '*about_GptChat*'
        Invoke-Fresh '(Get-Help Invoke-GptChat -Parameter Each).description.Text' | Should -BeLike '*one request for each item*'
    }

    It 'exports what its manifest says, and imports without a word' {
        Invoke-Fresh '(Import-Module GptChat -PassThru -Verbose:$false).ExportedCommands.Count' | Should -Be $staged.ExportedCmdlets.Count
    }
}

Describe 'The tool gptchat' {
    It 'installs from its package, and answers' {
        $null = dotnet pack "$root/src/GptChat.Cli" --no-build -c (Split-Path (Split-Path (Split-Path (Get-CliPath))) -Leaf) -o "$work/tool" --nologo
        $LASTEXITCODE | Should -Be 0
        $null = dotnet tool install GptChat.Cli --tool-path "$work/bin" --add-source "$work/tool" --version $version
        $LASTEXITCODE | Should -Be 0
        & "$work/bin/gptchat" 'What are the three laws of thermodynamics?' -Replay "$root/docs/recordings/first-steps.jsonl" | Select-Object -First 1 | Should -Be 'In plain words:'
    }
}
