# Commands that examples use and that are not on every machine, or answer differently on each. What they output has the
# properties of the real ones, and is the same in every run: requests must match the recording. Dates are 2 March 2026, UTC.

function Get-Date { Microsoft.PowerShell.Utility\Get-Date -Date ([datetime]::new(2026, 3, 2, 9, 30, 0, [DateTimeKind]::Utc)) @args }

function At([string] $Time) { [datetime]::Parse("2026-03-02T${Time}Z").ToUniversalTime() }

#region this module

function Import-Module {
    if ("$($args[0])" -match 'GptChat(\.psd1)?$') { Microsoft.PowerShell.Core\Import-Module $ExampleManifest -Global }
    else { Microsoft.PowerShell.Core\Import-Module @args }
}

function Install-PSResource { }
function Install-Module { }
function dotnet { }

# A connection is made as the example says, and checked; what is sent through it goes to the server beside.
$connect = [Management.Automation.CommandMetadata]::new((Get-Command Connect-GptChat -CommandType Cmdlet))
Invoke-Expression @"
function Connect-GptChat {
    [CmdletBinding()]
    param($([Management.Automation.ProxyCommand]::GetParamBlock($connect)))
    try { Connect-Example `$PSBoundParameters } catch { `$PSCmdlet.ThrowTerminatingError(`$_) }
}
"@

function Connect-Example($Bound) {
    $given = @{} + $Bound
    $passThru = $given.PassThru
    $given.PassThru = $true
    $connection = GptChat\Connect-GptChat @given
    if (-not $given.Replay) {
        'AccountId', 'ApiToken', 'GatewayId', 'GatewayPath', 'GatewayOption', 'Provider', 'ApiKey', 'EntraToken', 'ApiVersion', 'Deployment', 'Organization',
            'Project', 'SecretName', 'Vault', 'Proxy', 'ProxyCredential', 'Certificate', 'SkipCertificateCheck' | ForEach-Object { $given.Remove($_) }
        $given.BaseUri = $ExampleServer
        if ($connection.Name) { $given.Name = $connection.Name }
        if ($connection.Model) { $given.Model = $connection.Model }
        $connection = GptChat\Connect-GptChat @given
    }
    if ($passThru) { $connection }
}

# Vaults are those of SecretManagement.
function Get-Secret { ConvertTo-SecureString 'sk-example' -AsPlainText -Force }

# Az.Accounts, from its version 14 on.
function Get-AzAccessToken { param($ResourceUrl, [switch] $AsSecureString) [pscustomobject]@{ Token = Get-Secret; ExpiresOn = At '10:30:00' } }

function Read-Host {
    param([Parameter(Position = 0)] $Prompt, [switch] $AsSecureString)
    if ($AsSecureString) { ConvertTo-SecureString 'sk-example' -AsPlainText -Force } else { 'web1' }
}

#endregion
#region this machine

function Get-Service {
    param([string[]] $Name = '*', $ComputerName)
    $services = @(
        [pscustomobject]@{ Status = 'Running'; Name = 'Dnscache'; DisplayName = 'DNS Client'; StartType = 'Automatic' }
        [pscustomobject]@{ Status = 'Stopped'; Name = 'MSSQL$PAYROLL'; DisplayName = 'SQL Server (PAYROLL)'; StartType = 'Automatic' }
        [pscustomobject]@{ Status = 'Stopped'; Name = 'Fax'; DisplayName = 'Fax'; StartType = 'Manual' }
        [pscustomobject]@{ Status = 'Running'; Name = 'Spooler'; DisplayName = 'Print Spooler'; StartType = 'Automatic' }
        [pscustomobject]@{ Status = 'Stopped'; Name = 'VeeamBackupSvc'; DisplayName = 'Veeam Backup Service'; StartType = 'Automatic' }
    )
    $services | Where-Object { $service = $_; $Name.Where({ $service.Name -like $_ }) }
}

function Get-Process {
    <# .SYNOPSIS Gets the processes that are running on the local computer. #>
    param([Parameter(Position = 0)] [string[]] $Name = '*')
    $processes = @(
        [pscustomobject]@{ Id = 812; ProcessName = 'pwsh'; Name = 'pwsh'; CPU = 14.2; WS = 214MB; Responding = $true }
        [pscustomobject]@{ Id = 955; ProcessName = 'bash'; Name = 'bash'; CPU = 0.4; WS = 6MB; Responding = $true }
        [pscustomobject]@{ Id = 1422; ProcessName = 'sqlservr'; Name = 'sqlservr'; CPU = 8123.5; WS = 6144MB; Responding = $true }
        [pscustomobject]@{ Id = 4711; ProcessName = 'sleepy'; Name = 'sleepy'; CPU = 3911.0; WS = 88MB; Responding = $false }
        [pscustomobject]@{ Id = 2200; ProcessName = 'Veeam.Backup'; Name = 'Veeam.Backup'; CPU = 55.1; WS = 512MB; Responding = $true }
    )
    $processes | Where-Object { $process = $_; $Name.Where({ $process.Name -like $_ }) }
}

function Stop-Process {
    <# .SYNOPSIS Stops one or more running processes. #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Id')]
    param([Parameter(Mandatory, Position = 0, ParameterSetName = 'Id')] [int[]] $Id, [Parameter(Mandatory, ParameterSetName = 'Name')] [string[]] $Name)
}

function Get-WinEvent {
    param($FilterHashtable, [string] $LogName, [string] $ProviderName, $ComputerName, [int] $MaxEvents = 50, [string] $FilterXPath)
    @(
        [pscustomobject]@{ TimeCreated = At '02:15:10'; Id = 7; LevelDisplayName = 'Error'; ProviderName = 'disk'; MachineName = 'files1'; Message = 'The device, \Device\Harddisk1\DR1, has a bad block.' }
        [pscustomobject]@{ TimeCreated = At '02:15:11'; Id = 153; LevelDisplayName = 'Warning'; ProviderName = 'disk'; MachineName = 'files1'; Message = 'The IO operation at logical block address 0x3c5f0 for Disk 1 was retried.' }
        [pscustomobject]@{ TimeCreated = At '03:00:02'; Id = 7031; LevelDisplayName = 'Error'; ProviderName = 'Service Control Manager'; MachineName = 'files1'; Message = 'The Veeam Backup Service service terminated unexpectedly. It has done this 3 time(s).' }
        [pscustomobject]@{ TimeCreated = At '06:41:37'; Id = 10016; LevelDisplayName = 'Warning'; ProviderName = 'DistributedCOM'; MachineName = 'files1'; Message = 'The application-specific permission settings do not grant Local Activation permission for the COM Server application.' }
    ) | Select-Object -First $MaxEvents
}

function Invoke-Command {
    param([Parameter(Position = 0)] $ComputerName, [Parameter(Position = 1)] [scriptblock] $ScriptBlock, $ArgumentList, $Session)
    foreach ($computer in $ComputerName ?? $Session ?? 'localhost') {
        & $ScriptBlock @ArgumentList | ForEach-Object { Add-Member -InputObject $_ -NotePropertyName PSComputerName -NotePropertyValue "$computer" -PassThru -Force }
    }
}

function Get-ChildItem {
    if ($args -contains '/var/log') {
        return [pscustomobject]@{ FullName = '/var/log/journal/system.journal'; Length = 6GB; LastWriteTime = At '09:29:58' },
        [pscustomobject]@{ FullName = '/var/log/nginx/access.log.1'; Length = 1800MB; LastWriteTime = At '00:00:01' },
        [pscustomobject]@{ FullName = '/var/log/syslog'; Length = 12MB; LastWriteTime = At '09:29:59' }
    }

    if ("$($args[0])" -notlike 'Cert:*') {
        if ($MyInvocation.ExpectingInput) { return $input | Microsoft.PowerShell.Management\Get-ChildItem @args }
        return Microsoft.PowerShell.Management\Get-ChildItem @args
    }

    [pscustomobject]@{ Subject = 'CN=www.contoso.com'; Issuer = 'CN=Contoso Issuing CA 2'; NotBefore = (At '00:00').AddDays(-350); NotAfter = (At '00:00').AddDays(15); Thumbprint = '0F3A1D5B7C9E1F2A3B4C5D6E7F8091A2B3C4D5E6'; HasPrivateKey = $true; DnsNameList = 'www.contoso.com', 'contoso.com' }
    [pscustomobject]@{ Subject = 'CN=sql1.contoso.com'; Issuer = 'CN=sql1.contoso.com'; NotBefore = (At '00:00').AddDays(-30); NotAfter = (At '00:00').AddDays(3650); Thumbprint = '1A2B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4D'; HasPrivateKey = $true; DnsNameList = , 'sql1.contoso.com' }
    [pscustomobject]@{ Subject = 'CN=old-vpn.contoso.com'; Issuer = 'CN=Contoso Issuing CA 1'; NotBefore = (At '00:00').AddDays(-800); NotAfter = (At '00:00').AddDays(-70); Thumbprint = '2B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4D5E'; HasPrivateKey = $false; DnsNameList = , 'old-vpn.contoso.com' }
}

# Its matches hold a full path, which is a temporary one here.
$select = [Management.Automation.CommandMetadata]::new((Get-Command Select-String -CommandType Cmdlet))
Invoke-Expression @"
function Select-String {
    [CmdletBinding(DefaultParameterSetName = 'File')]
    param($([Management.Automation.ProxyCommand]::GetParamBlock($select)))
    end {
        `$given = @{} + `$PSBoundParameters
        `$given.Remove('InputObject')
        `$found = if (`$MyInvocation.ExpectingInput) { `$input | Microsoft.PowerShell.Utility\Select-String @given } else { Microsoft.PowerShell.Utility\Select-String @given }
        foreach (`$match in `$found) {
            if (`$match -is [Microsoft.PowerShell.Commands.MatchInfo] -and `$match.Path -ne 'InputStream') { `$match.Path = "/srv/app/`$(`$match.Filename)" }
            `$match
        }
    }
}
"@

#endregion
