@{
    Answers = @(
        @{ When = 'Which of my shells uses most memory'; Calls = @(@{ name = 'Get-Process'; arguments = @{ Name = @('pwsh', 'bash') } }); Answer = 'pwsh (812) with 214 MB; bash uses 6 MB.' }
        @{ When = 'What fills /var/log'; Calls = @(@{ name = 'Get-LargestFile'; arguments = @{ Path = '/var/log' } }); Answer = 'The journal, with 6 GB: journalctl --vacuum-size=500M. access.log.1 can be compressed.' }
        @{ When = 'The process "sleepy" hangs'; Calls = @(@{ name = 'Get-Process'; arguments = @{ Name = @('sleepy') } }), @(@{ name = 'Stop-Process'; arguments = @{ Id = @(4711) } }); Answer = 'sleepy (4711) is ended.' }
        @{ When = 'When did the errors begin'; Calls = @(@{ name = 'Search-AppLog'; arguments = @{ Pattern = @('ERROR', 'WARN') } }); Answer = 'At 09:02:44. Half a minute before, db1 had answered slowly.' }
        @{ When = 'Plan the reboot'; Calls = @(@{ name = 'ask_user'; arguments = @{ question = 'When may srv1 be down?' } }); Answer = 'srv1 reboots tonight at ten; its users hear of it at noon.' }
    )
}
