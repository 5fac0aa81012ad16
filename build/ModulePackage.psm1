#Requires -Version 7
<#
.SYNOPSIS
Lays the module out as it is installed, and packs it as a gallery takes it. Used by build.ps1 -Task Package.
#>
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

# The only time in a package, so that the same source makes the same bytes, whenever and wherever it is packed.
$script:Epoch = [DateTimeOffset]::new(2000, 1, 1, 0, 0, 0, [TimeSpan]::Zero)

function Get-ModuleFile {
    <#
    .SYNOPSIS
    The files of which the module consists, as paths relative to the root: what it runs on, its help, its licence; nothing of its build.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Root)

    # What is named here, and not only found, is missed if no build has made it.
    $files = 'GptChat.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md', 'bin/GptChat.Format.ps1xml', 'bin/GptChat.Types.ps1xml', 'en-US/GptChat.dll-Help.xml'
    $files
    foreach ($folder in 'en-US', 'bin/net8.0', 'bin/netstandard2.0') {
        # A module runs in a shell, never in a browser; symbols and the documents of the compiler are for those who build.
        Get-ChildItem -LiteralPath (Join-Path $Root $folder) -Recurse -File |
            Where-Object { $_.Extension -notin '.pdb' -and ($_.Extension -ne '.xml' -or $folder -eq 'en-US') -and $_.FullName -notmatch '[\\/]runtimes[\\/]' } |
            ForEach-Object { [IO.Path]::GetRelativePath($Root, $_.FullName).Replace('\', '/') } |
            Where-Object { $_ -notin $files } |
            Sort-Object
    }
}

function Copy-Module {
    <#
    .SYNOPSIS
    Copies the module to a folder of its own, whose manifest is then tested.
    #>
    [OutputType([System.Management.Automation.PSModuleInfo])]
    param([Parameter(Mandatory)] [string] $Root, [Parameter(Mandatory)] [string] $Destination)

    $files = @(Get-ModuleFile $Root)
    if ($missing = $files | Where-Object { -not (Test-Path -LiteralPath (Join-Path $Root $_)) }) {
        throw "Nothing was packaged, since this is missing: $($missing -join ', '). 'dotnet build GptChat.sln' makes it."
    }

    if (Test-Path -LiteralPath $Destination) { Remove-Item -LiteralPath $Destination -Recurse -Force }
    foreach ($file in $files) {
        $target = Join-Path $Destination $file
        $null = New-Item -ItemType Directory -Path (Split-Path $target) -Force
        Copy-Item -LiteralPath (Join-Path $Root $file) -Destination $target
    }

    # Warnings too: a gallery refuses what the test only remarks.
    Test-ModuleManifest (Join-Path $Destination 'GptChat.psd1') -WarningAction Stop
}

function Assert-NoBuildPath {
    <#
    .SYNOPSIS
    Fails where a file tells in which folder, or in whose home, it was built.
    #>
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Root)

    $folders = @($Root; [Environment]::GetFolderPath('UserProfile')) | ForEach-Object { $_.TrimEnd('/', '\') } | Where-Object { $_ }
    # As bytes: a text of an assembly may begin at any of them.
    $bytes = [Text.Encoding]::Latin1
    # The whole of it: what a build maps may end with the name of the same folder, and another may begin with it. What stands before
    # counts in the text's own encoding: the byte there may be a length.
    $names = foreach ($folder in $folders) {
        foreach ($encoding in [Text.Encoding]::UTF8, [Text.Encoding]::Unicode) {
            $zero = if ($encoding -eq [Text.Encoding]::Unicode) { '\0' }
            "(?<![A-Za-z0-9_./\\]$zero)" + [regex]::Escape($bytes.GetString($encoding.GetBytes($folder))) + '[/\\]'
        }
    }
    $named = [regex]::new($names -join '|', 'CultureInvariant')
    foreach ($file in Get-ChildItem -LiteralPath $Path -Recurse -File) {
        if ($named.IsMatch($bytes.GetString([IO.File]::ReadAllBytes($file.FullName)))) { throw "$($file.FullName) names a folder of the machine that built it: package the Release build." }
    }
}

function Get-SigningCertificate {
    <#
    .SYNOPSIS
    The certificate of a thumbprint or a file, as an error before anything is built if nothing can be signed with it.
    #>
    param([Parameter(Mandatory)] [string] $Certificate)

    if (-not (Get-Command Set-AuthenticodeSignature -ErrorAction SilentlyContinue)) {
        throw 'The module cannot be signed here: Authenticode signatures are made on Windows only. Package there, or leave -Certificate out.'
    }

    $found = if (Test-Path -LiteralPath $Certificate -PathType Leaf) { Get-PfxCertificate -LiteralPath $Certificate }
    elseif (Test-Path -LiteralPath "Cert:\CurrentUser\My\$Certificate") { Get-Item -LiteralPath "Cert:\CurrentUser\My\$Certificate" }
    else { throw "There is no certificate '$Certificate': neither a file, nor a thumbprint in Cert:\CurrentUser\My." }
    if (-not $found.HasPrivateKey) { throw "The certificate '$Certificate' has no private key here, so nothing can be signed with it." }
    $found
}

function Protect-Module {
    <#
    .SYNOPSIS
    Signs what PowerShell checks and what is ours.
    #>
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] $Certificate, [string] $TimestampServer)

    $files = @(Get-ChildItem -LiteralPath $Path -Recurse -File | Where-Object { $_.Extension -in '.psd1', '.ps1xml' -or $_.Name -like 'GptChat*.dll' })
    $options = @{ Certificate = $Certificate; HashAlgorithm = 'SHA256'; IncludeChain = 'NotRoot' }
    # Without one, signatures end with the certificate.
    if ($TimestampServer) { $options.TimestampServer = $TimestampServer }
    $signed = @(Set-AuthenticodeSignature -LiteralPath $files.FullName @options)
    foreach ($signature in $signed) {
        if ($signature.Status -ne 'Valid') { throw "$($signature.Path) was not signed: $($signature.StatusMessage)" }
    }

    if ($signed.Count -ne $files.Count) { throw "Of $($files.Count) files $($signed.Count) were signed." }
}

