# A module of one's own that asks a model. Nothing in it knows of tests or recordings.

function Get-LogSeverity {
    <#
    .SYNOPSIS
    Says of each log file how bad it is.
    .EXAMPLE
    Get-ChildItem *.log | Get-LogSeverity | Where-Object Severity -eq high
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, ValueFromPipeline)]
        [IO.FileInfo] $File
    )
    begin { $files = [Collections.Generic.List[IO.FileInfo]]::new() }
    process { $files.Add($File) }
    end {
        $files | Invoke-GptChat 'Answer with one word, low, medium or high: how severe is this?' -System 'You are a terse SRE.' -Each | ForEach-Object {
            [pscustomobject]@{ File = $_.Source.Name; Severity = "$_".Trim().ToLowerInvariant() }
        }
    }
}

Export-ModuleMember -Function Get-LogSeverity
