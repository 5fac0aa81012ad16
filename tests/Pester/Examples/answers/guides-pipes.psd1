@{
    Answers = @(
        @{ When = 'Which of these belong together'; Answer = 'All lines of payroll are one event; those of backup are another.' }
        @{ When = 'Which of the two tells of the cause'; Answer = 'app.log: web.log has nothing but answers to health checks.' }
        @{ When = 'Which of these should worry me'; Answer = 'MSSQL$PAYROLL and VeeamBackupSvc: both start automatically and stand still.' }
        @{ When = 'Should any of these run'; Answer = 'MSSQL$PAYROLL and VeeamBackupSvc should: they start automatically.' }
        @{ When = 'Which is odd'; Answer = 'sqlservr: it takes 6 GB, more than all others together.' }
        @{ When = 'Why does the connection fail'; Answer = 'The server is named without its instance, so port 1433 is tried.' }
        @{ When = 'One report of these'; Answer = 'Job 17 did not copy chunks 31 and 32, since the network path was lost.' }
        @{ When = 'How do I keep that from happening'; Answer = 'Watch the pool of connections, and move the reports away from db1.' }
        @{ When = 'List what went wrong'; Answer = @(@{ time = '09:02:44'; service = 'payroll'; problem = 'the pool of connections was exhausted'; severity = 'high' }) }
        @{ When = 'Which log should be read first'; Answer = 'app.log: people wait for their pay.' }
        @{ When = 'What went wrong here', 'payroll'; Answer = 'db1 was slow, so the pool ran out of connections. Find what blocks it.' }
        @{ When = 'What went wrong here', 'backup'; Answer = 'The disk for backups is full. Free space, then start the backup again.' }
    )
}
