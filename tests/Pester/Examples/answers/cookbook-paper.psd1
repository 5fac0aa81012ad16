@{
    Answers = @(
        @{ When = 'Sort this ticket', 'printer'; Answer = @{ queue = 'desktop'; priority = 3; summary = 'Printer on the 2nd floor prints half pages'; ask = 'Which printer, and does a test page look right?' } }
        @{ When = 'Sort this ticket', 'locked'; Answer = @{ queue = 'accounts'; priority = 2; summary = 'Account locked after a holiday'; ask = '' } }
        @{ When = 'Sort this ticket', 'Video'; Answer = @{ queue = 'network'; priority = 1; summary = 'Video calls break up in all meeting rooms'; ask = '' } }
        @{ When = 'You read mail', 'Fabrikam'; Answer = @{ today = $true; about = 'Report server, customer waits'; draft = 'The report server is being looked at. You hear from us before eleven.' } }
        @{ When = 'You read mail', 'drill'; Answer = @{ today = $false; about = 'Fire drill next Thursday'; draft = '' } }
        @{ When = 'Announce this change'; Answer = @{
                subject = 'Saturday night: no Wi-Fi, phones and file shares for 90 minutes'
                english = 'On Saturday, 7 March, from 22:00 UTC for about 90 minutes, Wi-Fi, phones and file shares do not work. Questions: netops@contoso.com'
                german  = 'Am Samstag, 7. März, ab 22:00 Uhr UTC gehen für etwa 90 Minuten WLAN, Telefone und Dateifreigaben nicht. Fragen: netops@contoso.com'
            }
        }
        @{ When = 'One object for each row'; Answer = @(
                @{ asset = 1001; maker = 'HP'; model = 'EliteBook 840 G9'; memoryGB = 16; serial = '5CG2210XYZ' }
                @{ asset = 1002; maker = 'Lenovo'; model = 'ThinkPad T14s Gen 3'; memoryGB = 32; serial = 'PF3ABC12' }
                @{ asset = 1003; maker = 'HP'; model = 'EliteBook 840 G9'; memoryGB = 16; serial = '5CG2210XY1' }
            )
        }
        @{ When = 'Write the runbook'; Answer = "# Copy the site to web1`n`n**Purpose:** puts the current files of the site on web1.`n**Before:** a share \\web1\site that you may write to; the password is [SECRET:PASSWORD:1].`n`n1. Run ``deploy.ps1`` from the folder that holds ``site``.`n2. If a file is in use, stop the site on web1 and run it again.`n" }
        @{ When = 'Find what could destroy data', 'Remove-Item'; Answer = @(
                @{ Line = 2; Risk = 'high'; Why = 'Without -Path it deletes below the current folder' }
                @{ Line = 3; Risk = 'high'; Why = 'Runs what a server sends, without TLS' }
            )
        }
        @{ When = 'Find what could destroy data'; Answer = @() }
    )
}
