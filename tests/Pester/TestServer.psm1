# What the tests share: the loopback server, a clean environment, and ways to run programs and see their bytes.
#
# Run all tests from anywhere, after dotnet build:  pwsh -NoProfile -Command "Invoke-Pester <repository>/tests/Pester"

$script:Root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
$script:Manifest = if ($env:GPTCHAT_TEST_MODULE) { $env:GPTCHAT_TEST_MODULE } else { Join-Path $script:Root 'GptChat.psd1' }
$script:Variables = 'CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_GATEWAY_ID',
    'AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_AD_TOKEN', 'AZURE_OPENAI_DEPLOYMENT', 'OPENAI_API_VERSION',
    'OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID', 'OLLAMA_HOST', 'GPTCHAT_RECORDING'
$script:Utf8 = [Text.UTF8Encoding]::new($false)

function Get-ModuleManifest {
    <# .SYNOPSIS The module under test: the one of this checkout, or the one that run.ps1 was given. #>
    $script:Manifest
}

function Find-BuiltProgram {
    # What dotnet build left last, whatever the configuration.
    param([string] $Pattern)
    $found = Get-ChildItem -Path (Join-Path $script:Root $Pattern) -ErrorAction Ignore | Sort-Object LastWriteTimeUtc | Select-Object -Last 1
    if (-not $found) { throw "Nothing matches $Pattern. Run 'dotnet build GptChat.sln' first." }
    $found.FullName
}

function Get-CliPath {
    <# .SYNOPSIS The command line program, to be run with dotnet. #>
    Find-BuiltProgram 'src/GptChat.Cli/bin/*/net*/GptChat.Cli.dll'
}

function Get-ToolServerCommand {
    <# .SYNOPSIS The command of a server of the Model Context Protocol, for -McpServer. #>
    'dotnet', (Find-BuiltProgram 'tests/GptChat.TestServer/bin/*/net*/GptChat.TestServer.dll'), '--mcp'
}

function Start-TestServer {
    <# .SYNOPSIS Starts a loopback server; it is there when this returns. #>
    $start = New-ProcessStart dotnet (Find-BuiltProgram 'tests/GptChat.TestServer/bin/*/net*/GptChat.TestServer.dll')

    # Errors too: a server that outlives a killed run must not keep the run's own pipes open.
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notmatch '^listening on (?<uri>http://\S+)$') {
        $process.Kill()
        throw "The test server did not start: $line"
    }

    $uri = $Matches.uri
    [pscustomobject]@{
        BaseUri = $uri
        Root    = $uri -replace '/v1$'
        Process = $process
    }
}

function Stop-TestServer {
    <# .SYNOPSIS Stops it, and waits until it is gone. #>
    param($Server)
    if (-not $Server) { return }
    if (-not $Server.Process.HasExited) { $Server.Process.Kill() }
    $Server.Process.WaitForExit()
    $Server.Process.Dispose()
}

function Open-TestSession {
    <#
    .SYNOPSIS What most test files start with: no provider in the environment, the module, a server and a connection to it.
    .DESCRIPTION Close-TestSession undoes it, and forgets all connections and conversations of this session.
    #>
    $environment = Clear-ProviderEnvironment
    try {
        $server = Start-TestServer
        Import-Module $script:Manifest -Global
        Connect-GptChat -BaseUri $server.BaseUri -Model test-model -Name test
    }
    catch {
        Stop-TestServer $server
        Restore-ProviderEnvironment $environment
        throw
    }

    Add-Member -InputObject $server -NotePropertyName Environment -NotePropertyValue $environment -PassThru
}

function Close-TestSession {
    <# .SYNOPSIS Undoes Open-TestSession. #>
    param($Server)
    if (-not $Server) { return }
    Remove-Module GptChat -ErrorAction Ignore
    Stop-TestServer $Server
    Restore-ProviderEnvironment $Server.Environment
}

function Set-ServerScript {
    <# .SYNOPSIS Says what the next requests get, and forgets what was received before. #>
    param(
        [Parameter(Mandatory, Position = 0)] $Server,
        [Parameter(Position = 1)] [hashtable[]] $Reply = @()
    )
    Clear-ServerRequest $Server
    if ($Reply.Count -eq 0) { return }
    $json = ConvertTo-Json -InputObject @($Reply) -Depth 20 -Compress
    $null = Invoke-RestMethod "$($Server.Root)/_script" -Method Post -Body $script:Utf8.GetBytes($json) -ContentType application/json
}

function Clear-ServerRequest {
    <# .SYNOPSIS Forgets what was received and what was scripted; the server echoes again. #>
    param([Parameter(Mandatory)] $Server)
    $null = Invoke-RestMethod "$($Server.Root)/_requests" -Method Delete
}

function Get-ServerRequest {
    <#
    .SYNOPSIS What the server received, oldest first; each with its parsed Json.
    .DESCRIPTION -Received waits until so many requests have come, -Finished until so many replies are over.
    #>
    param([Parameter(Mandatory)] $Server, [int] $Received, [int] $Finished)
    $query = if ($Finished) { "?finished=$Finished" } elseif ($Received) { "?received=$Received" } else { '' }

    # A wait that can never end is a failed test, not a run that hangs.
    $requests = Invoke-RestMethod "$($Server.Root)/_requests$query" -TimeoutSec 30
    foreach ($request in $requests) {
        $json = if ($request.body) { ConvertFrom-Json $request.body } else { $null }
        Add-Member -InputObject $request -NotePropertyName json -NotePropertyValue $json -PassThru
    }
}

function Clear-ProviderEnvironment {
    <# .SYNOPSIS Hides the variables that describe a connection; gives what Restore-ProviderEnvironment needs. #>
    $saved = @{}
    foreach ($name in $script:Variables) {
        $saved[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $null)
    }

    $saved
}

