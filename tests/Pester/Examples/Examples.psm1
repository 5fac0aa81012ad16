# Runs the examples of the documentation. What authors of pages must know stands in docs/contributing.md, "Examples".

$script:Root = [IO.Path]::GetFullPath("$PSScriptRoot/../../..")
$script:Manifest = if ($env:GPTCHAT_TEST_MODULE) { $env:GPTCHAT_TEST_MODULE } else { Join-Path $script:Root 'GptChat.psd1' }
$script:Recordings = Join-Path $script:Root 'docs/recordings/examples'
$script:Answers = Join-Path $PSScriptRoot 'answers'
$script:Marks = '^(fails with \S+|from a server|in a new session|prints|with keys|a person (answers|writes) .+|in docs/examples/\S+|Pester in docs/examples/\S+)$'
. "$PSScriptRoot/Person.ps1"
. "$PSScriptRoot/Places.ps1"

function Get-ExamplePage {
    <# .SYNOPSIS The pages with examples: README.md and all Markdown below docs, relative to the repository, '/' in between. #>
    $files = @(Get-Item "$script:Root/README.md") + @(Get-ChildItem "$script:Root/docs" -Filter *.md -Recurse -File)
    $files | Where-Object { @(Get-ExampleBlock $_.FullName).Count } |
        ForEach-Object { $_.FullName.Substring($script:Root.TrimEnd('/', '\').Length + 1).Replace('\', '/') } | Sort-Object
}

function Get-ExampleBlock {
    <#
    .SYNOPSIS The blocks of a page that are PowerShell.
    .DESCRIPTION
    Mark is what stands in '<!-- example: … -->' on the line before a block; Heading the one above it; Printed the block of text
    that follows it.
    #>
    param([Parameter(Mandatory)] [string] $Path)
    $lines = [IO.File]::ReadAllLines($Path)
    $heading = $mark = ''
    $block = $null
    for ($i = 0; $i -lt $lines.Count; $i++) {
        if ($lines[$i] -match '^(?<indent>\s*)```(?<language>\S*)') {
            $fence = $Matches
            $start = $i + 1
            do { $i++ } until ($i -ge $lines.Count -or $lines[$i] -match '^\s*```\s*$')
            $text = if ($i -gt $start) { ($lines[$start..($i - 1)] -replace "^$($fence.indent)") -join "`n" } else { '' }
            if ($fence.language -eq 'powershell') {
                $block = [pscustomobject]@{ Line = $start + 1; Heading = $heading; Mark = $mark; Text = $text; Printed = $null }
                $block
            }
            elseif ($fence.language -eq 'text' -and $block) { $block.Printed = $text }
        }
        elseif ($lines[$i] -match '^#{2,} ') { $heading, $block = $lines[$i], $null }

        if ($lines[$i] -match '^\s*<!-- example: (?<mark>.+?) -->\s*$') { $mark = $Matches.mark }
        elseif ($lines[$i].Trim()) { $mark = '' }
    }
}

function Get-ExampleRecording {
    <# .SYNOPSIS The file that answers the examples of a page. #>
    param([Parameter(Mandatory)] [string] $Page)
    Join-Path $script:Recordings "$(Get-PageName $Page).jsonl"
}

function Get-ExampleAnswer {
    <# .SYNOPSIS The table of answers of a page, in JSON; those of common.psd1 come after its own. #>
    param([Parameter(Mandatory)] [string] $Page)
    $rows = foreach ($name in (Get-PageName $Page), 'common') {
        $file = Join-Path $script:Answers "$name.psd1"
        if (-not (Test-Path $file)) { continue }
        foreach ($row in (Import-PowerShellDataFile $file).Answers) {
            $members = @{}
            foreach ($member in $row.Keys) { $members[$member.ToLowerInvariant()] = $row[$member] }
            $members
        }
    }
    ConvertTo-Json -InputObject @($rows) -Depth 30 -Compress
}

function Invoke-ExamplePage {
    <#
    .SYNOPSIS Runs the examples of a page and tells of each what became of it.
    .DESCRIPTION
    Outcome is Passed, Failed or NotRun; Message says why. The last object, without a Line, has in Message what of the recording
    was not asked for. With -Record, what the recording lacks is asked of the server and added.
    #>
    param([Parameter(Mandatory)] [string] $Page, [Parameter(Mandatory)] $Server, [switch] $Record)
    $recording = Get-ExampleRecording $Page
    $table = [Text.Encoding]::UTF8.GetBytes((Get-ExampleAnswer $Page))
    $null = Invoke-RestMethod "$($Server.Root)/_answers" -Method Put -Body $table -ContentType application/json

    $unused = $shell = $heading = $null
    try {
        foreach ($block in Get-ExampleBlock (Join-Path $script:Root $Page)) {
            # A reader goes through a guide from top to bottom; a page of help or of the cookbook is opened at one heading.
            if (-not $shell -or $block.Mark -match '^in a new session' -or ($Page -match '^docs/(help|cookbook)' -and $block.Heading -ne $heading)) {
                if ($shell) {
                    $unused = Close-ExampleShell $shell $unused
                    $shell = $null
                }

                $shell = New-ExampleShell -Recording $recording -Server $Server -Record:$Record
                $heading = $block.Heading
            }

            Invoke-ExampleBlock $shell $block | Add-Member Page $Page -PassThru
        }
    }
    finally { if ($shell) { $unused = Close-ExampleShell $shell $unused } }

    [pscustomobject]@{
        Page    = $Page
        Line    = $null
        Outcome = if ($unused) { 'Failed' } else { 'Passed' }
        Message = if ($unused) { "Nobody asks what stands in $recording, line $($unused -join ', ')." }
    }
}

function Get-PageName([string] $Page) { $Page -replace '^docs/' -replace '\.md$' -replace '/', '-' }

function New-ExampleShell {
    param([string] $Recording, $Server, [switch] $Record)
    $folder = Join-Path ([IO.Path]::GetTempPath()) "gptchat-examples-$([Guid]::NewGuid().ToString('N').Substring(0, 8))"
    Copy-Item "$PSScriptRoot/files" $folder -Recurse
    $null = New-Item "$folder/docs" -ItemType Directory
    Copy-Item "$script:Root/docs/*.md" "$folder/docs"
    Copy-Item "$script:Root/docs/recordings" "$folder/docs" -Recurse
    $day = [datetime]::new(2026, 3, 2, 9, 30, 0, [DateTimeKind]::Utc)
    Get-ChildItem $folder -Recurse -File | ForEach-Object { $_.LastWriteTimeUtc = $day }

    $state = [initialsessionstate]::CreateDefault()
    $state.ImportPSModule([string[]] @($script:Manifest))
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.ThreadOptions = 'ReuseThread'
    $runspace.Open()
    $shell = [pscustomobject]@{
        Runspace    = $runspace
        Folder      = $folder
        Recording   = $Recording
        Record      = [bool] $Record
        Server      = $Server
        Environment = [Environment]::GetEnvironmentVariables()
    }
    $runspace.SessionStateProxy.SetVariable('ExampleServer', $Server.BaseUri)
    $runspace.SessionStateProxy.SetVariable('ExampleManifest', $script:Manifest)
    Set-ExampleEnvironment $shell
    foreach ($script in "Set-Location '$folder'", "[cultureinfo]::CurrentCulture = 'en-US'; `$PSStyle.OutputRendering = 'PlainText'", ". '$PSScriptRoot/StandIns.ps1'", ". '$PSScriptRoot/StandIns.Windows.ps1'", ". '$PSScriptRoot/Samples.ps1'") {
        $failure = Invoke-InShell $shell $script
        if ($failure) { throw "The examples cannot start: $failure" }
    }

    $shell
}

function Close-ExampleShell($Shell, $Unused) {
    # What no session of the page has asked for.
    if (Test-Path $Shell.Recording) {
        $left = @(Get-UnusedLine $Shell)
        if ($null -eq $Unused) { , $left } else { , @($Unused | Where-Object { $_ -in $left }) }
    }

    $Shell.Runspace.Dispose()
    Restore-ExampleEnvironment $Shell
    Remove-Item $Shell.Folder -Recurse -Force
}

function Set-ExampleEnvironment($Shell, [switch] $FromServer) {
    $env:GPTCHAT_RECORDING = if ($FromServer) { $null } elseif ($Shell.Record) { "replay-or-record=$($Shell.Recording)" } else { $Shell.Recording }
}

function Restore-ExampleEnvironment($Shell) {
    foreach ($name in [Environment]::GetEnvironmentVariables().Keys) {
        if (-not $Shell.Environment.ContainsKey($name)) { [Environment]::SetEnvironmentVariable($name, $null) }
    }
    foreach ($name in $Shell.Environment.Keys) { [Environment]::SetEnvironmentVariable($name, $Shell.Environment[$name]) }
}

function Invoke-ExampleBlock($Shell, $Block) {
    $result = [pscustomobject]@{ Line = $Block.Line; Outcome = 'Passed'; Message = '' }
    if ($Block.Mark -match '^not run, (.+)') {
        $result.Outcome = 'NotRun'
        $result.Message = $Matches[1]
        return $result
    }

    $marks = @($Block.Mark -split ', ' | Where-Object { $_ })
    if ($unknown = $marks | Where-Object { $_ -notmatch $script:Marks }) {
        $result.Outcome = 'Failed'
        $result.Message = "The mark '$unknown' is not known."
        return $result
    }

    if ('with keys' -in $marks -and ($obstacle = Get-KeyObstacle)) {
        $result.Outcome = 'NotRun'
        $result.Message = $obstacle
        return $result
    }

    # From a file, so that $PSScriptRoot is there and errors have lines.
    $script = Save-ExampleBlock $Shell $Block.Text $marks
    Set-ExampleEnvironment $Shell -FromServer:([bool] ($marks -match '^(from a server$|Pester )'))
    $printed = [Text.StringBuilder]::new()
    $person = New-ExamplePerson $marks
    $failure = Invoke-InShell $Shell $script $printed $person
    $failure = @($failure; Get-PersonProblem $person) -ne '' -join "`n"
    if ($expected = $marks -match '^fails with ' -replace '^fails with ') {
        # All of its errors are of that kind: an example that fails for another reason shows nothing.
        $other = @($failure -split '\n(?=Line )' | Where-Object { $_ -notlike "*``[$expected*" })
        if (-not $failure -or $other) { $result.Outcome = 'Failed'; $result.Message = "It is to fail with $expected, and says: $other" }
    }
    elseif ($failure) { $result.Outcome = 'Failed'; $result.Message = $failure }
    elseif ('prints' -in $marks) {
        $actual, $shown = "$printed", $Block.Printed | ForEach-Object { ($_ -split '\r?\n' | ForEach-Object TrimEnd) -join "`n" -replace '^\n+|\n+$' }
        if ($actual -cne $shown) { $result.Outcome = 'Failed'; $result.Message = "It prints something else than what follows it:`n$actual" }
    }

    $result
}

function Invoke-InShell($Shell, [string] $Script, $Printed, $Person) {
    $powershell = [powershell]::Create()
    try {
        $powershell.Runspace = $Shell.Runspace
        $null = $powershell.AddScript($Script)
        $settings = [Management.Automation.PSInvocationSettings]::new()
        if ($Person) { $settings.Host = $Person }
        $nothing = [Management.Automation.PSDataCollection[psobject]]::new()
        $nothing.Complete()
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $running = $powershell.BeginInvoke($nothing, $output, $settings, $null, $null)
        if (-not $running.AsyncWaitHandle.WaitOne(60000)) {
            $powershell.Stop()
            return 'It did not end within a minute.'
        }

        $ending = try { $null = $powershell.EndInvoke($running); if ($Printed) { $output | ForEach-Object { $null = $Printed.Append($_) } } } catch { if ($_.Exception.InnerException) { $_.Exception.InnerException } else { $_.Exception } }
        $records = @($powershell.Streams.Error)
        $told = @(
            if ($ending) { if ($ending.ErrorRecord) { $ending.ErrorRecord } else { $ending.Message } }
            $records
        )
        ($told | ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { "Line $($_.InvocationInfo.ScriptLineNumber): $_ [$($_.FullyQualifiedErrorId)]" } else { "$_" } } | Select-Object -Unique) -join "`n"
    }
    finally { $powershell.Dispose() }
}

function Get-UnusedLine($Shell) {
    $powershell = [powershell]::Create()
    try {
        $powershell.Runspace = $Shell.Runspace
        $powershell.AddScript('param($Path) (Get-GptRecording $Path).Unused.Line').AddArgument($Shell.Recording).Invoke()
    }
    finally { $powershell.Dispose() }
}

Export-ModuleMember -Function Get-ExamplePage, Get-ExampleBlock, Get-ExampleRecording, Invoke-ExamplePage
