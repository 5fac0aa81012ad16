# Commands of Windows and its servers, as StandIns.ps1 has those of every machine.

function Get-ScheduledTask {
    [pscustomobject]@{ TaskPath = '\'; TaskName = 'Nightly backup'; State = 'Ready' }
    [pscustomobject]@{ TaskPath = '\'; TaskName = 'Payroll export'; State = 'Ready' }
    [pscustomobject]@{ TaskPath = '\'; TaskName = 'Log rotation'; State = 'Ready' }
}

function Get-ScheduledTaskInfo {
    param([Parameter(ValueFromPipeline)] $InputObject)
    process {
        $result, $missed = switch ($InputObject.TaskName) { 'Nightly backup' { 2147942405, 0 } 'Payroll export' { 2147750687, 3 } default { 0, 0 } }
        [pscustomobject]@{ TaskName = $InputObject.TaskName; LastRunTime = At '02:00:00'; LastTaskResult = $result; NumberOfMissedRuns = $missed }
    }
}

function Get-Credential { param([Parameter(Mandatory)] [string] $UserName) [pscredential]::new($UserName, (ConvertTo-SecureString 'example' -AsPlainText -Force)) }
function New-ScheduledTaskTrigger { param([switch] $Daily, [Parameter(Mandatory)] [datetime] $At) [pscustomobject]@{ StartBoundary = $At } }
function New-ScheduledTaskAction { param([Parameter(Mandatory)] [string] $Execute, [string] $Argument) [pscustomobject]@{ Execute = $Execute; Arguments = $Argument } }
function Register-ScheduledTask { param([Parameter(Mandatory)] [string] $TaskName, [string] $User, [string] $Password, $Trigger, $Action) }

function Get-HotFix {
    param([string] $ComputerName = 'web1')
    [pscustomobject]@{ HotFixID = 'KB5034439'; Description = 'Security Update'; InstalledOn = (At '00:00').AddDays(-40) }
    if ($ComputerName -ne 'web2') { [pscustomobject]@{ HotFixID = 'KB5035857'; Description = 'Security Update'; InstalledOn = (At '00:00').AddDays(-12) } }
    if ($ComputerName -eq 'web2') { [pscustomobject]@{ HotFixID = 'KB5033914'; Description = 'Update'; InstalledOn = (At '00:00').AddDays(-60) } }
}

function Get-GPOReport {
    param([string] $Name, [string] $ReportType)
    Get-Content gpo.xml -Raw
}

function Get-ADUser {
    param([string] $Filter, [string[]] $Properties)
    [pscustomobject]@{ SamAccountName = 'alee'; Name = 'Ann Lee'; Enabled = $true; LastLogonDate = (At '08:00').AddDays(-1); PasswordNeverExpires = $false; Description = 'Sales'; MemberOf = , 'CN=Sales,DC=contoso,DC=com' }
    [pscustomobject]@{ SamAccountName = 'svc-scan'; Name = 'Scanner'; Enabled = $true; LastLogonDate = (At '08:00').AddDays(-410); PasswordNeverExpires = $true; Description = 'Scan to folder, 2nd floor'; MemberOf = 'CN=File Writers,DC=contoso,DC=com', 'CN=Domain Admins,DC=contoso,DC=com' }
    [pscustomobject]@{ SamAccountName = 'bek'; Name = 'Bo Ek'; Enabled = $true; LastLogonDate = (At '08:00').AddDays(-130); PasswordNeverExpires = $false; Description = 'Support, on parental leave until May'; MemberOf = , 'CN=Support,DC=contoso,DC=com' }
    [pscustomobject]@{ SamAccountName = 'trainee7'; Name = 'Trainee 7'; Enabled = $true; LastLogonDate = $null; PasswordNeverExpires = $false; Description = ''; MemberOf = @() }
}

function Disable-ADAccount {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Identity)
    $null = $PSCmdlet.ShouldProcess($Identity)
}

function Get-NetFirewallRule {
    param($Enabled, $Direction, $Action)
    [pscustomobject]@{ DisplayName = 'File and Printer Sharing (SMB-In)'; Profile = 'Domain'; Protocol = 'TCP'; LocalPort = 445; RemoteAddress = 'LocalSubnet' }
    [pscustomobject]@{ DisplayName = 'Remote Desktop'; Profile = 'Any'; Protocol = 'TCP'; LocalPort = 3389; RemoteAddress = 'Any' }
    [pscustomobject]@{ DisplayName = 'SQL test Meyer'; Profile = 'Any'; Protocol = 'TCP'; LocalPort = '1433', '1434'; RemoteAddress = 'Any' }
    [pscustomobject]@{ DisplayName = 'Windows Remote Management (HTTP-In)'; Profile = 'Domain'; Protocol = 'TCP'; LocalPort = 5985; RemoteAddress = '10.0.0.0/24' }
}

function Get-NetFirewallPortFilter { param([Parameter(ValueFromPipeline)] $Rule) process { $Rule | Select-Object Protocol, LocalPort } }
function Get-NetFirewallAddressFilter { param([Parameter(ValueFromPipeline)] $Rule) process { $Rule | Select-Object RemoteAddress } }

function Get-DhcpServerv4Lease {
    param($ComputerName, $ScopeId)
    [pscustomobject]@{ IPAddress = '10.0.0.21'; HostName = 'lap-alee.contoso.com'; ClientId = '3c-52-82-11-22-33'; AddressState = 'Active' }
    [pscustomobject]@{ IPAddress = '10.0.0.22'; HostName = 'lap-bek.contoso.com'; ClientId = '3c-52-82-44-55-66'; AddressState = 'Active' }
    [pscustomobject]@{ IPAddress = '10.0.0.23'; HostName = 'ESP_7F21A0'; ClientId = '24-0a-c4-7f-21-a0'; AddressState = 'Active' }
}

function Get-DnsServerResourceRecord {
    param($ZoneName, $RRType, $ComputerName)
    [pscustomobject]@{ HostName = 'lap-alee'; RecordType = 'A'; RecordData = [pscustomobject]@{ IPv4Address = '10.0.0.21' } }
    [pscustomobject]@{ HostName = 'lap-bek'; RecordType = 'A'; RecordData = [pscustomobject]@{ IPv4Address = '10.0.0.87' } }
}

function Send-MailMessage { param($To, $From, $Subject, $Body, $SmtpServer, $Encoding) }