function Restore-ProviderEnvironment {
    <# .SYNOPSIS Puts them back. #>
    param([hashtable] $Saved)
    if (-not $Saved) { return }
    foreach ($name in $script:Variables) { [Environment]::SetEnvironmentVariable($name, $Saved[$name]) }
}

function Get-TestError {
    <# .SYNOPSIS The error that a script block ends with; nothing if it ends well. #>
    param([Parameter(Mandatory)] [scriptblock] $ScriptBlock)
    try { $null = & $ScriptBlock } catch { $_ }
}

function Get-ShellPath {
    <# .SYNOPSIS The shell that runs the tests. #>
    (Get-Process -Id $PID).Path
}

function ConvertTo-CommandLine {
    <# .SYNOPSIS Arguments as one line: .NET Framework has no list for them, and .NET reads the line by the same rules everywhere. #>
    param([string[]] $Argument = @())
    ($Argument | ForEach-Object {
        if ($_ -and $_ -notmatch '[\s"]') { $_ } else { '"' + (($_ -replace '(\\*)"', '$1$1\"') -replace '(\\+)$', '$1$1') + '"' }
    }) -join ' '
}

function New-ProcessStart {
    <# .SYNOPSIS How to start a program with these arguments, and these variables beside its parent's. #>
    param([Parameter(Mandatory)] [string] $Path, [string[]] $Argument = @(), [hashtable] $Environment = @{})
    $start = [Diagnostics.ProcessStartInfo]::new($Path, (ConvertTo-CommandLine $Argument))
    $start.UseShellExecute = $false
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start
}

function Stop-ProcessTree($Process) {
    if ($PSEdition -eq 'Desktop') { taskkill /T /F /PID $Process.Id } else { $Process.Kill($true) }
}

function Invoke-Program {
    <#
    .SYNOPSIS Runs a program and gives its output as it is: bytes.
    .DESCRIPTION Without -StandardInput its standard input is empty. It is ended after -TimeoutSec.
    #>
    param(
        [Parameter(Mandatory)] [string] $Path,
        [string[]] $Argument = @(),
        [hashtable] $Environment = @{},
        [string] $StandardInput,
        [string] $WorkingDirectory = $script:Root,
        [int] $TimeoutSec = 60
    )
    $start = New-ProcessStart $Path $Argument $Environment
    $start.WorkingDirectory = $WorkingDirectory
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    try {
        $output = [IO.MemoryStream]::new()
        $copying = $process.StandardOutput.BaseStream.CopyToAsync($output)
        $errors = $process.StandardError.ReadToEndAsync()
        if ($StandardInput) {
            $bytes = $script:Utf8.GetBytes($StandardInput)
            $process.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length)
        }

        $process.StandardInput.Close()
        if (-not $process.WaitForExit($TimeoutSec * 1000)) {
            Stop-ProcessTree $process
            throw "$Path did not end within $TimeoutSec s."
        }

        $copying.Wait()
        [pscustomobject]@{
            ExitCode = $process.ExitCode
            Bytes    = $output.ToArray()
            Output   = $script:Utf8.GetString($output.ToArray())
            Error    = $errors.Result
        }
    }
    finally {
        $process.Dispose()
    }
}

function Invoke-Shell {
    <# .SYNOPSIS Runs a script in a new shell of the kind that runs the tests, without a profile. #>
    param([Parameter(Mandatory)] [string] $Script, [hashtable] $Environment = @{}, [int] $TimeoutSec = 60)
    Invoke-Program -Path (Get-ShellPath) -Argument '-NoProfile', '-NonInteractive', '-Command', $Script -Environment $Environment -TimeoutSec $TimeoutSec
}

function Stop-TestCall {
    <#
    .SYNOPSIS Runs a script in a runspace of its own and stops it, as Ctrl+C does; gives what it had said and left.
    .DESCRIPTION The stop comes once -Until, which is asked again and again with what was said so far, is true.
    #>
    param([Parameter(Mandatory)] [string] $BaseUri, [Parameter(Mandatory)] [string] $Script, [scriptblock] $Until = { $true })
    $shell = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
    try {
        $null = $shell.AddScript("Import-Module '$script:Manifest'; Connect-GptChat -BaseUri $BaseUri -Model m").Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript($Script)
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
        $call = [pscustomobject]@{ Said = ''; Verbose = @(); Progress = @(); State = $null; Errors = 0; Global = 0 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        do {
            $call.Said += -join ($output.ReadAll() + $shell.Streams.Information.ReadAll())
            $call.Verbose += @($shell.Streams.Verbose.ReadAll().Message)
            $call.Progress += @($shell.Streams.Progress.ReadAll())
        } while (-not (& $Until $call) -and $watch.Elapsed.TotalSeconds -lt 20 -and -not $running.AsyncWaitHandle.WaitOne(5))

        $shell.Stop()
        $call.State = $shell.InvocationStateInfo.State
        $call.Errors = $shell.Streams.Error.Count
        $call.Global = $shell.Runspace.SessionStateProxy.GetVariable('Error').Count
        $call
    }
    finally {
        $shell.Runspace.Dispose()
        $shell.Dispose()
    }
}

Export-ModuleMember -Function Get-ModuleManifest, Get-CliPath, Get-ToolServerCommand, Open-TestSession, Close-TestSession, Start-TestServer, Stop-TestServer,
    Set-ServerScript, Clear-ServerRequest, Get-ServerRequest, Get-TestError, Clear-ProviderEnvironment, Restore-ProviderEnvironment, Get-ShellPath, ConvertTo-CommandLine, New-ProcessStart, Invoke-Program, Invoke-Shell, Stop-TestCall
