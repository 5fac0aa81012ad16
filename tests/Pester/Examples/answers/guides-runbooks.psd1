@{
    Answers = @(
        @{ When = 'The backup failed. Find out why'; Calls = @(@{ name = 'Search-BackupLog'; arguments = @{ Pattern = @('ERROR|FATAL|WARN') } }); Answer = @{ cause = 'The disk for backups is full.'; restarted = $false; ticket = 'Free space on /var/backups, then start the backup by hand.' } }
        @{ When = 'Does this need somebody tonight? Yes or no'; Answer = 'Yes: nothing after 02:15:10 is saved, and the next backup will fail too.' }
        @{ When = 'Does this need somebody tonight'; Answer = @{ answer = 'yes'; reason = 'Nothing after 02:15:10 is saved, and the next backup will fail too.' } }
    )
}
