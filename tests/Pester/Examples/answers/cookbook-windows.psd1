@{
    Answers = @(
        @{ When = 'Which of these must run on a server'; Answer = @(
                @{ name = 'MSSQL$PAYROLL'; matters = $true; why = 'Payroll has no database without it.' }
                @{ name = 'VeeamBackupSvc'; matters = $true; why = 'No backup job starts.' }
            )
        }
        @{ When = 'What does each code mean'; Answer = @(
                @{ TaskName = 'Nightly backup'; Code = '0x80070005'; Meaning = 'Access is denied'; Check = 'The rights of its account on the target' }
                @{ TaskName = 'Payroll export'; Code = '0x8004131F'; Meaning = 'An instance is already running'; Check = 'What the one that runs is waiting for' }
            )
        }
        @{ When = 'Two web servers behave differently'; Answer = "1. KB5035857, a security update that web2 lacks: install it on web2 first, then compare again.`n2. KB5033914, on web2 only: I know nothing certain about it. Read its page before anything else." }
        @{ When = 'Write this to the owners'; Answer = 'The drive D: on files1 is filling up: 430 GB are free, and 9.3 GB go every day. If nothing changes it is full in 46 days, and nobody can save anything there. Please delete what you no longer need, or tell us what may be moved to the archive. We will write again in two weeks.' }
        @{ When = 'What is to be done about each certificate'; Answer = @(
                @{ Subject = 'CN=www.contoso.com'; Urgency = 'this week'; Steps = @('Request it anew from Contoso Issuing CA 2', 'Bind it to the site', 'Test both names') }
                @{ Subject = 'CN=old-vpn.contoso.com'; Urgency = 'remove'; Steps = @('Make sure that nothing uses it', 'Delete it') }
            )
        }
        @{ When = 'Explain to the help desk'; Answer = "A user notices: a USB stick no longer starts anything by itself, and a laptop may ask for a PIN before Windows starts.`nWhat weakens security: Configure Automatic Updates is Disabled, so these machines get no updates unless something else installs them." }
        @{ When = 'Which of these accounts are a risk'; Answer = @(
                @{ Number = 0; Verdict = 'disable'; Why = 'A scanner needs no Domain Admins, and has not signed in for a year' }
                @{ Number = 1; Verdict = 'keep'; Why = 'On leave, and said to be back' }
                @{ Number = 2; Verdict = 'ask'; Why = 'A trainee who never came, or has left' }
            )
        }
    )
}
