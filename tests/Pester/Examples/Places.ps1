# Where an example runs, and as what.

function Save-ExampleBlock($Shell, [string] $Text, [string[]] $Mark) {
    <# .SYNOPSIS Writes the file of an example; gives the script that runs it. #>
    if ('with keys' -in $Mark) { $Text = "Import-Module PSReadLine`n" + $Text }
    $place = $Mark -match ' docs/examples/'
    if (-not $place) {
        $file = Join-Path $Shell.Folder 'example.ps1'
        [IO.File]::WriteAllText($file, $Text)
        return ". '$file' | Out-String -Width 110"
    }

    # The folder is the reader's: a copy, in which the example lies beside what it uses.
    $from = Join-Path $script:Root ("$place" -replace '^.* docs', 'docs')
    $folder = Join-Path $Shell.Folder (Split-Path $from -Leaf)
    if (-not (Test-Path $folder)) { Copy-Item $from $folder -Recurse }
    $run = if ("$place" -like 'Pester *') {
        if ($Text -notmatch '(?m)^Describe ') {
            # A part of the file of tests that lies there, and begins as that does.
            $ast = [Management.Automation.Language.Parser]::ParseFile((Get-Item "$from/*.Tests.ps1").FullName, [ref] $null, [ref] $null)
            $Text = "$($ast.EndBlock.Statements | Where-Object { $_.Extent.Text -match '^(Before|After)All ' } | ForEach-Object { $_.Extent.Text + "`n" })Describe 'A part' {`n$Text`n}"
        }

        $file = Join-Path $folder 'Example.Tests.ps1'
        ". '$PSScriptRoot/ExampleTests.ps1' -Path '$file' -Pester '$((Get-Module Pester).Path)' -Manifest '$script:Manifest'"
    }
    else {
        $file = Join-Path $folder 'example.ps1'
        "Import-Module '$folder/*.psm1'; . '$file' | Out-String -Width 110"
    }

    [IO.File]::WriteAllText($file, $Text)
    "Push-Location '$folder'; try { $run } finally { Pop-Location }"
}

function Get-KeyObstacle {
    <# .SYNOPSIS Why no key can be bound; nothing where one can. #>
    # PSReadLine has one table of keys in a process: that of somebody's own session is left alone.
    if (Get-Module PSReadLine) { return 'it would change the keys of this session: run the tests with pwsh -Command' }
    if (-not (Get-Module PSReadLine -ListAvailable)) { 'PSReadLine is not on this machine' }
}
