@{
    Answers = @(
        @{ When = 'What happened here', 'payroll'; Answer = @{ severity = 'high'; cause = 'The payroll run stopped, since db1 was slow.'; next = 'Find what blocks db1.' } }
        @{ When = 'What happened here', 'backup'; Answer = @{ severity = 'high'; cause = 'The backup disk is full.'; next = 'Free space on /var/backups.' } }
        @{ When = 'What happened here', 'job 17'; Answer = @{ severity = 'medium'; cause = 'The network path was lost for two minutes.'; next = 'Copy chunks 31 and 32.' } }
        @{ When = 'What happened here', 'refused'; Answer = @{ severity = 'medium'; cause = 'A secondary may not transfer the zone.'; next = 'Allow 10.0.0.53, if it is yours.' } }
        @{ When = 'What happened here'; Answer = @{ severity = 'low'; cause = 'Nothing is wrong.'; next = 'Nothing.' } }
        @{ When = 'What is unusual in this configuration'; Answer = 'The administrator sa is used by an application: give it a login of its own.' }
    )
}