function ConvertTo-Nuspec {
    <#
    .SYNOPSIS
    What the manifest says, as a gallery reads it.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] [System.Management.Automation.PSModuleInfo] $Manifest)

    $data = $Manifest.PrivateData.PSData
    $cmdlets = $Manifest.ExportedCmdlets.Keys | Sort-Object
    $tags = @('PSModule') + $data.Tags + 'PSIncludes_Cmdlet' + ($cmdlets | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })
    $members = [ordered]@{
        id                       = $Manifest.Name
        version                  = "$($Manifest.Version)"
        authors                  = $Manifest.Author
        owners                   = $Manifest.CompanyName
        requireLicenseAcceptance = 'false'
        licenseUrl               = $data.LicenseUri
        projectUrl               = $data.ProjectUri
        description              = $Manifest.Description
        releaseNotes             = $data.ReleaseNotes
        copyright                = $Manifest.Copyright
        tags                     = $tags -join ' '
    }
    $lines = foreach ($name in $members.Keys) { "    <$name>$([Security.SecurityElement]::Escape($members[$name]))</$name>" }
    @('<?xml version="1.0" encoding="utf-8"?>', '<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">', '  <metadata>') + $lines + '  </metadata>', '</package>', '' -join "`n"
}

function New-ModulePackage {
    <#
    .SYNOPSIS
    Packs a module's folder. The same folder makes the same package, byte for byte.
    #>
    [OutputType([IO.FileInfo])]
    param([Parameter(Mandatory)] [System.Management.Automation.PSModuleInfo] $Manifest, [Parameter(Mandatory)] [string] $Destination)

    $root = $Manifest.ModuleBase
    $path = Join-Path $Destination "$($Manifest.Name).$($Manifest.Version).nupkg"
    $properties = 'package/services/metadata/core-properties/gptchat.psmdcp'
    $texts = [ordered]@{
        "$($Manifest.Name).nuspec" = ConvertTo-Nuspec $Manifest
        '[Content_Types].xml'      = @(
            '<?xml version="1.0" encoding="utf-8"?>', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />'
            '  <Default Extension="psmdcp" ContentType="application/vnd.openxmlformats-package.core-properties+xml" />'
            foreach ($extension in @('nuspec') + (Get-ChildItem -LiteralPath $root -Recurse -File | Where-Object Extension | ForEach-Object { $_.Extension.TrimStart('.') }) | Sort-Object -Unique) {
                "  <Default Extension=`"$extension`" ContentType=`"application/octet`" />"
            }
            '  <Override PartName="/LICENSE" ContentType="application/octet" />', '</Types>', ''
        ) -join "`n"
        '_rels/.rels'              = @(
            '<?xml version="1.0" encoding="utf-8"?>', '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            "  <Relationship Type=`"http://schemas.microsoft.com/packaging/2010/07/manifest`" Target=`"/$($Manifest.Name).nuspec`" Id=`"R1`" />"
            "  <Relationship Type=`"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties`" Target=`"/$properties`" Id=`"R2`" />"
            '</Relationships>', ''
        ) -join "`n"
        $properties                = @(
            '<?xml version="1.0" encoding="utf-8"?>'
            '<coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "  <dc:creator>$([Security.SecurityElement]::Escape($Manifest.Author))</dc:creator>", "  <dc:identifier>$($Manifest.Name)</dc:identifier>", '</coreProperties>', ''
        ) -join "`n"
    }

    $files = [string[]](Get-ChildItem -LiteralPath $root -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($root, $_.FullName).Replace('\', '/') })
    [Array]::Sort($files, [StringComparer]::Ordinal)
    $stream = [IO.File]::Create($path)
    $archive = [IO.Compression.ZipArchive]::new($stream, [IO.Compression.ZipArchiveMode]::Create)
    try {
        foreach ($name in $texts.Keys) { Add-Entry $archive $name ([Text.UTF8Encoding]::new($false).GetBytes($texts[$name])) }
        foreach ($name in $files) { Add-Entry $archive $name ([IO.File]::ReadAllBytes((Join-Path $root $name))) }
    }
    finally {
        $archive.Dispose()
        $stream.Dispose()
    }

    Get-Item -LiteralPath $path
}

function Add-Entry($Archive, [string] $Name, [byte[]] $Bytes) {
    # Names in a package are escaped as in an address.
    $entry = $Archive.CreateEntry($(if ($Name.StartsWith('[')) { $Name } else { [Uri]::EscapeDataString($Name).Replace('%2F', '/') }), [IO.Compression.CompressionLevel]::Optimal)
    $entry.LastWriteTime = $script:Epoch
    $entry.ExternalAttributes = 0
    $target = $entry.Open()
    $target.Write($Bytes, 0, $Bytes.Length)
    $target.Dispose()
}

Export-ModuleMember Get-ModuleFile, Copy-Module, Assert-NoBuildPath, Get-SigningCertificate, Protect-Module, New-ModulePackage
