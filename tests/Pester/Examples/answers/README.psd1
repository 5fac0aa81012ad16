@{
    Answers = @(
        @{ When = 'Which of these should worry me'; Answer = 'MSSQL$PAYROLL and VeeamBackupSvc: both start automatically and stand still. Fax is started by hand and may be stopped.' }
        @{ When = 'Which rule is never reached'; Answer = 'Rule 3: rule 2 denies everything before it.' }
        @{ When = 'Which is odd'; Answer = 'sqlservr: it takes 6 GB, more than all others together.' }
        @{ When = 'answer in JSON'; Answer = '["red","green","blue"]' }
        @{ When = 'List three colours'; Answer = '["red","green","blue"]' }
        @{ When = 'Which unit has a red light'; Answer = 'Unit 14, a storage shelf.' }
        @{ When = 'Same room'; Answer = 'Yes: the window and the cable tray are the same.' }
        @{ When = 'Read me the summary'; Answer = 'Three servers need a restart.'; Audio = '//uQAAAAAAAAAAAAAAAAAAAAAAA=' }
        @{ When = 'Five days'; Answer = 'Day 1: over the pass to the lake. Day 2: along the river. Day 3: the coast. Day 4: the vineyards. Day 5: home through the hills.' }
        @{ When = 'One report of these'; Answer = 'Job 17 did not copy chunks 31 and 32, since the network path was lost.' }
        @{ When = 'In two sentences'; Answer = 'A job failed. Look at the log.' }
        @{ When = 'Summarise these in a table'; Answer = "| service | for |`n|---|---|`n| Dnscache | names |`n| Spooler | printing |" }
        @{ When = 'What is DNS Client for'; Answer = 'It resolves names and keeps the answers for a while.' }
        @{ When = 'What is SQL Server (PAYROLL) for'; Answer = 'It is the database engine of the instance PAYROLL.' }
        @{ When = 'What is Fax for'; Answer = 'It sends and receives faxes.' }
        @{ When = 'What is Print Spooler for'; Answer = 'It queues print jobs.' }
        @{ When = 'What is Veeam Backup Service for'; Answer = 'It runs the backup jobs.' }
        @{ When = 'Why does the connection fail'; Answer = 'The server is named without its instance, so port 1433 is tried.' }
        @{ When = 'Which of my shells uses most memory'; Calls = @(@{ name = 'Get-Process'; arguments = @{ Name = @('pwsh', 'bash') } }); Answer = 'pwsh (812) with 214 MB; bash uses 6 MB.' }
        @{ When = 'The process "sleepy" hangs'; Calls = @(@{ name = 'Get-Process'; arguments = @{ Name = @('sleepy') } }), @(@{ name = 'Stop-Process'; arguments = @{ Id = @(4711) } }); Answer = 'sleepy (4711) is ended.' }
        @{ When = 'How bad is it', 'payroll'; Answer = @{ severity = 'high'; cause = 'all pooled connections were in use'; since = '2026-03-02T09:02:44Z' } }
        @{ When = 'How bad is it', 'backup'; Answer = @{ severity = 'high'; cause = 'no space left on device'; since = '2026-03-02T02:15:10Z' } }
        @{ When = 'How bad is it', 'job 17'; Answer = @{ severity = 'medium'; cause = 'network path not found'; since = '2026-03-02T03:31:00Z' } }
        @{ When = 'How bad is it', 'refused'; Answer = @{ severity = 'medium'; cause = 'a secondary may not transfer the zone'; since = '2026-03-02T07:00:03Z' } }
        @{ When = 'How bad is it'; Answer = @{ severity = 'low'; cause = 'nothing is wrong'; since = $null } }
        @{ When = 'What went wrong', 'payroll'; Answer = @(@{ Service = 'payroll'; Severity = 'high'; Steps = @('Find what blocks db1', 'Start run 311 again') }) }
        @{ When = 'Yes or no'; Answer = 'yes' }
        @{ When = 'A slogan'; Answer = 'Ask, and your logs will answer.' }
        @{ When = 'Tomorrow'; Answer = 'Tomorrow is Tuesday.' }
    )
}
