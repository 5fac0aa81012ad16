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

    It 'is not made of files that name a folder of the machine that built them: <Name>' -ForEach @(
        @{ Name = 'an assembly'; File = 'GptChat.dll'; Text = 'x {0}/src/GptChat.pdb'; Encoding = 'utf-8' }
        @{ Name = 'the text in an assembly'; File = 'GptChat.Mcp.dll'; Text = '{0}/bin'; Encoding = 'utf-16' }
        @{ Name = 'a help file'; File = 'about.txt'; Text = 'Look at {0}/docs.'; Encoding = 'utf-8' }
        @{ Name = 'a home'; File = 'a.json'; Text = '"{1}/.nuget"'; Encoding = 'utf-8' }
    ) {
        $folder = (New-Item "$work/named-$([guid]::NewGuid())" -ItemType Directory).FullName
        [IO.File]::WriteAllText("$folder/$File", 'x /_/src/GptChat.pdb')
        { Assert-NoBuildPath $folder '/src' } | Should -Not -Throw
        [IO.File]::WriteAllText("$folder/$File", ($Text -f $root.TrimEnd('/', '\'), [Environment]::GetFolderPath('UserProfile')), [Text.Encoding]::GetEncoding($Encoding))
        { Assert-NoBuildPath $folder $root } | Should -Throw "*$File*Release*"
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

    It 'is not made at all where it cannot be signed as was asked (only outside Windows)' -Skip:([bool] (Get-Command Set-AuthenticodeSignature -ErrorAction Ignore)) {
        { Get-SigningCertificate 0123456789ABCDEF } | Should -Throw '*cannot be signed here*'
        $checkout = New-Item "$work/checkout/build" -ItemType Directory
        Copy-Item -LiteralPath "$root/build.ps1" -Destination $checkout.Parent.FullName
        Copy-Item -LiteralPath "$root/build/ModulePackage.psm1" -Destination $checkout.FullName
        $run = Invoke-Program (Get-ShellPath) '-NoProfile', '-NonInteractive', '-File', "$work/checkout/build.ps1", '-Task', 'Package', '-Certificate', '0123456789ABCDEF'
        $run.ExitCode | Should -Be 1
        $run.Error | Should -BeLike '*cannot be signed here*'
        "$work/checkout/artifacts" | Should -Not -Exist
    }
}

Describe 'A signature' {
    BeforeAll {
        # Of PowerShell on Windows; what is asked of it is the same everywhere.
        function global:Set-AuthenticodeSignature($LiteralPath, $Certificate, $HashAlgorithm, $IncludeChain, $TimestampServer) {
            $script:asked = $PSBoundParameters
            $LiteralPath | ForEach-Object { [pscustomobject]@{ Path = $_; Status = $(if ($_ -like $Certificate) { 'UnknownError' } else { 'Valid' }); StatusMessage = 'no chain' } }
        }
    }

    AfterAll { Remove-Item function:Set-AuthenticodeSignature }

    It 'stands on everything of ours that PowerShell checks' {
        Protect-Module $installed nothing https://time.example
        $signed = $asked.LiteralPath | ForEach-Object { [IO.Path]::GetRelativePath($installed, $_).Replace('\', '/') } | Sort-Object
        $signed | Should -Be ($entries | Where-Object { $_ -match '\.(psd1|ps1xml)$|(^|/)GptChat[^/]*\.dll$' } | Sort-Object)
        $signed | Should -Contain 'bin/netstandard2.0/mcp/GptChat.Mcp.dll'
        $asked.TimestampServer | Should -Be 'https://time.example'
        $asked.HashAlgorithm | Should -Be SHA256
    }

    It 'that was not made is an error' {
        { Protect-Module $installed '*GptChat.Core.dll' } | Should -Throw '*GptChat.Core.dll was not signed: no chain'
    }

    It 'needs a certificate that is there, with its key' {
        { Get-SigningCertificate 0123456789ABCDEF } | Should -Throw '*no certificate*0123456789ABCDEF*'
        $key = [Security.Cryptography.RSA]::Create(2048)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=test', $key, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $made = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
        [IO.File]::WriteAllBytes("$work/public.cer", $made.Export('Cert'))
        { Get-SigningCertificate "$work/public.cer" } | Should -Throw '*no private key*'
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
